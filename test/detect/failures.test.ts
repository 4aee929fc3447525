import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { failures } from '../../detect/failures/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Ten schema updates of five actions. T-11 is denied six others, two of them sensitive; T-12 one action six
// times; T-13 is throttled; T-14 is denied the five of always. At the time of T-11 two more are denied: T-15
// five reads, T-16 four and a secret, and then it reads parameters.
const LOGS = ['fixtures/detect/failures/schema-tasks.ndjson'];

// A day later one action is denied again and again. T-21: on eight machines. T-22: on one machine. T-23: on
// machines that no record names. T-24: on seven. T-25: nine roles, and a tenth lets it in. T-26: an ordinary
// action on nine functions. T-27 is denied the role that T-25 got.
const ONE_ACTION = [...LOGS, 'fixtures/detect/failures/one-action.ndjson'];

const detect = (parameters: Parameters = {}, logs = LOGS) =>
  withStore({ logs }, (store) => runDetector(store, failures, parameters));

/** Task and severity of each finding. */
async function verdicts(parameters: Parameters = {}, logs = LOGS) {
  const { findings } = await detect(parameters, logs);
  return findings.map(({ taskId, severity }) => `${taskId} ${severity}`).sort();
}

test('a task that is denied six new actions of five services is found, with what would be usual', async () => {
  const { findings, state } = await detect();
  const eventIds = [62, 63, 64, 65, 66, 67].map((number) => `failures-00${number}`);

  expect(findings.filter(({ taskId }) => taskId === 'T-11')).toEqual([
    {
      id: 'failures-11bd5c16f3d7',
      detector: 'failures',
      severity: 'high',
      confidence: 0.95,
      title: 'schema-update of schema-bot was denied 6 different actions',
      explanation:
        'task T-11 (schema-update) of schema-bot was denied iam:CreateAccessKey, iam:ListUsers, kms:ListKeys and 3 more: 6 different actions of 5 services, 3 of them sensitive, where 0.1 would be usual: 0 of 10 earlier tasks of its type were denied anything new to their type. First at 2026-11-01T11:01:00Z.',
      agentId: 'schema-bot',
      taskId: 'T-11',
      taskType: 'schema-update',
      onBehalfOf: null,
      accessKeyIds: ['ASIAFAILURES00000011'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T11:01:00.000Z',
      lastSeen: '2026-11-01T11:06:00.000Z',
      evidence: evidence(eventIds, [
        'iam:CreateAccessKey',
        'iam:ListUsers',
        'kms:ListKeys',
        's3:ListBuckets',
        'secretsmanager:GetSecretValue',
        'ssm:GetParametersByPath',
      ]),
      baseline: { level: 'task-type', tasks: 10 },
      techniques: ['T1580', 'T1069.003'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/schema-bot'] },
    },
  ]);
  expect(state).toEqual({ id: 'failures', status: 'ran', reason: null });
});

test('a missing permission, an outage and a broken role are no search; reads alone are low, a gain is high', async () => {
  expect(await verdicts()).toEqual(['T-11 high', 'T-15 low', 'T-16 high']);
});

test('it takes enough actions, of enough services, too many for chance, after enough ended tasks', async () => {
  expect(await verdicts({ minimum_actions: 6 })).toEqual(['T-11 high']);
  expect(await verdicts({ minimum_services: 6 })).toEqual([]);
  expect(await verdicts({ maximum_probability: 1e-9 })).toEqual(['T-11 high']);
  expect(await verdicts({ minimum_tasks: 11 })).toEqual([]);
});

test('one sensitive action that is denied on many targets is a search, retries on one are not', async () => {
  const { findings } = await detect({}, ONE_ACTION);
  const told = findings.filter(({ taskId }) => taskId && taskId >= 'T-20');

  expect(
    told.map(({ taskId, severity, explanation }) => `${taskId} ${severity}: ${explanation}`).sort(),
  ).toEqual([
    'T-21 medium: task T-21 (schema-update) of schema-bot was denied ec2:GetPasswordData on 8 targets: 0 of 16 earlier tasks of its type did so. First at 2026-11-02T01:01:00Z.',
    'T-25 high: task T-25 (schema-update) of schema-bot was denied sts:AssumeRole on 9 targets: 0 of 16 earlier tasks of its type did so. Then it succeeded on another. First at 2026-11-02T01:01:00Z.',
  ]);
});

test('the search takes enough targets, and few earlier tasks that searched', async () => {
  const later = async (parameters: Parameters) =>
    (await verdicts(parameters, ONE_ACTION)).filter((verdict) => verdict >= 'T-20');

  expect(await later({ minimum_targets: 7 })).toEqual(['T-21 medium', 'T-24 medium', 'T-25 high']);
  expect(await later({ minimum_targets: 9 })).toEqual(['T-25 high']);
  expect(await later({ searching_share: 1 / 18 })).toEqual(['T-21 medium', 'T-25 high']);
  expect(await later({ searching_share: 1 / 19 })).toEqual([]);
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, failures))).toEqual({
    findings: [],
    state: {
      id: 'failures',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
