import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { rareSequence } from '../../detect/rare-sequence/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Twelve schema updates: each reads a secret and works; every other takes a snapshot, the others delete one.
// T-13 takes a snapshot and shares it, T-14 takes one and deletes one, T-15 takes one and may not share it.
const LOGS = ['fixtures/detect/rare-sequence/schema-tasks.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, rareSequence, parameters));

/** Task, severity and step of each finding. */
async function verdicts(parameters: Parameters = {}) {
  const { findings } = await detect(parameters);
  return findings
    .map(({ taskId, severity, title }) => `${taskId} ${severity} ${title.split(': ')[1]}`)
    .sort();
}

test('a snapshot and then its sharing is high, with how often each came before', async () => {
  const { findings, state } = await detect();

  expect(findings.filter(({ taskId }) => taskId === 'T-13')).toEqual([
    {
      id: 'rare-sequence-514dcad809f1',
      detector: 'rare-sequence',
      severity: 'high',
      confidence: 0.9,
      title: 'schema-update of schema-bot took a rare step: export, then share',
      explanation:
        'task T-13 (schema-update) of schema-bot went from one to another of rds:CreateDBSnapshot, rds:ModifyDBSnapshotAttribute: export, then share. 0 of the type’s 12 earlier tasks took that step, and 0 of the fleet’s 12; 0 of the type’s did the rarer half at all: a chance of 0.14%. First at 2026-11-01T13:02:00Z.',
      agentId: 'schema-bot',
      taskId: 'T-13',
      taskType: 'schema-update',
      onBehalfOf: null,
      accessKeyIds: ['ASIARARESEQU00000013'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T13:02:00.000Z',
      lastSeen: '2026-11-01T13:04:00.000Z',
      evidence: evidence(
        ['rare-sequence-0069', 'rare-sequence-0071'],
        ['rds:CreateDBSnapshot', 'rds:ModifyDBSnapshotAttribute'],
      ),
      baseline: { level: 'task-type', tasks: 12 },
      techniques: ['T1530', 'T1537'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/schema-bot'] },
    },
  ]);
  expect(state).toEqual({ id: 'rare-sequence', status: 'ran', reason: null });
});

test('an odd order of what the type does anyway is low, a step that was denied is none', async () => {
  expect(await verdicts()).toEqual([
    'T-13 high export, then share',
    'T-14 low export, then destroy',
  ]);
});

test('only tasks that ended before are history, and what they make likely is no news', async () => {
  expect(await verdicts({ minimum_tasks: 13 })).toEqual(['T-14 low export, then destroy']);
  expect(await verdicts({ maximum_probability: 0.002 })).toEqual(['T-13 high export, then share']);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, rareSequence))).toEqual({
    findings: [],
    state: {
      id: 'rare-sequence',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
