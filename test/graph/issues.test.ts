import { expect, test } from 'vitest';
import {
  assumeRole,
  call,
  type Identity,
  issued,
  type LogRecord,
  roleArn,
  service,
  session,
  tagList,
  user,
} from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

const TAGS = { AgentID: 'planner-7', TaskID: 'task-42' };
const PARENT = session('ASIAPARENT', { role: 'Orchestrator' });
const parent = assumeRole({
  by: user('AKIAORCHESTRATOR'),
  at: 0,
  key: 'ASIAPARENT',
  role: 'Orchestrator',
  tags: TAGS,
  transitive: ['TaskID'],
});

const SESSION = `select
    issuing_action, issuer_access_key_id as issuer_key, issuer_type, role_arn, role_session_name as name,
    source_identity, agent_id, task_id, attribution_method as method
from sessions where access_key_id = 'ASIACHILD'`;

function child(records: readonly LogRecord[]): Promise<Record<string, unknown>[]> {
  return withRecords(records, (store) => query(store, SESSION));
}

interface Minting {
  action: string;
  by: Identity;
  requestParameters?: LogRecord;
  responseElements: LogRecord;
  expected: Record<string, unknown>;
}

const assumedRoleUser = {
  assumedRoleId: 'AROAWORKER:run',
  arn: 'arn:aws:sts::111122223333:assumed-role/Worker/run',
};
const role = { roleArn: roleArn('Worker'), roleSessionName: 'run' };
const credentials = issued('ASIACHILD');
const known = { agent_id: 'planner-7', task_id: 'task-42', method: 'access-key' };
const inherited = { agent_id: null, task_id: 'task-42', method: 'access-key' };
const unknown = { agent_id: null, task_id: null, method: 'none' };
const asWorker = { role_arn: roleArn('Worker'), name: 'run', source_identity: null };
const asNobody = { role_arn: null, name: null, source_identity: null };

const MINTING: readonly Minting[] = [
  {
    action: 'sts:AssumeRole',
    by: PARENT,
    requestParameters: { ...role, incomingTransitiveTags: TAGS },
    responseElements: { credentials, assumedRoleUser },
    expected: { issuer_key: 'ASIAPARENT', issuer_type: 'AssumedRole', ...asWorker, ...known },
  },
  {
    action: 'sts:AssumeRoleWithSAML',
    by: { type: 'SAMLUser', principalId: 'idp:planner-7', userName: 'planner-7' },
    requestParameters: { ...role, sAMLAssertionID: '_1', principalTags: TAGS },
    responseElements: { credentials, assumedRoleUser, subject: 'planner-7' },
    expected: { issuer_key: null, issuer_type: 'SAMLUser', ...asWorker, ...known },
  },
  {
    action: 'sts:AssumeRoleWithWebIdentity',
    by: { type: 'WebIdentityUser', principalId: 'idp:agents:planner-7', userName: 'planner-7' },
    requestParameters: { ...role, sourceIdentity: 'alice', principalTags: TAGS },
    responseElements: { credentials, assumedRoleUser, sourceIdentity: 'alice' },
    expected: {
      issuer_key: null,
      issuer_type: 'WebIdentityUser',
      ...asWorker,
      source_identity: 'alice',
      ...known,
    },
  },
  {
    action: 'sts:AssumeRoot',
    by: PARENT,
    requestParameters: { targetPrincipal: '444455556666' },
    responseElements: { credentials },
    // Acts as another account's root, not as its caller's role.
    expected: { issuer_key: 'ASIAPARENT', issuer_type: 'AssumedRole', ...asNobody, ...inherited },
  },
  {
    action: 'sts:GetFederationToken',
    by: user('AKIAORCHESTRATOR'),
    requestParameters: { name: 'planner', tags: tagList(TAGS) },
    responseElements: { credentials, federatedUser: { federatedUserId: '111122223333:planner' } },
    expected: {
      issuer_key: 'AKIAORCHESTRATOR',
      issuer_type: 'IAMUser',
      ...asNobody,
      name: 'planner',
      ...known,
    },
  },
  {
    action: 'sts:GetSessionToken',
    by: user('AKIAORCHESTRATOR'),
    responseElements: { credentials },
    expected: { issuer_key: 'AKIAORCHESTRATOR', issuer_type: 'IAMUser', ...asNobody, ...unknown },
  },
  {
    action: 'eks-auth:AssumeRoleForPodIdentity',
    by: PARENT,
    requestParameters: { clusterName: 'demo' },
    responseElements: { credentials, assumedRoleUser },
    expected: {
      issuer_key: 'ASIAPARENT',
      issuer_type: 'AssumedRole',
      ...asWorker,
      ...inherited,
    },
  },
  {
    action: 'rolesanywhere:CreateSession',
    by: { type: 'Unknown', principalId: '', accountId: '111122223333' },
    requestParameters: { profileArn: 'arn:aws:rolesanywhere:us-east-1:111122223333:profile/p' },
    responseElements: {
      credentialSet: [
        { credentials, assumedRoleUser, roleArn: roleArn('Worker'), sourceIdentity: 'CN=planner' },
      ],
    },
    expected: {
      issuer_key: null,
      issuer_type: 'Unknown',
      ...asWorker,
      source_identity: 'CN=planner',
      ...unknown,
    },
  },
  {
    action: 's3express:CreateSession',
    by: PARENT,
    requestParameters: { bucketName: 'fast--use1-az4--x-s3' },
    responseElements: { credentials },
    // The caller's own session for one bucket: all of its tags are in effect.
    expected: {
      issuer_key: 'ASIAPARENT',
      issuer_type: 'AssumedRole',
      role_arn: roleArn('Orchestrator'),
      name: null,
      source_identity: null,
      ...known,
    },
  },
  {
    action: 'cognito-identity:GetCredentialsForIdentity',
    by: { type: 'Unknown' },
    requestParameters: { identityId: 'us-east-1:1' },
    responseElements: { credentials, identityId: 'us-east-1:1' },
    expected: { issuer_key: null, issuer_type: 'Unknown', ...asNobody, ...unknown },
  },
];

test.each(MINTING)(
  '$action issues a session',
  async ({ action, by, requestParameters, responseElements, expected }) => {
    const record = call(action, {
      by,
      at: 10,
      with: { requestParameters: requestParameters ?? null, responseElements },
    });

    expect(await child([parent, record])).toEqual([{ issuing_action: action, ...expected }]);
  },
);

test('EKS’s own record and STS’s tell of one session, by the node, with the tags of the pod', async () => {
  const rows = await withRecords(
    [
      call('eks-auth:AssumeRoleForPodIdentity', {
        by: session('ASIANODE', { role: 'Node' }),
        at: 10,
        with: { requestParameters: { clusterName: 'demo' }, responseElements: { credentials } },
      }),
      assumeRole({
        by: service('pods.eks.amazonaws.com'),
        at: 10,
        key: 'ASIACHILD',
        name: 'eks-demo-agent0',
        tags: { 'kubernetes-namespace': 'agents' },
        transitive: ['kubernetes-namespace'],
      }),
      // EKS cannot set tags of one's own: the pod assumes its task's role itself.
      assumeRole({ by: session('ASIACHILD'), at: 20, key: 'ASIATASK', tags: TAGS }),
    ],
    (store) =>
      query(
        store,
        `select access_key_id, issuer_access_key_id as issuer_key, role_arn, role_session_name, tags
        from sessions where issued_at is not null order by access_key_id`,
      ),
  );

  expect(rows).toEqual([
    {
      access_key_id: 'ASIACHILD',
      issuer_key: 'ASIANODE',
      role_arn: roleArn('Worker'),
      role_session_name: 'eks-demo-agent0',
      tags: '{"kubernetes-namespace":"agents"}',
    },
    {
      access_key_id: 'ASIATASK',
      issuer_key: 'ASIACHILD',
      role_arn: roleArn('Worker'),
      role_session_name: 'run',
      tags: '{"AgentID":"planner-7","TaskID":"task-42","kubernetes-namespace":"agents"}',
    },
  ]);
});

test('a response that holds credentials only issues a session', async () => {
  const record = assumeRole({
    by: PARENT,
    at: 10,
    key: 'ASIACHILD',
    tags: TAGS,
    with: { responseElements: { credentials: { accessKeyId: 'ASIACHILD' } } },
  });

  expect(await child([record])).toEqual([
    {
      issuing_action: 'sts:AssumeRole',
      issuer_key: 'ASIAPARENT',
      issuer_type: 'AssumedRole',
      ...asWorker,
      ...known,
    },
  ]);
});

test.each([
  ['is denied', { errorCode: 'AccessDenied', requestParameters: null, responseElements: null }],
  ['hands out an empty key', { responseElements: { credentials: { accessKeyId: '' } } }],
  ['hides its response', { responseElements: null }],
])(
  'an AssumeRole that %s issues nothing, and a call with an empty key joins nothing',
  async (_, fields) => {
    const rows = await withRecords(
      [
        assumeRole({ by: user('AKIA1'), at: 0, key: 'ASIACHILD', tags: TAGS, with: fields }),
        call('s3:ListBuckets', { by: session(''), at: 1 }),
      ],
      (store) =>
        query(
          store,
          `select (select count(*) from session_issues) as issues, (select count(*) from sessions) as sessions,
        (select count(*) from events where agent_id is not null) as attributed`,
        ),
    );

    expect(rows).toEqual([{ issues: 0, sessions: 0, attributed: 0 }]);
  },
);

test('only a call that mints credentials issues a session, whatever a response holds', async () => {
  const forged = call('acme:AssumeRole', {
    by: PARENT,
    at: 10,
    with: { requestParameters: { tags: tagList(TAGS) }, responseElements: { credentials } },
  });

  expect(await child([forged])).toEqual([]);
});

test('a session that is assumed by way of an MCP server has the caller’s session as its parent', async () => {
  const record = assumeRole({
    by: { ...PARENT, invokedBy: 'aws-mcp.amazonaws.com' },
    at: 10,
    key: 'ASIACHILD',
  });

  expect(await child([parent, record])).toEqual([
    {
      issuing_action: 'sts:AssumeRole',
      issuer_key: 'ASIAPARENT',
      issuer_type: 'AssumedRole',
      ...asWorker,
      ...inherited,
    },
  ]);
});
