import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { detect } from '../../detect/detect.ts';
import { DETECTORS } from '../../detect/registry.ts';
import { taskScope } from '../../detect/task-scope/detector.ts';
import { readBaseline } from '../../readers/baseline.ts';
import type { Baseline } from '../../report/baseline.ts';
import { failureOf } from '../helpers/failure.ts';
import { ACCOUNT, assumeRole, call, type LogRecord, session, user } from '../helpers/records.ts';
import { withRecords } from '../helpers/store.ts';

const CONFIG = `
scopes:
  - taskType: schema-update
    allow: [read-metadata, write-config, write-data, credential]
`;

interface Task {
  agent?: string;
  type?: string;
  at: number;
}

/** One session with the task's tags, and the calls that it makes. */
function task(
  id: string,
  { agent = 'schema-bot', type = 'schema-update', at }: Task,
  calls: readonly [string, number, LogRecord?][],
): LogRecord[] {
  const key = `ASIA${id}`;
  const by = session(key, { role: agent, at });
  const tags = { AgentID: agent, TaskID: id, TaskType: type };
  return [
    assumeRole({ by: user('AKIADEPLOYER'), at, key, role: agent, tags }),
    ...calls.map(([action, after, fields = {}]) =>
      call(action, { by, at: at + after, with: fields }),
    ),
  ];
}

const instance = (name: string) => ({ requestParameters: { dBInstanceIdentifier: name } });

/** Two tasks to learn from, one that exported, one of another type, a peer's, and one of who only exports. */
const RECORDS: readonly LogRecord[] = [
  ...task('T1', { at: 0 }, [
    ['rds:DescribeDBInstances', 10, instance('orders')],
    ['rds:ModifyDBInstance', 20, instance('orders')],
    ['rds:ModifyDBInstance', 25, { errorCode: 'AccessDenied' }],
    ['secretsmanager:GetSecretValue', 40, { requestParameters: { secretId: 'db' } }],
  ]),
  ...task('T2', { at: 1000 }, [
    [
      'rds:DescribeDBInstances',
      10,
      { ...instance('orders'), awsRegion: 'eu-west-1', sourceIPAddress: '2001:db8::7' },
    ],
    [
      'rds:ModifyDBInstance',
      90,
      { ...instance('invoices'), userAgent: 'Boto3/1.40', sourceIPAddress: '192.0.2.99' },
    ],
  ]),
  ...task('T3', { at: 2000 }, [
    ['rds:StartExportTask', 10, { requestParameters: { dBSnapshotIdentifier: 'orders-1' } }],
  ]),
  ...task('T4', { at: 3000, type: 'review' }, [
    [
      'rds:DescribeDBClusters',
      5,
      {
        sourceIPAddress: 'cloudformation.amazonaws.com',
        userAgent: 'cloudformation.amazonaws.com',
        userIdentity: {
          ...session('ASIAT4', { role: 'schema-bot', at: 3000 }),
          invokedBy: 'cloudformation.amazonaws.com',
        },
      },
    ],
  ]),
  ...task('T5', { agent: 'other-bot', at: 0 }, [
    ['rds:ModifyDBInstance', 10],
    ['sns:Publish', 20],
  ]),
  ...task('T6', { agent: 'exporter', at: 4000 }, [['rds:StartExportTask', 10]]),
];

type Read = (taskType?: string | null, agent?: string, settings?: string) => Promise<Baseline>;

/** On one store, in which findings are. */
function withBaselines<Result>(work: (read: Read) => Promise<Result>): Promise<Result> {
  return withRecords(
    RECORDS,
    async (store) => {
      await detect(store, [taskScope], parseConfig(CONFIG, 'agenttrail.yaml', DETECTORS));
      return work((taskType = null, agent = 'schema-bot', settings = '') =>
        readBaseline(store, parseConfig(settings, 'agenttrail.yaml', DETECTORS), agent, taskType),
      );
    },
    CONFIG,
  );
}

function baseline(taskType?: string | null, agent?: string): Promise<Baseline> {
  return withBaselines((read) => read(taskType, agent));
}

test('a task type is told by its normal tasks, what peers add, and nothing of the task that exported', async () => {
  expect((await baseline('schema-update')).taskTypes).toEqual([
    {
      taskType: 'schema-update',
      profile: {
        taskCount: 2,
        since: '2026-11-01T10:00:00.000Z',
        until: '2026-11-01T10:18:10.000Z',
        eventsPerTask: { p10: 2, median: 2, p90: 4 },
        secondsPerTask: { p10: 40, median: 40, p90: 90 },
        sessionsPerTask: { p10: 1, median: 1, p90: 1 },
        callCount: 6,
        deniedCount: 1,
        newResourcesPerTask: 1,
        places: {
          regions: [
            { name: 'us-east-1', taskCount: 2 },
            { name: 'eu-west-1', taskCount: 1 },
          ],
          accounts: [{ name: ACCOUNT, taskCount: 2 }],
          networks: [
            { name: '192.0.2.0/24', taskCount: 2 },
            { name: '2001:db8:0::/48', taskCount: 1 },
          ],
          services: [],
          clients: [
            { name: 'aws-sdk-js', taskCount: 2 },
            { name: 'boto3', taskCount: 1 },
          ],
        },
        actions: [
          {
            action: 'rds:ModifyDBInstance',
            capability: 'write-config',
            taskCount: 2,
            callCount: 3,
            deniedCount: 1,
          },
          {
            action: 'rds:DescribeDBInstances',
            capability: 'read-metadata',
            taskCount: 2,
            callCount: 2,
            deniedCount: 0,
          },
          {
            action: 'secretsmanager:GetSecretValue',
            capability: 'credential',
            taskCount: 1,
            callCount: 1,
            deniedCount: 0,
          },
        ],
        resources: [
          {
            capability: 'credential',
            resourceCount: 1,
            top: [{ name: 'secretsmanager:secret/db', taskCount: 1 }],
          },
          {
            capability: 'read-metadata',
            resourceCount: 1,
            top: [{ name: 'rds:db-instance/orders', taskCount: 2 }],
          },
          {
            capability: 'write-config',
            resourceCount: 2,
            top: [
              { name: 'rds:db-instance/invoices', taskCount: 1 },
              { name: 'rds:db-instance/orders', taskCount: 1 },
            ],
          },
        ],
        steps: [
          {
            fromAction: 'rds:ModifyDBInstance',
            toAction: 'secretsmanager:GetSecretValue',
            taskCount: 1,
            transitionCount: 1,
          },
        ],
      },
      peers: {
        agentCount: 1,
        taskCount: 1,
        actions: [{ action: 'sns:Publish', capability: 'write-data', agentCount: 1, taskCount: 1 }],
      },
    },
  ]);
});

test('the agent as a whole has all its types, and the task that exported is named and set aside', async () => {
  const { agentId, seenTasks, setAside, profile, taskTypes } = await baseline();

  expect({ agentId, seenTasks, setAside, tasks: profile.taskCount }).toEqual({
    agentId: 'schema-bot',
    seenTasks: 4,
    setAside: [
      {
        taskId: 'T3',
        taskType: 'schema-update',
        severity: 'critical',
        title: expect.stringContaining('export'),
      },
    ],
    tasks: 3,
  });
  expect(profile.places.services).toEqual([{ name: 'cloudformation.amazonaws.com', taskCount: 1 }]);
  expect(taskTypes.map(({ taskType, profile }) => [taskType, profile.taskCount])).toEqual([
    ['review', 1],
    ['schema-update', 2],
  ]);
});

test('what an AWS service did in the name of the agent is a place, and no action of it', async () => {
  const [review] = (await baseline('review')).taskTypes;

  expect({ actions: review?.profile.actions, peers: review?.peers }).toEqual({
    actions: [],
    peers: { agentCount: 0, taskCount: 0, actions: [] },
  });
});

test('an agent of which every task was set aside has peers to compare with, and no numbers', async () => {
  const { profile, taskTypes } = await baseline(null, 'exporter');
  const [type] = taskTypes;

  expect(type?.profile).toEqual(profile);
  expect(profile).toEqual({
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
  });
  expect(type?.peers).toMatchObject({ agentCount: 2, taskCount: 3 });
  expect(type?.peers.actions.map(({ action, taskCount }) => [action, taskCount])).toEqual([
    ['rds:ModifyDBInstance', 3],
    ['rds:DescribeDBInstances', 2],
    ['secretsmanager:GetSecretValue', 1],
    ['sns:Publish', 1],
  ]);
});

test('a detector learns until the agent has as many tasks as it asks for, as configured', async () => {
  const lacking = await withBaselines((read) =>
    Promise.all(
      ['{}', '{ minimum_tasks: 5 }', '{ minimum_tasks: 4 }', '{ enabled: false }'].map(
        async (settings) => {
          const { learning } = await read(
            null,
            'schema-bot',
            `detectors: { novel-action: ${settings} }`,
          );
          return learning.filter(({ id }) => id === 'novel-action');
        },
      ),
    ),
  );

  expect(lacking).toEqual([
    [{ id: 'novel-action', minimumTasks: 10, lackingTasks: 6 }],
    [{ id: 'novel-action', minimumTasks: 5, lackingTasks: 1 }],
    [],
    [],
  ]);
});

test('an agent or a task type that is not known is told with its nearest', async () => {
  expect(await failureOf(() => baseline(null, 'schema-bto'))).toEqual({
    message: 'schema-bto: no such agent; did you mean "schema-bot"?',
    hint: 'agenttrail inventory lists the agents; ids are compared with case',
  });
  expect(await failureOf(() => baseline('reviews'))).toEqual({
    message: 'reviews: no task type of agent schema-bot; did you mean "review"?',
    hint: 'it has review, schema-update',
  });
});
