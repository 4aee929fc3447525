import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { outlivedTask } from '../../detect/outlived-task/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/outlived-task/two-days.ndjson'];

// Two tasks more of short-bot, whose earlier ones took nine minutes, each of six hours: L-1 goes on with its
// queries, of which three come after the fourth hour; L-2 then only looks at alarms.
const NEVER_RESTS = [...LOGS, 'fixtures/detect/outlived-task/never-rests.ndjson'];

const detect = async (parameters: Parameters = {}) => {
  const { findings } = await withStore({ logs: LOGS }, (store) =>
    runDetector(store, outlivedTask, parameters),
  );
  return findings;
};

const tasks = async (pattern: RegExp, parameters: Parameters = {}) => {
  const findings = await detect(parameters);
  return findings.flatMap(({ taskId }) => (taskId && pattern.test(taskId) ? [taskId] : [])).sort();
};

test('an old session that wakes after hours, while its agent works on something else, is found', async () => {
  const findings = await detect();
  expect(findings.filter(({ taskId }) => taskId === 'R-1')).toEqual([
    {
      id: 'outlived-task-f32787191b07',
      detector: 'outlived-task',
      severity: 'high',
      confidence: 0.6,
      title: 'A session of report-bot woke 3.0 hours after its task R-1 fell silent',
      explanation:
        'task R-1 (report-bot) of report-bot went on with an old session after 3.0 hours of silence since 2026-11-01T01:01:00Z, in which report-bot began 1 other task; 0 of 3 earlier tasks of the fleet did so. 2 calls, first at 2026-11-01T04:02:00Z: athena:StartQueryExecution, secretsmanager:GetSecretValue.',
      agentId: 'report-bot',
      taskId: 'R-1',
      taskType: 'report-bot',
      onBehalfOf: null,
      accessKeyIds: ['ASIAOUTLIVEDTASK0001'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/report-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T04:02:00.000Z',
      lastSeen: '2026-11-01T04:03:00.000Z',
      evidence: evidence(
        ['outlived-0008', 'outlived-0009'],
        ['athena:StartQueryExecution', 'secretsmanager:GetSecretValue'],
      ),
      baseline: { level: 'fleet', tasks: 3 },
      techniques: ['T1078.004', 'T1550.001'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/report-bot'] },
    },
  ]);
});

test('old sessions, old ids, long lives and expired keys weigh differently; services, habits and daily ids nothing', async () => {
  const findings = await detect();
  const told = findings.map(
    ({ taskId, severity, confidence, title }) => `${taskId}: ${severity} ${confidence}, ${title}`,
  );
  expect(told.sort()).toEqual([
    'E-1: medium 0.5, A key of expiry-bot worked after its expiry',
    'E-2: medium 0.5, A key of expiry-bot worked after its expiry',
    'K-11: low 0.1, K-11 of short-bot goes on and on',
    'N-1: low 0.2, A new session for N-1 of night-bot, 10.0 hours after the task fell silent',
    'N-2: medium 0.5, A new session for N-2 of night-bot, 10.0 hours after the task fell silent',
    'O-1: low 0.1, O-1 of watch-bot goes on and on',
    'P-1: medium 0.5, A session of plan-bot woke 8.0 hours after its task P-1 fell silent',
    'R-1: high 0.6, A session of report-bot woke 3.0 hours after its task R-1 fell silent',
    'W-10: medium 0.6, A session of wait-bot woke 5.0 hours after its task W-10 fell silent',
    'W-4: medium 0.6, A session of wait-bot woke 5.0 hours after its task W-4 fell silent',
    'W-7: medium 0.6, A session of wait-bot woke 5.0 hours after its task W-7 fell silent',
  ]);
});

test('silence is as long as the configuration says', async () => {
  expect(await tasks(/^R/, { silent_hours: 2.96 })).toEqual(['R-1', 'R-3']);
  expect(await tasks(/^R/, { silent_hours: 2.97 })).toEqual(['R-1']);
  expect(await tasks(/^R/, { silent_hours: 3.02 })).toEqual([]);
});

test('what several earlier tasks did is a habit, if they were not one in many', async () => {
  expect(await tasks(/^W-14/)).toEqual([]);
  expect(await tasks(/^W-14/, { habitual_tasks: 4 })).toEqual(['W-14']);
  expect(await tasks(/^W-14/, { habitual_share: 0.24 })).toEqual(['W-14']);
});

test('a life is too long beyond the hours allowed, or beyond several times the longest of its type', async () => {
  expect(await tasks(/^[OK]/, { maximum_hours: 25.1 })).toEqual(['K-11']);
  expect(await tasks(/^[OK]/, { life_margin: 30 })).toEqual(['O-1']);
  expect(await tasks(/^[OK]/, { minimum_tasks: 11 })).toEqual(['O-1']);
});

test('an expired key has its grace', async () => {
  expect(await tasks(/^E/, { expiry_grace_minutes: 14 })).toEqual(['E-1', 'E-2', 'E-3']);
  expect(await tasks(/^E/, { expiry_grace_minutes: 16 })).toEqual([]);
});

test('a life far beyond its type’s is medium if it goes on working, low if it only looks', async () => {
  const lives = async (parameters: Parameters = {}) => {
    const { findings } = await withStore({ logs: NEVER_RESTS }, (store) =>
      runDetector(store, outlivedTask, parameters),
    );
    return findings
      .filter(({ taskId }) => taskId?.startsWith('L'))
      .map(({ taskId, severity, confidence }) => `${taskId}: ${severity} ${confidence}`)
      .sort();
  };

  expect(await lives()).toEqual(['L-1: medium 0.5', 'L-2: low 0.1']);
  expect(await lives({ grave_calls: 4 })).toEqual(['L-1: low 0.1', 'L-2: low 0.1']);
  expect(await lives({ grave_hours: 5 })).toEqual(['L-1: low 0.1', 'L-2: low 0.1']);
  // Too little history: nothing but the hours allowed counts, and they are not over.
  expect(await lives({ minimum_tasks: 11 })).toEqual([]);
});
