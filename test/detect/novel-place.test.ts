import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { novelPlace } from '../../detect/novel-place/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Thirty tasks of deploy-bot at home. In T-31 its key is at work from elsewhere too; T-32, the twin, has
// another host and a newer client. T-33 starts instances in a new region, T-34 looks around in one. T-35
// goes by a chain of roles into another account. T-36 to T-38 of its peers are rolled out into eu-west-1,
// then T-39. T-40 is turned away from a new network.
const LOGS = ['fixtures/detect/novel-place/deploy-tasks.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, novelPlace, parameters));

/** Task, severity and title of each finding. */
async function verdicts(parameters: Parameters = {}) {
  const { findings } = await detect(parameters);
  return findings
    .map(({ taskId, severity, title }) => `${taskId} ${severity}: ${title.split(': ')[1]}`)
    .sort();
}

const LEAVES = [
  'T-31 high: network 198.51.100.0/24, client aws-cli',
  'T-33 medium: region ap-southeast-2',
  'T-34 low: region eu-north-1',
  'T-35 medium: account 999988887777',
];

test('a copied key, instances in an unused region and a hop are worth waking up for; a look around and a roll-out are not', async () => {
  expect(await verdicts()).toEqual([
    ...LEAVES,
    'T-36 medium: region eu-west-1',
    'T-37 informational: region eu-west-1',
    'T-38 informational: region eu-west-1',
    'T-39 informational: region eu-west-1',
    'T-40 informational: network 2001:db8:7::/48',
  ]);
});

test('what is new of one task is one finding, with the calls made there and no others', async () => {
  const { findings, state } = await detect();
  expect(findings.filter(({ taskId }) => taskId === 'T-31')).toEqual([
    {
      id: 'novel-place-d0e43c9d91ee',
      detector: 'novel-place',
      severity: 'high',
      confidence: 0.94,
      title: 'deploy-bot is somewhere new: network 198.51.100.0/24, client aws-cli',
      explanation:
        'task T-31 (deploy) of deploy-bot made 2 calls from 198.51.100.0/24, with aws-cli: none of its 30 earlier tasks did; nor did enough tasks of others. The task was at work in two networks. Called ec2:DescribeInstances, sts:GetCallerIdentity, first at 2026-11-02T07:03:00Z.',
      agentId: 'deploy-bot',
      taskId: 'T-31',
      taskType: 'deploy',
      onBehalfOf: null,
      accessKeyIds: ['ASIAPLACEDEPLOYBOT0031'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/deploy-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-02T07:03:00.000Z',
      lastSeen: '2026-11-02T07:04:00.000Z',
      evidence: evidence(
        ['place-0063', 'place-0064'],
        ['ec2:DescribeInstances', 'sts:GetCallerIdentity'],
      ),
      baseline: { level: 'agent', tasks: 30 },
      techniques: ['T1078.004'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/deploy-bot'] },
    },
  ]);
  expect(state).toEqual({
    id: 'novel-place',
    status: 'learning',
    reason:
      '2 agents have too few tasks, judged by tasks of the same type (lacking): deploy-east (8), deploy-west (9)',
  });
});

test('an agent is judged by its own tasks as soon as there are enough, and only by those that ended before', async () => {
  expect(await verdicts({ minimum_tasks: 30 })).toContain(LEAVES[0]);
  expect(await verdicts({ minimum_tasks: 41 })).toEqual([]);
});

test('of an agent that is often somewhere new, a new place says nothing', async () => {
  // T-34 is the second new region in 33 tasks; the first of them had none to compare it with.
  expect(await verdicts({ maximum_probability: 1.5 / 42 - 0.001 })).not.toContain(LEAVES[2]);
  expect(await verdicts({ maximum_probability: 1.5 / 42 + 0.001 })).toContain(LEAVES[2]);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, novelPlace))).toEqual({
    findings: [],
    state: {
      id: 'novel-place',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
