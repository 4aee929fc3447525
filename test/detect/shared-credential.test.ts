import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { sharedCredential } from '../../detect/shared-credential/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/shared-credential/one-day.ndjson'];

const common = {
  detector: 'shared-credential',
  onBehalfOf: null,
  accountIds: ['111122223333'],
  regions: ['us-east-1'],
  baseline: null,
  techniques: ['T1078.004', 'T1550.001'],
  visibility: [],
};

const detect = (parameters: Parameters = {}, config = '') =>
  withStore({ logs: LOGS, config }, (store) => runDetector(store, sharedCredential, parameters));

test('a key in two places, a key, a name and a mark of two agents are found; their twins are silent', async () => {
  expect(await detect()).toEqual({
    findings: [
      {
        ...common,
        id: 'shared-credential-1f7cbcdc5492',
        severity: 'high',
        confidence: 0.9,
        title: 'One key of launcher hands out the sessions of several agents',
        explanation:
          'AKIASHAREDLAUNCHER01 of arn:aws:iam::111122223333:user/launcher, which is no declared minter, issued sessions of cost-bot, deploy-bot. 2 calls, first at 2026-11-01T15:00:00Z: sts:AssumeRole.',
        agentId: null,
        taskId: null,
        taskType: null,
        accessKeyIds: ['AKIASHAREDLAUNCHER01'],
        roleArns: [],
        firstSeen: '2026-11-01T15:00:00.000Z',
        lastSeen: '2026-11-01T15:01:00.000Z',
        evidence: evidence(['shared-0038', 'shared-0039'], ['sts:AssumeRole']),
        response: {
          kind: 'access-key',
          targets: ['AKIASHAREDLAUNCHER01'],
        },
      },
      {
        ...common,
        id: 'shared-credential-73312cdddd88',
        severity: 'low',
        confidence: 0.8,
        title: 'Several agents share the session name agent',
        explanation:
          'Sessions of cost-bot, deploy-bot have the same role and session name, arn:aws:iam::111122223333:role/agents/shared/agent: most logs cannot tell them apart, nor can a deny by aws:userid. 2 calls, first at 2026-11-01T16:00:00Z: sts:AssumeRole.',
        agentId: null,
        taskId: null,
        taskType: null,
        accessKeyIds: ['ASIASHAREDTASK000009', 'ASIASHAREDTASK000010'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/shared'],
        firstSeen: '2026-11-01T16:00:00.000Z',
        lastSeen: '2026-11-01T16:01:00.000Z',
        evidence: evidence(['shared-0040', 'shared-0041'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIASHAREDTASK000009', 'ASIASHAREDTASK000010'],
        },
      },
      {
        ...common,
        id: 'shared-credential-9f21c4a44e1d',
        severity: 'medium',
        confidence: 0.7,
        title: 'Several agents work with one key of grace',
        explanation:
          'AKIASHAREDGRACE00001 of arn:aws:iam::111122223333:user/grace bears the marks of Claude Code, Codex. 2 calls, first at 2026-11-01T17:00:00Z: ec2:DescribeInstances.',
        agentId: null,
        taskId: null,
        taskType: null,
        accessKeyIds: ['AKIASHAREDGRACE00001'],
        roleArns: [],
        firstSeen: '2026-11-01T17:00:00.000Z',
        lastSeen: '2026-11-01T17:10:00.000Z',
        evidence: evidence(['shared-0042', 'shared-0043'], ['ec2:DescribeInstances']),
        response: {
          kind: 'access-key',
          targets: ['AKIASHAREDGRACE00001'],
        },
      },
      {
        ...common,
        id: 'shared-credential-bdeca766d91d',
        severity: 'high',
        confidence: 0.9,
        title: 'A key of schema-bot is at work in two places at once',
        explanation:
          'ASIASHAREDTASK000001 of schema-bot went to and fro 3 times between 198.51.100.0/24, 203.0.113.0/24, with two clients. 3 calls, first at 2026-11-01T09:02:00Z: rds:DescribeDBInstances.',
        agentId: 'schema-bot',
        taskId: 'S-1',
        taskType: 'schema-bot',
        accessKeyIds: ['ASIASHAREDTASK000001'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
        firstSeen: '2026-11-01T09:02:00.000Z',
        lastSeen: '2026-11-01T09:50:00.000Z',
        evidence: evidence(
          ['shared-0004', 'shared-0006', 'shared-0007'],
          ['rds:DescribeDBInstances'],
        ),
        response: {
          kind: 'session',
          targets: ['ASIASHAREDTASK000001'],
        },
      },
    ],
    state: {
      id: 'shared-credential',
      status: 'ran',
      reason: null,
    },
  });
});

test('two places are so from the third turn on, if no turn takes longer than fifteen minutes', async () => {
  const places = async (parameters: Parameters) => {
    const { findings } = await detect(parameters);
    return findings.flatMap(({ taskId }) => taskId ?? []).sort();
  };

  expect(await places({ minimum_switches: 3, interleaved_minutes: 15 })).toEqual(['S-1']);
  expect(await places({ minimum_switches: 4 })).toEqual([]);
  expect(await places({ interleaved_minutes: 14 })).toEqual([]);
});

test('where minters are declared, an orchestrator that is none shares its key', async () => {
  const issuers = async (minters: string) => {
    const { findings } = await detect({}, `attribution: { minters: [${minters}] }`);
    return findings.map(({ title }) => title).filter((title) => title.startsWith('One key'));
  };

  expect(await issuers('"arn:aws:iam::*:user/launcher"')).toEqual([
    'One key of orch-1 hands out the sessions of several agents',
  ]);
  expect(await issuers('"arn:aws:iam::*:role/platform/*"')).toEqual([
    'One key of launcher hands out the sessions of several agents',
  ]);
});
