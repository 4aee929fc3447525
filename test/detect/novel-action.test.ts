import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { novelAction } from '../../detect/novel-action/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Ten tasks of schema-bot that describe and modify; T-11 exports, T-12 is its twin, T-13 to T-15 export
// too. T-16 is the first task of an agent that does the same work. T-17 makes the key that T-10 was denied.
const LOGS = ['fixtures/detect/novel-action/schema-tasks.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, novelAction, parameters));

const LATER = ['T-16 rds:DeleteDBInstance high', 'T-17 iam:CreateAccessKey high'];

/** Task, actions and severity of each finding. */
async function verdicts(parameters: Parameters) {
  const { findings } = await detect(parameters);
  return findings
    .map(({ taskId, severity, evidence }) => `${taskId} ${evidence.actions} ${severity}`)
    .sort();
}

test('a first export is high, so is a success after a denial; a first listing is a note, the twin is silent', async () => {
  const subject = {
    detector: 'novel-action',
    agentId: 'schema-bot',
    taskId: 'T-11',
    taskType: 'schema-update',
    onBehalfOf: null,
    accessKeyIds: ['ASIANOVELTASK0000011'],
    roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
    accountIds: ['111122223333'],
    regions: ['us-east-1'],
    baseline: { level: 'agent', tasks: 10 },
    visibility: [],
    response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/schema-bot'] },
  };

  expect(await detect()).toEqual({
    findings: [
      {
        ...subject,
        id: 'novel-action-20c9c362286a',
        severity: 'high',
        confidence: 0.89,
        title: 'rds:DeleteDBInstance is new to schema-new: destroy',
        explanation:
          'task T-16 (schema-update) of schema-new called rds:DeleteDBInstance (destroy): none of the type’s 15 earlier tasks did; nor did another agent. 1 call, first at 2026-11-01T16:03:00Z.',
        agentId: 'schema-new',
        taskId: 'T-16',
        accessKeyIds: ['ASIANOVELTASK0000016'],
        firstSeen: '2026-11-01T16:03:00.000Z',
        lastSeen: '2026-11-01T16:03:00.000Z',
        evidence: evidence(['novel-0058'], ['rds:DeleteDBInstance']),
        baseline: { level: 'peers', tasks: 15 },
        techniques: ['T1485'],
      },
      {
        ...subject,
        id: 'novel-action-46463586010c',
        severity: 'high',
        confidence: 0.87,
        title: 'rds:StartExportTask is new to schema-bot: export',
        explanation:
          'task T-11 (schema-update) of schema-bot called rds:StartExportTask (export): none of its 10 earlier tasks did; nor did another agent. 1 call, first at 2026-11-01T11:04:00Z.',
        firstSeen: '2026-11-01T11:04:00.000Z',
        lastSeen: '2026-11-01T11:04:00.000Z',
        evidence: evidence(['novel-0036'], ['rds:StartExportTask']),
        techniques: ['T1530', 'T1537'],
      },
      {
        ...subject,
        id: 'novel-action-8303b8aa9b6b',
        severity: 'informational',
        confidence: 0.03,
        title: 'iam:ListRoles is new to schema-bot: read-metadata',
        explanation:
          'task T-11 (schema-update) of schema-bot called iam:ListRoles (read-metadata): none of its 10 earlier tasks did; nor did another agent. 1 call, first at 2026-11-01T11:03:00Z.',
        firstSeen: '2026-11-01T11:03:00.000Z',
        lastSeen: '2026-11-01T11:03:00.000Z',
        evidence: evidence(['novel-0035'], ['iam:ListRoles']),
        techniques: ['T1580'],
      },
      {
        ...subject,
        id: 'novel-action-b7806c9342a2',
        severity: 'high',
        confidence: 0.89,
        title: 'iam:CreateAccessKey is new to schema-bot: credential',
        explanation:
          'task T-17 (schema-update) of schema-bot called iam:CreateAccessKey (credential): none of its 15 earlier tasks did; nor did another agent. 1 call, first at 2026-11-01T17:03:00Z.',
        taskId: 'T-17',
        accessKeyIds: ['ASIANOVELTASK0000017'],
        firstSeen: '2026-11-01T17:03:00.000Z',
        lastSeen: '2026-11-01T17:03:00.000Z',
        evidence: evidence(['novel-0062'], ['iam:CreateAccessKey']),
        baseline: { level: 'agent', tasks: 15 },
        techniques: ['T1552', 'T1555.006'],
      },
    ],
    state: {
      id: 'novel-action',
      status: 'learning',
      reason:
        '1 agent has too few tasks, judged by tasks of the same type (lacking): schema-new (9)',
    },
  });
});

test('only tasks that ended before are history: one task more is asked for than T-11 has', async () => {
  expect(await verdicts({ minimum_tasks: 11 })).toEqual(LATER);
});

test('what three earlier tasks did is normal, however rare', async () => {
  const rare = { maximum_probability: 1, minimum_tasks: 10 };

  expect(await verdicts({ ...rare, adopted_tasks: 3 })).toEqual([
    'T-11 iam:ListRoles informational',
    'T-11 rds:StartExportTask high',
    'T-13 rds:StartExportTask high',
    'T-14 rds:StartExportTask high',
    ...LATER,
  ]);
  expect(await verdicts({ ...rare, adopted_tasks: 4 })).toContain('T-15 rds:StartExportTask high');
});

test('the rule of succession bounds what counts as new: one in twelve after ten tasks', async () => {
  expect(await verdicts({ maximum_probability: 1 / 12 })).toContain(
    'T-11 rds:StartExportTask high',
  );
  expect(await verdicts({ maximum_probability: 0.083 })).toEqual([...LATER]);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, novelAction))).toEqual({
    findings: [],
    state: {
      id: 'novel-action',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
