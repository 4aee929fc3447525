import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { taskScope } from '../../detect/task-scope/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/task-scope/schema-update.ndjson'];
const SCOPE = `
scopes:
  - taskType: schema-update
    allow: [read-metadata, write-config]
`;
const STARTED = ['scope-0006', 'scope-0007', 'scope-0008'];
const CREATED = ['scope-0009'];

const detect = (config: string) =>
  withStore({ logs: LOGS, config }, (store) => runDetector(store, taskScope));

/** Task, capability and severity of each finding. */
async function verdicts(config: string) {
  const { findings } = await detect(config);
  return findings
    .map(({ taskId, severity, evidence }) => `${taskId} ${evidence.actions} ${severity}`)
    .sort();
}

test('a schema update that exports is found, with or without a task, and its denied attempt; the twin is silent', async () => {
  const subject = {
    detector: 'task-scope',
    agentId: 'schema-bot',
    taskId: 'T-91',
    taskType: 'schema-update',
    onBehalfOf: 'maria.lopez',
    accessKeyIds: ['ASIASCHEMAT910000001'],
    roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
    accountIds: ['111122223333'],
    baseline: null,
    visibility: [],
    response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/schema-bot'] },
  };

  expect(await detect(SCOPE)).toEqual({
    findings: [
      {
        ...subject,
        id: 'task-scope-a60e5a7ccc0a',
        severity: 'critical',
        confidence: 0.95,
        title: 'schema-update did what its scope does not allow: export',
        explanation:
          'work without a task (schema-update) of schema-bot called rds:CreateDBSnapshot: export, which its scope does not allow (allowed: read-metadata, write-config). 1 call, first at 2026-11-01T12:01:00Z.',
        taskId: null,
        onBehalfOf: null,
        accessKeyIds: ['ASIASCHEMANOTASK0001'],
        regions: ['us-east-1'],
        firstSeen: '2026-11-01T12:01:00.000Z',
        lastSeen: '2026-11-01T12:01:00.000Z',
        evidence: evidence(['scope-0017'], ['rds:CreateDBSnapshot']),
        techniques: ['T1530', 'T1537'],
        response: { kind: 'session', targets: ['ASIASCHEMANOTASK0001'] },
      },
      {
        ...subject,
        id: 'task-scope-d161fe573fd0',
        severity: 'low',
        confidence: 0.1,
        title: 'schema-update tried what its scope does not allow: credential',
        explanation:
          'task T-91 (schema-update) of schema-bot tried iam:CreateAccessKey: credential, which its scope does not allow (allowed: read-metadata, write-config). 1 call, none succeeded, first at 2026-11-01T10:04:00Z.',
        regions: ['us-east-1'],
        firstSeen: '2026-11-01T10:04:00.000Z',
        lastSeen: '2026-11-01T10:04:00.000Z',
        evidence: evidence(CREATED, ['iam:CreateAccessKey']),
        techniques: ['T1552', 'T1555.006'],
      },
      {
        ...subject,
        id: 'task-scope-f6bb8001b68a',
        severity: 'critical',
        confidence: 0.95,
        title: 'schema-update did what its scope does not allow: export',
        explanation:
          'task T-91 (schema-update) of schema-bot called rds:StartExportTask: export, which its scope does not allow (allowed: read-metadata, write-config). 3 calls, first at 2026-11-01T10:02:00Z.',
        regions: ['eu-west-1', 'us-east-1'],
        firstSeen: '2026-11-01T10:02:00.000Z',
        lastSeen: '2026-11-01T10:03:00.000Z',
        evidence: evidence(STARTED, ['rds:StartExportTask']),
        techniques: ['T1530', 'T1537'],
      },
    ],
    state: {
      id: 'task-scope',
      status: 'ran',
      reason: '1 of 3 tasks have no matching scope: weekly-report',
    },
  });
});

test('all scopes that match type and agent are united, and what one denies stays denied', async () => {
  const united = `
scopes:
  - {taskType: "schema-*", agent: "*", allow: [read-metadata, write-config, credential]}
  - {agent: "schema-???", allow: ["rds:startexport*", "rds:createdbsnapsho?"]}
  - {agent: "report-*", deny: [export]}
`;

  expect(await verdicts(united)).toEqual([]);
  expect(await verdicts(`${united}  - {taskType: schema-update, deny: ["rds:*Task"]}`)).toEqual([
    'T-91 rds:StartExportTask critical',
  ]);
});

test('where no scope allows anything, all that is not denied is in scope', async () => {
  expect(await verdicts('scopes: [{agent: "*", deny: [export]}]')).toEqual([
    'T-91 rds:StartExportTask critical',
    'null rds:CreateDBSnapshot critical',
  ]);
});

// Twenty reports of two agents read and publish. L-21 takes a snapshot, L-22 is denied a key, L-23, the
// twin, looks around, L-24 runs a container, L-25 and L-26 take snapshots too.
const detectLearned = (parameters: Parameters = {}, config = '') =>
  withStore({ logs: ['fixtures/detect/task-scope/nightly-report.ndjson'], config }, (store) =>
    runDetector(store, taskScope, parameters),
  );

async function learnedVerdicts(parameters: Parameters = {}, config = '') {
  const { findings } = await detectLearned(parameters, config);
  return findings
    .map(({ taskId, severity, evidence }) => `${taskId} ${evidence.actions} ${severity}`)
    .sort();
}

const LEARNED = [
  'L-21 rds:CreateDBSnapshot high',
  'L-22 iam:CreateAccessKey low',
  'L-24 ecs:RunTask low',
];

test('where no scope is declared, one is learned from earlier tasks of the type, whoever did them', async () => {
  const { findings, state } = await detectLearned();

  expect(await learnedVerdicts()).toEqual(LEARNED);
  expect(findings[0]).toEqual({
    id: 'task-scope-4c83a54d0fd5',
    detector: 'task-scope',
    severity: 'high',
    confidence: 0.9,
    title: 'nightly-report did what is foreign to the type: export',
    explanation:
      'task L-21 (nightly-report) of night-bot called rds:CreateDBSnapshot: export, which the type’s scope, learned from 20 tasks of any agent, does not hold (it holds: read-data, write-data). 1 call, first at 2026-11-01T21:02:00Z.',
    agentId: 'night-bot',
    taskId: 'L-21',
    taskType: 'nightly-report',
    onBehalfOf: null,
    accessKeyIds: ['ASIALEARNED000000021'],
    roleArns: ['arn:aws:iam::111122223333:role/agents/night-bot'],
    accountIds: ['111122223333'],
    regions: ['us-east-1'],
    firstSeen: '2026-11-01T21:02:00.000Z',
    lastSeen: '2026-11-01T21:02:00.000Z',
    evidence: evidence(['learned-0062'], ['rds:CreateDBSnapshot']),
    baseline: { level: 'task-type', tasks: 20 },
    techniques: ['T1530', 'T1537'],
    visibility: [],
    response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/night-bot'] },
  });
  expect(state).toEqual({
    id: 'task-scope',
    status: 'ran',
    reason: 'no scopes are configured; 1 of 1 task type has the 20 tasks to learn one from',
  });
});

test('a learned scope waits for enough tasks, yields to a declared one, and can be switched off', async () => {
  expect(await learnedVerdicts({ minimum_tasks: 21 })).toEqual(LEARNED.slice(1));
  expect(await learnedVerdicts({}, 'scopes: [{agent: "*", deny: [destroy]}]')).toEqual([]);
  expect(await detectLearned({ learn_scope: false })).toEqual({
    findings: [],
    state: { id: 'task-scope', status: 'not-available', reason: 'no scopes are configured' },
  });
});

test('what one earlier task did is not yet learned, what two did is', async () => {
  const often = { maximum_probability: 0.1 };

  expect(await learnedVerdicts(often)).toEqual([...LEARNED, 'L-25 rds:CreateDBSnapshot high']);
  expect(await learnedVerdicts({ ...often, adopted_tasks: 1 })).toEqual(LEARNED);
});

test('without scopes, and with too few tasks to learn from, the detector says so', async () => {
  expect(await detect('')).toEqual({
    findings: [],
    state: {
      id: 'task-scope',
      status: 'learning',
      reason: 'no scopes are configured; 0 of 2 task types have the 20 tasks to learn one from',
    },
  });
  expect(await withStore({}, (store) => runDetector(store, taskScope))).toEqual({
    findings: [],
    state: { id: 'task-scope', status: 'not-available', reason: 'no scopes are configured' },
  });
});
