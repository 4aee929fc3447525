import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { graphShape } from '../../detect/graph-shape/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Twenty-two tickets of three calls. Then, at one time: T-23 looks at eight more services and takes a secret, a
// key and a snapshot; T-24 only looks; T-25 does the usual for longer.
const LOGS = ['fixtures/detect/graph-shape/ticket-tasks.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, graphShape, parameters));

/** Task and severity of each finding. */
async function verdicts(parameters: Parameters = {}) {
  const { findings } = await detect(parameters);
  return findings.map(({ taskId, severity }) => `${taskId} ${severity}`).sort();
}

test('a task of many services with sensitive classes among them is medium, and says in what it is more', async () => {
  const { findings, state } = await detect();
  const found = findings.find(({ taskId }) => taskId === 'T-23');
  const eventIds = Array.from(
    { length: 14 },
    (_, index) => `graph-shape-${String(90 + index).padStart(4, '0')}`,
  );

  expect(found).toEqual({
    id: 'graph-shape-fcdda299052a',
    detector: 'graph-shape',
    severity: 'medium',
    confidence: 0.6,
    title:
      'ticket-answer of support-bot has an odd shape: more actions, sensitive classes and 3 more',
    explanation:
      'task T-23 (ticket-answer) of support-bot is 23.0 spreads above its 22 earlier tasks, all respects added up: more actions, sensitive classes, services, turns from action to action, classes of action. Of the type’s 12 earlier tasks that were ranked, 0 came as far. First at 2026-11-01T23:01:00Z.',
    agentId: 'support-bot',
    taskId: 'T-23',
    taskType: 'ticket-answer',
    onBehalfOf: null,
    accessKeyIds: ['ASIAGRAPHSHA00000023'],
    roleArns: ['arn:aws:iam::111122223333:role/agents/support-bot'],
    accountIds: ['111122223333'],
    regions: ['us-east-1'],
    firstSeen: '2026-11-01T23:01:00.000Z',
    lastSeen: '2026-11-01T23:14:00.000Z',
    evidence: evidence(eventIds, [
      'ec2:DescribeInstances',
      'ecs:ListClusters',
      'iam:AttachUserPolicy',
      'iam:CreateAccessKey',
      'iam:ListUsers',
      'kms:ListKeys',
      'lambda:ListFunctions',
      'logs:GetLogEvents',
      'monitoring:DescribeAlarms',
      'rds:CreateDBSnapshot',
      'rds:DescribeDBInstances',
      's3:ListBuckets',
      'secretsmanager:GetSecretValue',
      'sns:Publish',
    ]),
    baseline: { level: 'task-type', tasks: 22 },
    techniques: ['T1078.004'],
    visibility: [],
    response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/support-bot'] },
  });
  expect(state).toEqual({ id: 'graph-shape', status: 'ran', reason: null });
});

test('what only looks around is a note, what does the usual for longer is none', async () => {
  expect(await verdicts()).toEqual(['T-23 medium', 'T-24 informational']);
});

test('it takes enough earlier tasks, to be compared with and to be ranked among', async () => {
  expect(await verdicts({ minimum_tasks: 23 })).toEqual([]);
  expect(await verdicts({ minimum_tasks: 22 })).toEqual([]);
  expect(await verdicts({ maximum_probability: 0.05 })).toEqual([]);
  expect(await verdicts({ minimum_score: 20 })).toEqual(['T-23 medium']);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, graphShape))).toEqual({
    findings: [],
    state: {
      id: 'graph-shape',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
