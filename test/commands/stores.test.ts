import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { agenttrail, temporaryFolder } from '../helpers/cli.ts';

const folder = temporaryFolder();
const RECORD = JSON.stringify({
  eventVersion: '1.08',
  eventTime: '2026-09-01T00:00:00Z',
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  eventID: 'one',
});

/** Every command that opens a store, and whether it writes. */
const COMMANDS: readonly string[][] = [
  ['audit', '-'],
  ['ingest', '-'],
  ['detect'],
  ['report'],
  ['graph', 'task'],
  ['inventory'],
  ['baseline', 'agent'],
  ['query', 'select 1'],
];

const on = (store: string, args: readonly string[]) =>
  agenttrail([...args, '--store', store], { stdin: RECORD });

async function made(name: string): Promise<string> {
  const store = join(folder, name);
  const { code, err } = await on(store, ['ingest', '-']);
  if (code !== 0) throw new Error(err);
  return store;
}

async function sql(path: string, statement: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

describe('a file that is no store is left as it was', () => {
  const files = {
    text: join(folder, 'notes.txt'),
    empty: join(folder, 'empty.duckdb'),
    cut: join(folder, 'cut.duckdb'),
    foreign: join(folder, 'foreign.duckdb'),
    newer: join(folder, 'newer.duckdb'),
  };

  beforeAll(async () => {
    await writeFile(files.text, 'my notes\n'.repeat(1000));
    await writeFile(files.empty, '');
    await writeFile(files.cut, (await readFile(await made('whole.duckdb'))).subarray(0, 10_000));
    await sql(files.foreign, 'create table t as select 1 as a');
    await made('newer.duckdb');
    await sql(files.newer, 'update store_version set schema_version = 99');
  });

  const problems = {
    text: 'not a DuckDB file, or a damaged one',
    empty: 'not a DuckDB file, or a damaged one',
    cut: 'not a DuckDB file, or a damaged one',
    foreign: 'a DuckDB file, but not an AgentTrail store',
    newer: 'a store of schema 99, and this AgentTrail knows',
  };

  test.each(Object.keys(files) as (keyof typeof files)[])('%s', async (kind) => {
    const before = await readFile(files[kind]);
    for (const command of COMMANDS) {
      const { code, out, err } = await on(files[kind], command);
      expect({ command, code, out }).toEqual({ command, code: 2, out: '' });
      expect(err).toMatch(/^agenttrail: [^\n]+\nhint: [^\n]+\n$/);
      expect(err).toContain(`${files[kind]}: ${problems[kind]}`);
    }
    expect((await readFile(files[kind])).equals(before)).toBe(true);
  });
});

test('a store that another process writes to is busy, for every command', async () => {
  const store = await made('busy.duckdb');
  const child = spawn(
    process.execPath,
    [
      ...['--input-type=module', '-e'],
      `import { DuckDBInstance } from '@duckdb/node-api';
      await DuckDBInstance.create(process.argv[1]);
      process.stdout.write('open');
      setInterval(() => {}, 1000);`,
      store,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((done) => child.on('close', done));
  try {
    await new Promise((done) => child.stdout.once('data', done));
    for (const command of COMMANDS) {
      expect(await on(store, command)).toEqual({
        code: 2,
        out: '',
        err: `agenttrail: ${store}: locked by another process (pid ${child.pid})\nhint: DuckDB lets one process write and then nobody else in; wait for it, or read a copy of the file\n`,
      });
    }
  } finally {
    child.kill();
    await ended;
  }
});

test.each([
  ['a folder that does not exist', join(folder, 'none', 'x.duckdb'), 'its folder does not exist'],
  [
    'a file where a folder should be',
    join(folder, 'f.txt', 'x.duckdb'),
    'its folder does not exist',
  ],
  ['a folder', folder, 'is a folder, not a file'],
  ['a name with a question mark', join(folder, 'what?.duckdb'), 'a question mark'],
])('a store cannot be made in %s', async (_title, store, problem) => {
  await writeFile(join(folder, 'f.txt'), '');
  const { code, out, err } = await on(store, ['ingest', '-']);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^agenttrail: [^\n]+\nhint: [^\n]+\n$/);
  expect(err).toContain(`${store}: ${problem}`);
});

test('a store may stand in a folder of any other name', async () => {
  const inside = join(folder, "it's [a] *b* {c} #d é");
  await mkdir(inside);

  expect(await on(join(inside, 'x.duckdb'), ['audit', '-', '--format', 'json'])).toMatchObject({
    code: 0,
    err: '1 objects, 1 records, 1 events stored, 0 duplicates, 0 dead letters\n',
  });
});

test('a store that was never finished is made anew', async () => {
  const store = join(folder, 'draft.duckdb');
  await writeFile(`${store}.new`, 'half a file');
  await writeFile(`${store}.new.wal`, 'half a log');

  expect((await on(store, ['ingest', '-'])).code).toBe(0);
  expect([existsSync(`${store}.new`), existsSync(`${store}.new.wal`)]).toEqual([false, false]);
});
