import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { credentialTheft } from '../../detect/credential-theft/detector.ts';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const FOLDER = 'fixtures/detect/credential-theft';

const detect = async (parameters: Parameters = {}) => {
  const config = await readFile(`${FOLDER}/agenttrail.yaml`, 'utf8');
  const { findings } = await withStore({ logs: [`${FOLDER}/one-day.ndjson`], config }, (store) =>
    runDetector(store, credentialTheft, parameters),
  );
  return findings;
};

test('a key that leaves its network past the endpoint is found, with the session it issued there', async () => {
  const findings = await detect();
  expect(findings.filter(({ taskId }) => taskId === 'K-1')).toEqual([
    {
      id: 'credential-theft-35e83abb6309',
      detector: 'credential-theft',
      severity: 'critical',
      confidence: 0.8,
      title: 'A key of secret-bot moved to 198.51.100.0/24',
      explanation:
        'ASIATHEFTTASK0000002 of secret-bot worked from 10.0.1.0/24 with boto3, then from 198.51.100.0/24 with boto3, and not through the endpoint by which it reached the same service before; its first place did not use it again. 2 calls, first at 2026-11-01T10:30:00Z: secretsmanager:GetSecretValue, sts:AssumeRole.',
      agentId: 'secret-bot',
      taskId: 'K-1',
      taskType: 'secret-bot',
      onBehalfOf: null,
      accessKeyIds: ['ASIATHEFTTASK0000002'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/secret-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T10:30:00.000Z',
      lastSeen: '2026-11-01T10:31:00.000Z',
      evidence: evidence(
        ['theft-0008', 'theft-0009'],
        ['secretsmanager:GetSecretValue', 'sts:AssumeRole'],
      ),
      baseline: null,
      techniques: ['T1078.004', 'T1550.001', 'T1528'],
      visibility: [],
      response: { kind: 'session', targets: ['ASIATHEFTTASK0000002', 'ASIATHEFTCHILD000001'] },
    },
  ]);
});

test('a stranger’s client tells a theft; a NAT, a second subnet, a service, turns and people do not', async () => {
  const findings = await detect();
  const told = findings.map(
    ({ taskId, severity, confidence, title }) => `${taskId}: ${severity} ${confidence}, ${title}`,
  );
  expect(told.sort()).toEqual([
    'C-1: medium 0.5, A key of cost-bot moved to 203.0.113.0/24, with another client',
    'K-1: critical 0.8, A key of secret-bot moved to 198.51.100.0/24',
    'L-1: informational 0.1, A key of desk-bot moved to 198.18.0.0/24',
    'L-2: informational 0.1, A key of desk-bot moved to 198.18.1.0/24',
    'S-1: medium 0.95, A key of schema-bot moved to 198.51.100.0/24, with another client',
    'null: high 0.9, A key of orch-1 moved to 198.51.100.0/24, with another client',
  ]);
});

test('a network is familiar, and roaming a habit, after as many sessions as the configuration says', async () => {
  const tasks = async (familiar: number) => {
    const findings = await detect({ familiar_sessions: familiar });
    return findings.flatMap(({ taskId }) => (taskId?.match(/^[DL]/) ? [taskId] : [])).sort();
  };
  expect(await tasks(1)).toEqual(['L-1']);
  expect(await tasks(2)).toEqual(['L-1', 'L-2']);
  expect(await tasks(3)).toEqual(['D-3', 'L-1', 'L-2', 'L-3']);
});

test('so many turns are left to shared-credential, and no fewer', async () => {
  const isTold = async (turns: number) => {
    const findings = await detect({ minimum_switches: turns });
    return findings.some(({ taskId }) => taskId === 'S-2');
  };
  expect(await isTold(3)).toBe(false);
  expect(await isTold(4)).toBe(true);
});
