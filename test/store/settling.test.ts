import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { refreshGraph } from '../../graph/refresh.ts';
import { Store } from '../../store/store.ts';
import { failureOf } from '../helpers/failure.ts';
import { assumeRole, call, session, user } from '../helpers/records.ts';
import { ingestRecords, query, withFolder } from '../helpers/store.ts';

const RECORDS = [
  assumeRole({
    by: user('AKIA1'),
    at: 0,
    key: 'ASIATASK',
    tags: { AgentID: 'planner', TaskID: 'task-42' },
  }),
  call('s3:ListBuckets', { by: session('ASIATASK'), at: 1 }),
  call('s3:ListBuckets', { by: session('ASIAUNSEEN', { name: 'other' }), at: 2 }),
];

/** What a run leaves that was killed after its records were committed and before the ledger was. */
const CUT_OFF = {
  name: 'test/cut-off',
  text: `insert into event_records
select * replace (
    concat('unsettled-', event_id) as event_id,
    object_id + 7 as object_id,
    '{"requestContext": {"aws:PrincipalTag/AgentID": "ghost"}}' as event_context,
    replace(response_elements, 'ASIATASK', 'ASIAGHOST') as response_elements,
    'ASIAUNSEEN' as access_key_id,
    'ASIAUNSEEN' as session_key
)
from event_records`,
};

async function everything(store: Store): Promise<unknown> {
  const views = await query(
    store,
    "select view_name as name from duckdb_views() where database_name = 'store' and not internal order by name",
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of views)
    rows[String(name)] = await query(store, `from ${name} order by all`);
  return rows;
}

const unsettled = (store: Store) =>
  query(store, "select count(*) as unsettled from event_records where event_id like 'unsettled-%'");

test('no view shows the records of a load that was cut off, and the next write removes them', async () => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    const config = parseConfig('', 'agenttrail.yaml');
    let store = await Store.openToWrite(path);
    await ingestRecords(store, RECORDS, join(folder, 'run'));
    await refreshGraph(store, config);
    const before = await everything(store);
    await store.run(CUT_OFF);
    const held = await unsettled(store);
    await refreshGraph(store, config);
    const during = await everything(store);
    store.close();
    store = await Store.openToRead(path);
    const read = await everything(store);
    store.close();
    store = await Store.openToWrite(path);
    const left = await unsettled(store);
    const after = await everything(store);
    store.close();
    return { before, during, read, after, held, left };
  });

  expect(seen).toEqual({
    before: expect.objectContaining({ events: RECORDS.map(() => expect.anything()) }),
    during: seen.before,
    read: seen.before,
    after: seen.before,
    held: [{ unsettled: RECORDS.length }],
    left: [{ unsettled: 0 }],
  });
});

test('a disk that is full undoes the run, and the next one finishes it', async () => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    (await Store.openToWrite(path)).close();
    // A device on which every write fails for want of space, in the place of DuckDB's log.
    await symlink('/dev/full', `${path}.wal`);
    let store = await Store.openToWrite(path);
    const failure = await failureOf(() => ingestRecords(store, RECORDS, join(folder, 'run')), path);
    store.close();
    await rm(`${path}.wal`);
    store = await Store.openToWrite(path);
    const before = await query(store, 'select count(*) as count from event_records');
    await ingestRecords(store, RECORDS, join(folder, 'run-2'));
    const after = await query(store, 'select count(*) as count from events');
    store.close();
    return { failure, before, after };
  });

  expect(seen).toEqual({
    failure: {
      message: 'FOLDER: no space left on the disk',
      hint: 'the run was undone and the store is as it was; free some space and run it again',
    },
    before: [{ count: 0 }],
    after: [{ count: RECORDS.length }],
  });
});

test('a store keeps its data when AgentTrail brings other views, and gets the new ones', async () => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    let store = await Store.openToWrite(path);
    await ingestRecords(store, RECORDS, join(folder, 'run'));
    await store.run({ name: 'test', text: 'create or replace view tasks as select 1 as old' });
    await store.run({ name: 'test', text: "update store_version set content_digest = 'old'" });
    store.close();
    store = await Store.openToWrite(path);
    const [events] = await query(store, 'select count(*) as count from events');
    const columns = Object.keys(await store.describe({ name: 'test', text: 'from tasks' }));
    const [classes] = await query(
      store,
      'select count(*) = count(distinct action) as is_distinct, count(*) > 1000 as is_full from capabilities',
    );
    store.close();
    return { events, columns: columns.slice(0, 2), classes };
  });

  expect(seen).toEqual({
    events: { count: RECORDS.length },
    columns: ['agent_id', 'task_id'],
    classes: { is_distinct: true, is_full: true },
  });
});
