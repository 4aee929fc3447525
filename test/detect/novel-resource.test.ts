import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { novelResource } from '../../detect/novel-resource/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Twenty weekly reports read one bucket, a day's prefix each. T-21 reads secrets (one by name and by ARN),
// T-22 a new customer's bucket, T-23 three whole buckets, T-24 the same three again, T-25 a little of three
// others. T-26 is a new agent's, T-27 is denied. R-43 rotates four new secrets where had one.
const LOGS = ['fixtures/detect/novel-resource/report-tasks.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, novelResource, parameters));

/** Task, severity and title of each finding. */
async function verdicts(parameters: Parameters = {}) {
  const { findings } = await detect(parameters);
  return findings.map(({ taskId, severity, title }) => `${taskId} ${severity}: ${title}`).sort();
}

const SWEEP = 'T-21 high: 3 secretsmanager resources new to report-bot: credential';
const BULK = 'T-23 medium: 3 s3 resources new to report-bot: read-data';

test('a sweep of secrets and a bulk of reads are worth waking up for; a customer’s bucket and a rotation are not', async () => {
  expect(await verdicts()).toEqual([
    'R-43 low: 4 secretsmanager resources new to rotator: credential',
    SWEEP,
    'T-22 informational: 1 s3 resource new to report-bot: read-data',
    BULK,
    'T-25 informational: 3 s3 resources new to report-bot: read-data',
    'T-26 high: 3 secretsmanager resources new to report-new: credential',
  ]);
});

test('the finding names the targets, and how often so many are to be expected', async () => {
  const { findings, state } = await detect();
  expect(findings.filter(({ taskId }) => taskId === 'T-21')).toEqual([
    {
      id: 'novel-resource-3beea92877bf',
      detector: 'novel-resource',
      severity: 'high',
      confidence: 0.94,
      title: '3 secretsmanager resources new to report-bot: credential',
      explanation:
        'task T-21 (weekly-report) of report-bot touched secretsmanager:prod/billing/db, secretsmanager:prod/crm/api, secretsmanager:prod/hr/db (credential): none of its 20 earlier tasks did; nor did another task of the type. So many at once are expected in 1 % of its tasks. 4 calls (secretsmanager:GetSecretValue), first at 2026-11-01T21:02:00Z.',
      agentId: 'report-bot',
      taskId: 'T-21',
      taskType: 'weekly-report',
      onBehalfOf: null,
      accessKeyIds: ['ASIARESOURCE00000021'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/report-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T21:02:00.000Z',
      lastSeen: '2026-11-01T21:05:00.000Z',
      evidence: evidence(
        ['resource-0042', 'resource-0043', 'resource-0044', 'resource-0045'],
        ['secretsmanager:GetSecretValue'],
      ),
      baseline: { level: 'agent', tasks: 20 },
      techniques: ['T1552', 'T1555.006'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/report-bot'] },
    },
  ]);
  expect(state).toEqual({
    id: 'novel-resource',
    status: 'learning',
    reason: '1 agent has too few tasks, judged by tasks of the same type (lacking): report-new (9)',
  });
});

test('only tasks that ended before are history: one task more is asked for than T-21 has', async () => {
  expect(await verdicts({ minimum_tasks: 20 })).toContain(SWEEP);
  expect(await verdicts({ minimum_tasks: 21 })).not.toContain(SWEEP);
});

test('an agent that touches new resources in so many tasks is not judged by them', async () => {
  // T-22 has one, as none of 16 settled tasks had: 2.5 of 21. T-21 has three: 0.25 of 20.
  expect(await verdicts({ maximum_probability: 2.5 / 21 - 0.001 })).not.toContain(
    'T-22 informational: 1 s3 resource new to report-bot: read-data',
  );
  expect(await verdicts({ maximum_probability: 2.5 / 21 - 0.001 })).toContain(SWEEP);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, novelResource))).toEqual({
    findings: [],
    state: {
      id: 'novel-resource',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
