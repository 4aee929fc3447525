import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { shadowAgent } from '../../detect/shadow-agent/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/shadow-agent/one-day.ndjson'];

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, shadowAgent, parameters));

const common = {
  detector: 'shadow-agent',
  agentId: null,
  taskId: null,
  taskType: null,
  onBehalfOf: null,
  accountIds: ['111122223333'],
  regions: ['us-east-1'],
  baseline: null,
  techniques: ['T1078.004'],
  visibility: [],
};

test('an untagged session of an agents’ role, dropped tags and agents’ marks are found; their twins are silent', async () => {
  expect(await detect()).toEqual({
    findings: [
      {
        ...common,
        id: 'shadow-agent-2d5a246dbbd5',
        severity: 'low',
        confidence: 0.9,
        title: 'schema-bot assumed reader and dropped its tags',
        explanation:
          '1 session of arn:aws:iam::111122223333:role/agents/reader, which schema-bot issued, had no agent tag: their calls belong to no task. 1 call, first at 2026-11-01T15:01:00Z: s3:GetObject.',
        accessKeyIds: ['ASIASHADOWSHED000001'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/reader'],
        firstSeen: '2026-11-01T15:01:00.000Z',
        lastSeen: '2026-11-01T15:01:00.000Z',
        evidence: evidence(['shadow-0026'], ['s3:GetObject']),
        response: {
          kind: 'session',
          targets: ['ASIASHADOWSHED000001'],
        },
      },
      {
        ...common,
        id: 'shadow-agent-4d065fdb100e',
        severity: 'low',
        confidence: 0.9,
        title:
          'aws-mcp.amazonaws.com works as AWSReservedSSO_Developer_1, without an agent’s identity',
        explanation:
          'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_1 has no agent identity, and its calls bear the mark of aws-mcp.amazonaws.com. 1 call, first at 2026-11-01T11:03:00Z: s3:ListBuckets.',
        accessKeyIds: ['ASIASHADOWJONAS00001'],
        roleArns: [
          'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_1',
        ],
        firstSeen: '2026-11-01T11:03:00.000Z',
        lastSeen: '2026-11-01T11:03:00.000Z',
        evidence: evidence(['shadow-0017'], ['s3:ListBuckets']),
        response: {
          kind: 'session',
          targets: ['ASIASHADOWJONAS00001'],
        },
      },
      {
        ...common,
        id: 'shadow-agent-7469c453214c',
        severity: 'low',
        confidence: 0.9,
        title: 'Claude Code works as AWSReservedSSO_Developer_1, without an agent’s identity',
        explanation:
          'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_1 has no agent identity, and its calls bear the mark of Claude Code. 1 call, first at 2026-11-01T11:01:00Z: ec2:DescribeInstances.',
        accessKeyIds: ['ASIASHADOWJONAS00001'],
        roleArns: [
          'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Developer_1',
        ],
        firstSeen: '2026-11-01T11:01:00.000Z',
        lastSeen: '2026-11-01T11:01:00.000Z',
        evidence: evidence(['shadow-0015'], ['ec2:DescribeInstances']),
        response: {
          kind: 'session',
          targets: ['ASIASHADOWJONAS00001'],
        },
      },
      {
        ...common,
        id: 'shadow-agent-8fc79cab5bf7',
        severity: 'medium',
        confidence: 0.7,
        title: 'Agents’ role schema-bot was used without agent tags',
        explanation:
          '1 session of arn:aws:iam::111122223333:role/agents/schema-bot had no agent tag; 3 others had one. 2 calls, first at 2026-11-01T10:02:00Z: rds:DescribeDBInstances, rds:ModifyDBInstance.',
        accessKeyIds: ['ASIASHADOWUNTAGGED01'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
        firstSeen: '2026-11-01T10:02:00.000Z',
        lastSeen: '2026-11-01T10:03:00.000Z',
        evidence: evidence(
          ['shadow-0011', 'shadow-0012'],
          ['rds:DescribeDBInstances', 'rds:ModifyDBInstance'],
        ),
        response: {
          kind: 'session',
          targets: ['ASIASHADOWUNTAGGED01'],
        },
      },
      {
        ...common,
        id: 'shadow-agent-f4c15ccbcd53',
        severity: 'high',
        confidence: 0.9,
        title: 'Claude Code works as grace, without an agent’s identity',
        explanation:
          'arn:aws:iam::111122223333:user/grace has no agent identity, and its calls bear the mark of Claude Code. 1 call, first at 2026-11-01T13:00:00Z: secretsmanager:GetSecretValue.',
        accessKeyIds: ['AKIASHADOWGRACE00001'],
        roleArns: [],
        firstSeen: '2026-11-01T13:00:00.000Z',
        lastSeen: '2026-11-01T13:00:00.000Z',
        evidence: evidence(['shadow-0022'], ['secretsmanager:GetSecretValue']),
        response: {
          kind: 'access-key',
          targets: ['AKIASHADOWGRACE00001'],
        },
      },
    ],
    state: {
      id: 'shadow-agent',
      status: 'ran',
      reason: null,
    },
  });
});

/** Kinds of what is found, without the principals. */
async function titles(parameters: Parameters) {
  const { findings } = await detect(parameters);
  return findings.map(({ title }) => title).sort();
}

const SHED = 'schema-bot assumed reader and dropped its tags';
const BY_MARK = [
  'Claude Code works as AWSReservedSSO_Developer_1, without an agent’s identity',
  'Claude Code works as grace, without an agent’s identity',
  'aws-mcp.amazonaws.com works as AWSReservedSSO_Developer_1, without an agent’s identity',
];
const BY_ROLE = 'Agents’ role schema-bot was used without agent tags';

test('a role is learned from three tagged sessions of four, and from no fewer', async () => {
  expect(await titles({ minimum_tagged_sessions: 3, minimum_tagged_share: 0.75 })).toEqual([
    BY_ROLE,
    ...BY_MARK,
    SHED,
  ]);
  expect(await titles({ minimum_tagged_sessions: 4 })).toEqual([...BY_MARK, SHED]);
  expect(await titles({ minimum_tagged_share: 0.76 })).toEqual([...BY_MARK, SHED]);
});

test('a role that the configuration declares needs no tagged session; a minter’s mark is its own affair', async () => {
  const config = `
attribution:
  agentRoles: ["arn:aws:iam::*:role/service-role/orders-*"]
  minters: ["arn:aws:iam::*:user/grace"]
`;
  const { findings } = await withStore({ logs: LOGS, config }, (store) =>
    runDetector(store, shadowAgent),
  );

  expect(findings.map(({ title }) => title).sort()).toEqual([
    'Agents’ role orders-execution was used without agent tags',
    BY_ROLE,
    BY_MARK[0],
    BY_MARK[2],
    SHED,
  ]);
});
