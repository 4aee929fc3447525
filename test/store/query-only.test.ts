import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Store } from '../../store/store.ts';
import { call, user } from '../helpers/records.ts';
import { ingestRecords, query, withFolder } from '../helpers/store.ts';

const SELECT_ONLY = /^KnownError: only SELECT can be run here, not [A-Z_]+$/;
const NO_FILES = /^QueryError: query: Permission Error: /;

const FORBIDDEN: readonly (readonly [what: string, sql: string, problem: RegExp])[] = [
  ['create a table', 'create table mine (a integer)', SELECT_ONLY],
  ['create one beside the store', 'create table memory.main.mine (a integer)', SELECT_ONLY],
  ['insert', "insert into source_objects (uri) values ('x')", SELECT_ONLY],
  ['delete', 'delete from event_records', SELECT_ONLY],
  ['change a view', 'create or replace view events as select 1 as a', SELECT_ONLY],
  ['read a CSV file', "from read_csv('FILE')", NO_FILES],
  ['read a file by its name', "from 'FILE'", /Catalog Error/],
  ['read text', "from read_text('FILE')", NO_FILES],
  ['read the environment', "from read_blob('/proc/self/environ')", NO_FILES],
  ['list files', "from glob('FILE*')", NO_FILES],
  ['reach the network', "from read_csv('https://127.0.0.1:9/x')", /Error/],
  ['copy rows into a file', "copy (select 1) to 'FILE.csv'", NO_FILES],
  ['copy rows into the store’s own log', "copy (select 1) to 'STORE.wal'", SELECT_ONLY],
  ['copy by way of EXPLAIN', "explain analyze copy (select 1) to 'STORE.wal'", SELECT_ONLY],
  ['copy in a second statement', "select 1; copy (select 1) to 'STORE.wal'", SELECT_ONLY],
  ['copy by way of PREPARE', "prepare p as copy (select 1) to 'STORE.wal'", SELECT_ONLY],
  ['export', "export database 'FILE.d'", /Error/],
  ['attach another file', "attach 'FILE.duckdb' as other", SELECT_ONLY],
  ['detach the store, to attach it anew', 'use memory; detach store', SELECT_ONLY],
  ['install an extension', 'install httpfs', SELECT_ONLY],
  ['load an extension', "load 'FILE'", SELECT_ONLY],
  ['allow itself files', 'set enable_external_access = true', /Error/],
  ['take more memory', "set memory_limit = '64GB'", /Error/],
  ['unlock the settings', 'reset lock_configuration', /Error/],
  ['begin a transaction', 'begin', SELECT_ONLY],
];

test.each(FORBIDDEN)('SQL that a person typed cannot %s', async (_, sql, problem) => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    const file = join(folder, 'secrets');
    await writeFile(file, 'a,secret\n');
    (await Store.openToWrite(path)).close();
    const before = await readdir(folder);
    const store = await Store.openToQuery(path);
    const second = await store.connect();
    const text = sql.replace('FILE', file).replace('STORE', path);
    const messages = [];
    for (const connection of [store, second]) {
      messages.push(await connection.rows({ name: 'query', text }).then(() => 'ran', String));
    }
    second.close();
    store.close();
    return { messages, isSame: String(await readdir(folder)) === String(before) };
  });

  const message = expect.stringMatching(problem);
  expect(seen).toEqual({ messages: [message, message], isSame: true });
});

test.each([
  'from tasks',
  'with a as (select 1 as b) select b from a;',
  'describe events',
  'show tables',
  'summarize tasks',
  "pragma table_info('events')",
  'values (1), (2)',
  '/* a remark */ select 1',
])('SQL that a person typed may be: %s', async (text) => {
  const outcome = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    (await Store.openToWrite(path)).close();
    const store = await Store.openToQuery(path);
    const ran = await store.rows({ name: 'query', text }).then(() => 'ran', String);
    store.close();
    return ran;
  });

  expect(outcome).toBe('ran');
});

test('SQL that a person typed can read every view', async () => {
  const rows = await withFolder(async (folder) => {
    const path = join(folder, 'store.duckdb');
    const writer = await Store.openToWrite(path);
    await ingestRecords(
      writer,
      [call('s3:ListBuckets', { by: user('AKIA1'), at: 1 })],
      join(folder, 'run'),
    );
    writer.close();
    const store = await Store.openToQuery(path);
    try {
      return await query(store, "select action, request_parameters ->> '$.x' as x from events");
    } finally {
      store.close();
    }
  });

  expect(rows).toEqual([{ action: 's3:ListBuckets', x: null }]);
});
