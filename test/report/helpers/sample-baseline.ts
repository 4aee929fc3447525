import type { Baseline, BaselineProfile } from '../../../report/baseline.ts';

const PROFILE: BaselineProfile = {
  taskCount: 412,
  since: '2026-09-01T07:36:24.000Z',
  until: '2026-11-01T02:07:40.000Z',
  eventsPerTask: { p10: 19, median: 25, p90: 1_240 },
  secondsPerTask: { p10: 45, median: 312, p90: 10_800 },
  sessionsPerTask: { p10: 1, median: 1, p90: 1 },
  callCount: 11_034,
  deniedCount: 9,
  newResourcesPerTask: 1.24,
  places: {
    regions: [
      { name: 'us-east-1', taskCount: 412 },
      { name: 'eu-west-1', taskCount: 43 },
    ],
    accounts: [{ name: '111122223333', taskCount: 412 }],
    networks: [
      '192.0.2.0/24',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '2001:db8:0::/48',
      'vpce-1',
    ].map((name, index) => ({ name, taskCount: 400 - index })),
    services: [{ name: 'cloudformation.amazonaws.com', taskCount: 3 }],
    clients: [{ name: 'boto3', taskCount: 411 }],
  },
  actions: [
    {
      action: 'rds:ModifyDBInstance',
      capability: 'write-config',
      taskCount: 412,
      callCount: 2_060,
      deniedCount: 0,
    },
    ...Array.from({ length: 16 }, (_, index) => ({
      action: `rds:Describe${index}`,
      capability: 'read-metadata' as const,
      taskCount: 200 - index,
      callCount: 900 - index,
      deniedCount: index === 3 ? 9 : 0,
    })),
    {
      action: 'secretsmanager:GetSecretValue',
      capability: 'credential',
      taskCount: 5,
      callCount: 6,
      deniedCount: 0,
    },
    {
      action: 'iam:AttachRolePolicy',
      capability: 'privilege',
      taskCount: 1,
      callCount: 2,
      deniedCount: 2,
    },
  ],
  resources: [
    {
      capability: 'write-config',
      resourceCount: 31,
      top: [
        { name: 'arn:aws:rds:us-east-1:111122223333:cluster:orders', taskCount: 300 },
        { name: 'rds:db-instance/invoices', taskCount: 12 },
      ],
    },
  ],
  steps: [
    {
      fromAction: 'secretsmanager:GetSecretValue',
      toAction: 'rds:ModifyDBInstance',
      taskCount: 5,
      transitionCount: 5,
    },
    {
      fromAction: 'rds:ModifyDBInstance',
      toAction: 'rds:CreateDBParameterGroup',
      taskCount: 3,
      transitionCount: 4,
    },
  ],
};

const NOTHING: BaselineProfile = {
  taskCount: 0,
  since: null,
  until: null,
  eventsPerTask: null,
  secondsPerTask: null,
  sessionsPerTask: null,
  callCount: 0,
  deniedCount: 0,
  newResourcesPerTask: null,
  places: { regions: [], accounts: [], networks: [], services: [], clients: [] },
  actions: [],
  resources: [],
  steps: [],
};

/** One type with a long history and one of which every task was found deviant. */
export const sampleBaseline: Baseline = {
  agentId: 'schema-agent',
  seenTasks: 413,
  setAside: [
    {
      taskId: 'schema-4711',
      taskType: 'schema-review',
      severity: 'critical',
      title: 'schema-review did what its scope does not allow: export',
    },
  ],
  learning: [{ id: 'volume', minimumTasks: 500, lackingTasks: 87 }],
  profile: PROFILE,
  taskTypes: [
    {
      taskType: 'schema-review',
      profile: NOTHING,
      peers: {
        agentCount: 2,
        taskCount: 930,
        actions: [
          ...Array.from({ length: 9 }, (_, index) => ({
            action: `rds:List${index}`,
            capability: 'read-metadata' as const,
            agentCount: 2,
            taskCount: 500 - index,
          })),
          { action: 'kms:Decrypt', capability: 'credential', agentCount: 1, taskCount: 1 },
        ],
      },
    },
    {
      taskType: 'schema-update',
      profile: PROFILE,
      peers: { agentCount: 0, taskCount: 0, actions: [] },
    },
  ],
};

/** An agent whose calls name no task. */
export const emptyBaseline: Baseline = {
  agentId: 'nameless',
  seenTasks: 0,
  setAside: [],
  learning: [],
  profile: NOTHING,
  taskTypes: [],
};
