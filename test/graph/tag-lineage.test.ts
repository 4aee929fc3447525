import { expect, test } from 'vitest';
import { assumeRole, call, type LogRecord, session, user } from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

const ROOT = user('AKIAORCHESTRATOR');

/** The tags in effect in one session, by the spelling of the record that set them. */
function tagsOf(key: string, records: readonly LogRecord[]): Promise<unknown> {
  return withRecords(records, async (store) => {
    const [row] = await query(store, 'select tags from sessions where access_key_id = $key', {
      key,
    });
    return row?.['tags'] === null ? null : JSON.parse(String(row?.['tags']));
  });
}

const keyAt = (depth: number) => `ASIACHAIN${String(depth).padStart(4, '0')}`;

/** The first session has both tags, each next is assumed with the one before. */
function chain(depth: number): LogRecord[] {
  return Array.from({ length: depth }, (_, link) =>
    assumeRole({
      by: link === 0 ? ROOT : session(keyAt(link)),
      at: link,
      key: keyAt(link + 1),
      ...(link === 0
        ? { tags: { AgentID: 'planner-7', Secret: 'stays' }, transitive: ['agentid'] }
        : {}),
    }),
  );
}

test.each([2, 5, 60])(
  'a transitive tag, and no other, passes down a chain of %i links',
  async (depth) => {
    expect(await tagsOf(keyAt(depth), chain(depth).reverse())).toEqual({ AgentID: 'planner-7' });
  },
);

test('what a record says came in counts, and the parent is not asked', async () => {
  const parent = assumeRole({
    by: ROOT,
    at: 0,
    key: 'ASIAPARENT',
    tags: { AgentID: 'planner-7', Team: 'red' },
    transitive: ['AgentID', 'Team'],
  });
  const child = assumeRole({
    by: session('ASIAPARENT'),
    at: 1,
    key: 'ASIACHILD',
    incoming: { agentid: 'planner-7' },
    tags: { TaskID: 'task-42' },
  });

  expect(await tagsOf('ASIACHILD', [parent, child])).toEqual({
    agentid: 'planner-7',
    TaskID: 'task-42',
  });
});

test('incoming tags pass on to the next link', async () => {
  const tags = await tagsOf('ASIAGRANDCHILD', [
    assumeRole({
      by: session('ASIAUNSEEN'),
      at: 0,
      key: 'ASIACHILD',
      incoming: { AgentID: 'planner-7' },
    }),
    assumeRole({ by: session('ASIACHILD'), at: 1, key: 'ASIAGRANDCHILD' }),
  ]);

  expect(tags).toEqual({ AgentID: 'planner-7' });
});

test('an own tag stands in the place of an inherited one whose key differs in case alone', async () => {
  const tags = await tagsOf('ASIACHILD', [
    assumeRole({
      by: ROOT,
      at: 0,
      key: 'ASIAPARENT',
      tags: { AgentID: 'parent' },
      transitive: ['AgentID'],
    }),
    assumeRole({ by: session('ASIAPARENT'), at: 1, key: 'ASIACHILD', tags: { AGENTid: 'child' } }),
  ]);

  expect(tags).toEqual({ AGENTid: 'child' });
});

test('a session has no tags of a parent whose issue is outside the trail', async () => {
  const orphan = assumeRole({ by: session('ASIAUNSEEN'), at: 1, key: 'ASIACHILD' });

  expect(await tagsOf('ASIACHILD', [orphan])).toBeNull();
});

test('sessions that records claim to have issued each other end the walk', async () => {
  const circle = [
    assumeRole({
      by: session('ASIATWO'),
      at: 0,
      key: 'ASIAONE',
      tags: { AgentID: 'ring' },
      transitive: ['AgentID'],
    }),
    assumeRole({
      by: session('ASIAONE'),
      at: 1,
      key: 'ASIATWO',
      tags: { TaskID: 'endless' },
      transitive: ['TaskID'],
    }),
    assumeRole({ by: session('ASIASELF'), at: 2, key: 'ASIASELF' }),
  ];

  expect(await tagsOf('ASIATWO', circle)).toEqual({ AgentID: 'ring', TaskID: 'endless' });
});

test('hostile tag keys and values are kept as they are', async () => {
  const tags = {
    "'; drop table event_records; --": '$.tags',
    'a.b[0]': '\u001b[31m"quoted\\"',
    AgentID: '"}\u0007,{"',
  };
  const transitive = Object.keys(tags);
  const kept = await tagsOf('ASIACHILD', [
    assumeRole({ by: ROOT, at: 0, key: 'ASIAPARENT', tags, transitive }),
    assumeRole({ by: session('ASIAPARENT'), at: 1, key: 'ASIACHILD' }),
  ]);

  expect(kept).toEqual(tags);
});

test('tag keys compare without case, values with it', async () => {
  const rows = await withRecords(
    [
      assumeRole({ by: ROOT, at: 0, key: 'ASIAONE', tags: { AGENTID: 'Planner', taskId: 'T-1' } }),
      assumeRole({
        by: ROOT,
        at: 1,
        key: 'ASIATWO',
        tags: { agent_id: 'planner', TASK_ID: 't-1' },
      }),
    ],
    (store) => query(store, 'select agent_id, task_id from tasks order by agent_id, task_id'),
  );

  expect(rows).toEqual([
    { agent_id: 'Planner', task_id: 'T-1' },
    { agent_id: 'planner', task_id: 't-1' },
  ]);
});

test('of several tags that may name the agent the first configured one counts, and never an empty one', async () => {
  const rows = await withRecords(
    [
      assumeRole({ by: ROOT, at: 0, key: 'ASIAONE', tags: { agent_id: 'late', AgentID: 'first' } }),
      assumeRole({ by: ROOT, at: 1, key: 'ASIATWO', tags: { AgentID: '', AgentName: 'second' } }),
    ],
    (store) => query(store, 'select agent_id from sessions order by access_key_id'),
  );

  expect(rows).toEqual([{ agent_id: 'first' }, { agent_id: 'second' }]);
});

test('configured tag keys take the place of the defaults', async () => {
  const rows = await withRecords(
    [assumeRole({ by: ROOT, at: 0, key: 'ASIAONE', tags: { AgentID: 'a', 'bot:name': 'b' } })],
    (store) => query(store, 'select agent_id from sessions'),
    'attribution: { tags: { agent: ["Bot:Name"] } }',
  );

  expect(rows).toEqual([{ agent_id: 'b' }]);
});

test('the task type is the tag, else the first pattern that fits the task, else the agent', async () => {
  const rows = await withRecords(
    ['tagged', 'schema-9', 'other'].map((TaskID, at) =>
      assumeRole({
        by: ROOT,
        at,
        key: `ASIA${at}`,
        tags: { AgentID: 'planner', TaskID, ...(at === 0 ? { tasktype: 'migration' } : {}) },
      }),
    ),
    (store) => query(store, 'select task_id, task_type from sessions order by access_key_id'),
    `attribution:
  taskTypes:
    - { pattern: '^schema-', taskType: schema-update }
    - { pattern: '^schema', taskType: never }
    - { pattern: '^tagged', taskType: never }
`,
  );

  expect(rows).toEqual([
    { task_id: 'tagged', task_type: 'migration' },
    { task_id: 'schema-9', task_type: 'schema-update' },
    { task_id: 'other', task_type: 'planner' },
  ]);
});

test('on whose behalf is the tag, else the source identity, of the issue or of the calls', async () => {
  const by = session('ASIAPARENT', { sourceIdentity: 'carol' });
  const rows = await withRecords(
    [
      assumeRole({
        by: ROOT,
        at: 0,
        key: 'ASIA1',
        tags: { UserID: 'alice' },
        sourceIdentity: 'bob',
      }),
      assumeRole({ by: ROOT, at: 1, key: 'ASIA2', sourceIdentity: 'bob' }),
      // A source identity cannot be changed down a chain.
      assumeRole({ by, at: 2, key: 'ASIA3' }),
      call('s3:ListBuckets', {
        by: session('ASIA4', { name: 'other', sourceIdentity: 'dave' }),
        at: 3,
      }),
    ],
    (store) =>
      query(
        store,
        "select access_key_id, on_behalf_of from sessions where access_key_id <> 'ASIAPARENT' order by all",
      ),
  );

  expect(rows).toEqual([
    { access_key_id: 'ASIA1', on_behalf_of: 'alice' },
    { access_key_id: 'ASIA2', on_behalf_of: 'bob' },
    { access_key_id: 'ASIA3', on_behalf_of: 'carol' },
    { access_key_id: 'ASIA4', on_behalf_of: 'dave' },
  ]);
});
