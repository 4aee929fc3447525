import type { Inventory } from '../../../report/inventory.ts';
import { HOSTILE } from './sample-report.ts';

export const sampleInventory: Inventory = {
  agents: [
    {
      agentId: 'schema-agent',
      firstSeen: '2026-10-01T08:00:00Z',
      lastSeen: '2026-11-01T02:07:40Z',
      taskCount: 1_214,
      eventCount: 98_120,
      roleArns: [
        'arn:aws:iam::111122223333:role/AgentWorker',
        'arn:aws:iam::111122223333:role/agents/Orchestrator',
        'arn:aws:iam::444455556666:role/Reader',
        'arn:aws:iam::444455556666:role/Writer',
      ],
      credentialKinds: ['AssumeRole', 'AssumeRoleWithWebIdentity'],
      onBehalfOf: ['alice@example.com', 'bob@example.com', 'carol@example.com'],
      accountIds: ['111122223333', '444455556666'],
    },
    {
      agentId: HOSTILE,
      firstSeen: '2026-10-30T08:00:00Z',
      lastSeen: '2026-10-31T08:00:00Z',
      taskCount: 1,
      eventCount: 3,
      roleArns: [],
      credentialKinds: ['long-term-key'],
      onBehalfOf: [],
      accountIds: ['111122223333'],
    },
  ],
  suspected: [
    {
      principalArn: 'arn:aws:sts::444455556666:assumed-role/Deploy/laptop',
      kind: 'coding-agent',
      why: `user agent names a coding agent: ${HOSTILE}`,
      eventCount: 412,
      firstSeen: '2026-11-01T01:00:00Z',
      lastSeen: '2026-11-01T01:30:00Z',
    },
    {
      principalArn: 'arn:aws:iam::111122223333:user/ci-bot',
      kind: 'long-term-key',
      why: 'a key of 400 days calls around the clock',
      eventCount: 20_551,
      firstSeen: '2026-10-01T00:00:00Z',
      lastSeen: '2026-11-01T23:59:59Z',
    },
  ],
  sharedRoles: [
    {
      roleArn: 'arn:aws:iam::111122223333:role/AgentWorker',
      agentIds: ['report-agent', 'schema-agent'],
    },
  ],
  coverage: {
    events: 499_200,
    attributedEvents: 466_253,
    dataEventServices: [],
    accounts: ['111122223333', '444455556666'],
    regions: ['eu-central-1', 'us-east-1'],
    notes: ['S3 data events are not in this trail: what agents read from buckets is not seen.'],
  },
};
