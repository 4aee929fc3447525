import { expect, test } from 'vitest';
import { assumeRole, call, type LogRecord, session, user } from '../helpers/records.ts';
import { query, withRecords, withRuns } from '../helpers/store.ts';

const ORCHESTRATOR = user('AKIAORCHESTRATOR');
const TAGS = { AgentID: 'planner-7', TaskID: 'task-42' };

const attributionOf = (action: string) => ({
  text: `select agent_id, task_id, attribution_method as method, attribution_confidence as confidence
from events where action = $action order by event_time`,
  params: { action },
});

function attribute(records: readonly LogRecord[], config = '', action = 's3:ListBuckets') {
  const { text, params } = attributionOf(action);
  return withRecords(records, (store) => query(store, text, params), config);
}

const NONE = { agent_id: null, task_id: null, method: 'none', confidence: 0 };

test('a call belongs to the session whose key an AssumeRole handed out', async () => {
  const rows = await attribute([
    call('s3:ListBuckets', { by: session('ASIATASK42'), at: 60 }),
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS }),
  ]);

  expect(rows).toEqual([
    { agent_id: 'planner-7', task_id: 'task-42', method: 'access-key', confidence: 1 },
  ]);
});

test.each([
  ['of another key of the session', 'ASIAFORWARDED'],
  ['without a key', undefined],
  ['with an empty key', ''],
])('a call %s belongs to the issue of the same role id, name and second', async (_, key) => {
  const rows = await attribute([
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS, name: 'a' }),
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIAOTHER', tags: { AgentID: 'x' }, name: 'b' }),
    call('s3:ListBuckets', { by: session(key, { name: 'a', at: 2 }), at: 60 }),
    call('s3:ListBuckets', { by: session(key && `${key}2`, { name: 'a', at: 3 }), at: 61 }),
  ]);

  expect(rows).toEqual([
    { agent_id: 'planner-7', task_id: 'task-42', method: 'role-session', confidence: 0.95 },
    NONE,
  ]);
});

test.each([
  ['agree', TAGS, { agent_id: 'planner-7', task_id: 'task-42' }],
  ['disagree about the task', { ...TAGS, TaskID: 'task-43' }, null],
  ['disagree about the agent', { ...TAGS, AgentID: 'planner-8' }, null],
  ['differ in that one has no tags', undefined, null],
])('two issues as near as each other that %s', async (_, second, expected) => {
  const rows = await attribute([
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIAONE', tags: TAGS }),
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATWO', ...(second ? { tags: second } : {}) }),
    call('s3:ListBuckets', { by: session('ASIAFORWARDED'), at: 60 }),
  ]);

  expect(rows).toEqual([
    expected ? { ...expected, method: 'role-session', confidence: 0.95 } : NONE,
  ]);
});

test('the nearer of two issues attributes', async () => {
  const rows = await attribute([
    assumeRole({ by: ORCHESTRATOR, at: 1, key: 'ASIAONE', tags: TAGS }),
    assumeRole({ by: ORCHESTRATOR, at: 2, key: 'ASIATWO', tags: { AgentID: 'other' } }),
    call('s3:ListBuckets', { by: session('ASIAFORWARDED', { at: 0 }), at: 60 }),
  ]);

  expect(rows).toEqual([
    { agent_id: 'planner-7', task_id: 'task-42', method: 'role-session', confidence: 0.95 },
  ]);
});

test.each([
  [
    'requestContext',
    { requestContext: { 'aws:PrincipalTag/agentid': 'p', 'AWS:principaltag/TaskID': 't' } },
  ],
  ['tagContext', { tagContext: { principalTags: { AgentID: 'p', TASKID: 't' } } }],
])('principal tags in %s of an event context attribute a session', async (_, eventContext) => {
  const rows = await attribute([
    call('s3:ListBuckets', { by: session('ASIAUNSEEN'), at: 1, with: { eventContext } }),
    call('s3:ListBuckets', { by: session('ASIAUNSEEN'), at: 2 }),
  ]);

  const expected = { agent_id: 'p', task_id: 't', method: 'event-context', confidence: 0.95 };
  expect(rows).toEqual([expected, expected]);
});

const MCP = { invokedBy: 'aws-mcp.amazonaws.com' };
const toolCall = call('aws-mcp:CallReadWriteTool', {
  by: session('ASIATASK42'),
  at: 30,
  with: {
    eventType: 'AwsMcpEvent',
    additionalEventData: {
      downstreamRequests: [{ apiName: 's3:ListBuckets', requestId: 'r-9', awsRegion: 'us-east-1' }],
    },
  },
});

test('a call of an AWS-managed MCP server belongs to the tool call that lists its request', async () => {
  const { accessKeyId: _, ...identity } = {
    ...session('ASIAUNSEEN', { role: 'Mcp' }),
    ...MCP,
  } as Record<string, unknown>;
  const rows = await attribute([
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS }),
    toolCall,
    call('s3:ListBuckets', { by: identity, at: 31, with: { requestID: 'r-9' } }),
    call('s3:ListBuckets', { by: identity, at: 32, with: { requestID: 'r-10' } }),
  ]);

  expect(rows).toEqual([
    { agent_id: 'planner-7', task_id: 'task-42', method: 'mcp-request', confidence: 0.9 },
    NONE,
  ]);
});

test('the key of an MCP server’s call tells more than its request', async () => {
  const rows = await attribute([
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS }),
    assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIAOWN', tags: { AgentID: 'own', TaskID: 'o' } }),
    toolCall,
    call('s3:ListBuckets', {
      by: { ...session('ASIAOWN'), ...MCP },
      at: 31,
      with: { requestID: 'r-9' },
    }),
  ]);

  expect(rows).toEqual([{ agent_id: 'own', task_id: 'o', method: 'access-key', confidence: 1 }]);
});

const PATTERNS = `attribution:
  patterns:
    - { from: source-identity, pattern: '^agent/(?P<agent>[\\w-]+)$' }
    - { from: session-name, pattern: '^(?P<agent>[a-z]+)-(?P<task>\\d+)$' }
`;

test('source identity and session name attribute by the configured patterns, each filling what is open', async () => {
  const rows = await attribute(
    [
      call('s3:ListBuckets', {
        by: session('ASIAA', { name: 'run', sourceIdentity: 'agent/by-identity' }),
        at: 1,
      }),
      call('s3:ListBuckets', { by: session('ASIAB', { name: 'named-17' }), at: 2 }),
      call('s3:ListBuckets', {
        by: session('ASIAC', { name: 'named-17', sourceIdentity: 'agent/by-identity' }),
        at: 3,
      }),
      call('s3:ListBuckets', { by: session('ASIAD', { name: 'human' }), at: 4 }),
    ],
    PATTERNS,
  );

  expect(rows).toEqual([
    { agent_id: 'by-identity', task_id: null, method: 'source-identity', confidence: 0.6 },
    { agent_id: 'named', task_id: '17', method: 'session-name', confidence: 0.5 },
    { agent_id: 'by-identity', task_id: '17', method: 'source-identity', confidence: 0.6 },
    NONE,
  ]);
});

test('tags come before patterns', async () => {
  const rows = await attribute(
    [
      assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS, name: 'named-17' }),
      call('s3:ListBuckets', { by: session('ASIATASK42', { name: 'named-17' }), at: 1 }),
    ],
    PATTERNS,
  );

  expect(rows).toEqual([
    { agent_id: 'planner-7', task_id: 'task-42', method: 'access-key', confidence: 1 },
  ]);
});

test('a call of nobody known stays, unattributed', async () => {
  const rows = await attribute([
    call('s3:ListBuckets', { by: session('ASIAUNSEEN'), at: 1 }),
    call('s3:ListBuckets', { by: user('AKIADEPLOYER'), at: 2 }),
    call('s3:ListBuckets', { by: { type: 'AWSAccount', principalId: '', accountId: '9' }, at: 3 }),
  ]);

  expect(rows).toEqual([NONE, NONE, NONE]);
});

test('an AssumeRole that comes in a later run attributes what its session did before', async () => {
  const { text, params } = attributionOf('s3:ListBuckets');
  const [before, after] = await Promise.all(
    [1, 2].map((count) =>
      withRuns(
        [
          [call('s3:ListBuckets', { by: session('ASIATASK42'), at: 60 })],
          [assumeRole({ by: ORCHESTRATOR, at: 0, key: 'ASIATASK42', tags: TAGS })],
        ].slice(0, count),
        (store) => query(store, text, params),
      ),
    ),
  );

  expect({ before, after }).toEqual({
    before: [NONE],
    after: [{ agent_id: 'planner-7', task_id: 'task-42', method: 'access-key', confidence: 1 }],
  });
});
