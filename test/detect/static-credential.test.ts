import { expect, test } from 'vitest';
import { runDetector } from '../../detect/run.ts';
import { staticCredential } from '../../detect/static-credential/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/static-credential/one-day.ndjson'];

const common = {
  detector: 'static-credential',
  agentId: null,
  taskId: null,
  taskType: null,
  onBehalfOf: null,
  roleArns: [],
  accountIds: ['111122223333'],
  regions: ['us-east-1'],
  baseline: null,
  techniques: ['T1078.004', 'T1552'],
  visibility: [],
};

test('a long-term key that mints for agents, bears their mark or works from their host is found; its twins are not', async () => {
  const detected = await withStore({ logs: LOGS }, (store) => runDetector(store, staticCredential));

  expect(detected).toEqual({
    findings: [
      {
        ...common,
        id: 'static-credential-8e05094a64b4',
        severity: 'high',
        confidence: 0.8,
        title: 'A long-term key of report does an agent’s work',
        explanation:
          'AKIASTATICREPORT0000 of arn:aws:iam::111122223333:user/report never expires, and worked with the client of, and from a host of, report-writer. 2 calls, first at 2026-11-01T11:00:00Z: athena:StartQueryExecution, secretsmanager:GetSecretValue.',
        accessKeyIds: ['AKIASTATICREPORT0000'],
        firstSeen: '2026-11-01T11:00:00.000Z',
        lastSeen: '2026-11-01T11:01:00.000Z',
        evidence: evidence(
          ['static-0007', 'static-0008'],
          ['athena:StartQueryExecution', 'secretsmanager:GetSecretValue'],
        ),
        response: {
          kind: 'access-key',
          targets: ['AKIASTATICREPORT0000'],
        },
      },
      {
        ...common,
        id: 'static-credential-9c764801eaf2',
        severity: 'high',
        confidence: 0.95,
        title: 'A long-term key of agents does an agent’s work',
        explanation:
          'AKIASTATICAGENTS0000 of arn:aws:iam::111122223333:user/agents never expires, and handed out sessions of deploy-bot. 1 call, first at 2026-11-01T10:00:00Z: sts:AssumeRole.',
        accessKeyIds: ['AKIASTATICAGENTS0000'],
        firstSeen: '2026-11-01T10:00:00.000Z',
        lastSeen: '2026-11-01T10:00:00.000Z',
        evidence: evidence(['static-0005'], ['sts:AssumeRole']),
        response: {
          kind: 'access-key',
          targets: ['AKIASTATICAGENTS0000'],
        },
      },
      {
        ...common,
        id: 'static-credential-e14eabce8697',
        severity: 'medium',
        confidence: 0.9,
        title: 'A long-term key of developer does an agent’s work',
        explanation:
          'AKIASTATICDEVELOPER0 of arn:aws:iam::111122223333:user/developer never expires, and bears the mark of Kiro CLI. 1 call, first at 2026-11-01T12:00:00Z: ec2:DescribeInstances.',
        accessKeyIds: ['AKIASTATICDEVELOPER0'],
        firstSeen: '2026-11-01T12:00:00.000Z',
        lastSeen: '2026-11-01T12:00:00.000Z',
        evidence: evidence(['static-0009'], ['ec2:DescribeInstances']),
        response: {
          kind: 'access-key',
          targets: ['AKIASTATICDEVELOPER0'],
        },
      },
    ],
    state: {
      id: 'static-credential',
      status: 'ran',
      reason: null,
    },
  });
});
