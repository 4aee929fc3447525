import { beforeAll, expect, test } from 'vitest';
import {
  ACCOUNT,
  assumeRole,
  call,
  issued,
  type LogRecord,
  roleArn,
  service,
  session,
  tagList,
  user,
} from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

const PLANNER = { AgentID: 'planner', TaskID: 'schema-1', TaskType: 'schema-update' };
const planner = session('ASIAPLANNER', { name: 'plan', sourceIdentity: 'alice' });
const exporter = session('ASIAEXPORTER', { role: 'Exporter' });
const helper = session('ASIAHELPER', { role: 'Helper' });

/** A planner updates a schema, exports the database through a second role, and lends a helper its task. */
const RECORDS: readonly LogRecord[] = [
  assumeRole({
    by: user('AKIADEPLOYER'),
    at: 0,
    key: 'ASIAPLANNER',
    name: 'plan',
    tags: PLANNER,
    transitive: ['AgentID', 'TaskID', 'TaskType'],
    sourceIdentity: 'alice',
  }),
  call('rds:DescribeDBInstances', { by: planner, at: 10 }),
  call('rds:DescribeDBInstances', { by: planner, at: 20, with: { awsRegion: 'eu-west-1' } }),
  call('rds:ModifyDBInstance', {
    by: planner,
    at: 30,
    with: { requestParameters: { dBInstanceIdentifier: 'orders' } },
  }),
  call('rds:ModifyDBInstance', {
    by: planner,
    at: 40,
    with: { errorCode: 'AccessDenied', errorMessage: 'not authorized' },
  }),
  assumeRole({ by: planner, at: 50, key: 'ASIAEXPORTER', role: 'Exporter' }),
  call('rds:StartExportTask', {
    by: exporter,
    at: 60,
    with: { requestParameters: { dBSnapshotIdentifier: 'orders-1', iamRoleArn: 'arn:x' } },
  }),
  ...[70, 80].map((at) =>
    call('s3:GetObject', {
      by: exporter,
      at,
      with: {
        requestParameters: { bucketName: 'dumps', key: 'orders' },
        resources: [
          { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::dumps/orders' },
          { type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::dumps/' },
          { type: 'AWS::S3::Bucket', accountId: '1', ARN: 'arn:aws:s3:::dumps' },
        ],
        additionalEventData: { bytesTransferredOut: 1.5e9 },
        eventCategory: 'Data',
      },
    }),
  ),
  assumeRole({
    by: planner,
    at: 90,
    key: 'ASIAHELPER',
    role: 'Helper',
    tags: { AgentID: 'helper' },
  }),
  call('lambda:Invoke20150331', {
    by: helper,
    at: 100,
    with: { recipientAccountId: '444455556666', requestParameters: { functionName: 'f' } },
  }),
  assumeRole({
    by: service('lambda.amazonaws.com'),
    at: 200,
    key: 'ASIASERVICE',
    role: 'Helper',
    tags: { AgentID: 'helper', TaskID: 'nightly' },
  }),
  call('sts:AssumeRoleWithWebIdentity', {
    by: { type: 'WebIdentityUser', principalId: 'idp:agents:helper', userName: 'helper' },
    at: 210,
    with: {
      requestParameters: {
        roleArn: roleArn('Helper'),
        roleSessionName: 'web',
        principalTags: { AgentID: 'helper', TaskID: 'nightly', OnBehalfOf: 'bob' },
      },
      responseElements: { credentials: issued('ASIAWEB') },
    },
  }),
  call('ec2:DescribeInstances', { by: user('AKIADEPLOYER'), at: 300 }),
];

const COLUMNS = {
  tasks:
    'agent_id, task_id, task_type, on_behalf_of, started_at, ended_at, session_count, event_count, error_count, action_count, account_ids, regions',
  agents:
    'agent_id, first_seen, last_seen, task_count, role_arns, credential_kinds, on_behalf_of_count, event_count',
  task_actions:
    'task_id, action, capability, region, event_count, error_count, first_time, last_time, bytes_out',
  task_edges: 'task_id, from_action, to_action, transition_count',
  task_resources: 'agent_id, resource, capability, event_count',
  delegations:
    'parent_access_key_id, child_access_key_id, parent_agent_id, child_agent_id, parent_task_id, child_task_id, parent_account_id, child_account_id',
} as const;

type View = keyof typeof COLUMNS;
let tables: Map<string, unknown[][]>;

beforeAll(async () => {
  tables = await withRecords(RECORDS, async (store) => {
    const read = new Map<string, unknown[][]>();
    for (const [view, columns] of Object.entries(COLUMNS)) {
      const rows = await query(store, `select ${columns} from ${view} order by all`);
      read.set(view, rows.map(Object.values));
    }
    return read;
  });
});

const minute = (text: string) => `2026-11-01T10:${text}Z`;
const EXPECTED: Readonly<Record<View, unknown[][]>> = {
  tasks: [
    ['helper', 'nightly', 'helper', 'bob', minute('03:20'), minute('03:30'), 2, 0, 0, 0, [], []],
    [
      ...['helper', 'schema-1', 'schema-update', 'alice', minute('01:30'), minute('01:40')],
      ...[1, 1, 0, 1, ['444455556666'], ['us-east-1']],
    ],
    [
      ...['planner', 'schema-1', 'schema-update', 'alice', minute('00:00'), minute('01:30')],
      ...[2, 9, 1, 5, ['111122223333'], ['eu-west-1', 'us-east-1']],
    ],
  ],
  agents: [
    [
      ...['helper', minute('01:30'), minute('03:30'), 2],
      ...[[roleArn('Helper')], ['federation', 'role-chain', 'service'], 2, 1],
    ],
    [
      ...['planner', minute('00:00'), minute('01:30'), 1],
      ...[[roleArn('Exporter'), roleArn('Worker')], ['long-term-key', 'role-chain'], 1, 9],
    ],
  ],
  task_actions: [
    ...[
      ['lambda:Invoke', 'run-code', 'us-east-1', 1, 0, minute('01:40'), minute('01:40'), null],
      [
        'rds:DescribeDBInstances',
        'read-metadata',
        'eu-west-1',
        1,
        0,
        minute('00:20'),
        minute('00:20'),
        null,
      ],
      [
        'rds:DescribeDBInstances',
        'read-metadata',
        'us-east-1',
        1,
        0,
        minute('00:10'),
        minute('00:10'),
        null,
      ],
      [
        'rds:ModifyDBInstance',
        'write-config',
        'us-east-1',
        2,
        1,
        minute('00:30'),
        minute('00:40'),
        null,
      ],
      ['rds:StartExportTask', 'export', 'us-east-1', 1, 0, minute('01:00'), minute('01:00'), null],
      ['s3:GetObject', 'read-data', 'us-east-1', 2, 0, minute('01:10'), minute('01:20'), 3e9],
      [
        'sts:AssumeRole',
        'read-metadata',
        'us-east-1',
        2,
        0,
        minute('00:50'),
        minute('01:30'),
        null,
      ],
    ].map((row) => ['schema-1', ...row]),
  ],
  task_edges: [
    ['rds:DescribeDBInstances', 'rds:DescribeDBInstances', 1],
    ['rds:DescribeDBInstances', 'rds:ModifyDBInstance', 1],
    ['rds:ModifyDBInstance', 'rds:ModifyDBInstance', 1],
    ['rds:ModifyDBInstance', 'sts:AssumeRole', 1],
    ['rds:StartExportTask', 's3:GetObject', 1],
    ['s3:GetObject', 's3:GetObject', 1],
    ['s3:GetObject', 'sts:AssumeRole', 1],
    ['sts:AssumeRole', 'rds:StartExportTask', 1],
  ].map((row) => ['schema-1', ...row]),
  task_resources: [
    ['helper', 'lambda:function/f', 'run-code', 1],
    ['planner', roleArn('Exporter'), 'read-metadata', 1],
    ['planner', roleArn('Helper'), 'read-metadata', 1],
    ['planner', 'arn:aws:s3:::dumps', 'read-data', 2],
    ['planner', 'arn:aws:s3:::dumps/', 'read-data', 2],
    ['planner', 'arn:aws:s3:::dumps/orders', 'read-data', 2],
    ['planner', 'rds:db-instance/orders', 'write-config', 1],
    ['planner', 'rds:db-snapshot/orders-1', 'export', 1],
  ],
  delegations: [
    ['AKIADEPLOYER', 'ASIAPLANNER', null, 'planner', null, 'schema-1', ACCOUNT, ACCOUNT],
    ['ASIAPLANNER', 'ASIAEXPORTER', 'planner', 'planner', 'schema-1', 'schema-1', ACCOUNT, ACCOUNT],
    ['ASIAPLANNER', 'ASIAHELPER', 'planner', 'helper', 'schema-1', 'schema-1', ACCOUNT, ACCOUNT],
  ],
};

test.each(Object.entries(EXPECTED))('%s of the worked example', (view, expected) => {
  expect(tables.get(view)).toEqual(expected);
});

test('every event of the worked example is stored, the foreign one unattributed', async () => {
  const rows = await withRecords(RECORDS, (store) =>
    query(
      store,
      `select attribution_method as method, count(*) as event_count, min(agent_id) as agent_id
      from events group by all order by all`,
    ),
  );

  expect(rows).toEqual([
    { method: 'access-key', event_count: 10, agent_id: 'helper' },
    { method: 'none', event_count: RECORDS.length - 10, agent_id: null },
  ]);
});

test.each([
  ['service', 'eks-auth:AssumeRoleForPodIdentity', user('AKIANODE')],
  ['federation', 'cognito-identity:GetCredentialsForIdentity', { type: 'Unknown' }],
  ['federation', 'rolesanywhere:CreateSession', { type: 'Unknown' }],
  ['long-term-key', 'sts:GetFederationToken', user('AKIAUSER')],
  ['federation', 'sts:AssumeRoleWithSAML', { type: 'SAMLUser' }],
  ['unknown', 'sts:AssumeRole', { type: 'AWSAccount', principalId: 'x', accountId: '9' }],
])('%s is the kind of credentials that %s gives to %j', async (kind, action, by) => {
  const requestParameters = {
    tags: tagList({ AgentID: 'planner' }),
    principalTags: { AgentID: 'planner' },
  };
  const responseElements = { credentials: issued('ASIACHILD') };
  const rows = await withRecords(
    [call(action, { by, at: 0, with: { requestParameters, responseElements } })],
    (store) => query(store, 'select credential_kinds from agents'),
  );

  expect(rows).toEqual([{ credential_kinds: [kind] }]);
});
