import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { storeFailure } from '../../store/failures.ts';
import { Store } from '../../store/store.ts';
import { failureOf } from '../helpers/failure.ts';
import { withFolder } from '../helpers/store.ts';

type Opener = 'openToWrite' | 'openToRead' | 'openToQuery';
const READERS: readonly Opener[] = ['openToRead', 'openToQuery'];
const OPENERS: readonly Opener[] = ['openToWrite', ...READERS];

interface Case {
  what: string;
  /** Puts it at `path`. */
  make: (path: string) => Promise<unknown>;
  by: readonly Opener[];
  message: string;
  hint: string;
}

const MAKES_ONE = 'agenttrail ingest <source> --store FILE makes one; check the path';

const CASES: readonly Case[] = [
  {
    what: 'a mistyped path',
    make: async () => {},
    by: READERS,
    message: 'no such store',
    hint: MAKES_ONE,
  },
  {
    what: 'a folder',
    make: (path) => mkdir(path),
    by: OPENERS,
    message: 'is a folder, not a file',
    hint: 'name a file: --store agenttrail.duckdb',
  },
  {
    what: 'a text file',
    make: (path) => writeFile(path, '{"Records":[]}'),
    by: OPENERS,
    message: 'not a DuckDB file, or a damaged one',
    hint: 'check --store; a store is made by agenttrail ingest',
  },
  {
    what: 'a damaged store',
    make: damagedStore,
    by: OPENERS,
    message: 'not a DuckDB file, or a damaged one',
    hint: 'check --store; a store is made by agenttrail ingest',
  },
  {
    what: 'somebody’s own database',
    make: foreignDatabase,
    by: OPENERS,
    message: 'a DuckDB file, but not an AgentTrail store',
    hint: 'check --store; AgentTrail does not write into databases of others',
  },
  {
    what: 'an empty database',
    make: async (path) => (await DuckDBInstance.create(path)).closeSync(),
    by: READERS,
    message: 'not an AgentTrail store',
    hint: MAKES_ONE,
  },
  {
    what: 'a store of a newer schema',
    make: newerStore,
    by: OPENERS,
    message: 'a store of schema 99, and this AgentTrail knows 1',
    hint: 'update AgentTrail, or name another file with --store',
  },
];

test.each(CASES)('$what is refused, and left as it was', async ({ make, by, message, hint }) => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'it');
    await make(path);
    const before = await readdir(folder);
    const failures = [];
    for (const opener of by) failures.push(await failureOf(() => Store[opener](path), folder));
    return { failures, isSame: String(await readdir(folder)) === String(before) };
  });

  const failure = { message: `FOLDER/it: ${message}`, hint };
  expect(seen).toEqual({ failures: by.map(() => failure), isSame: true });
});

test.each([
  ['that does not exist', (folder: string) => join(folder, 'none', 'it')],
  ['that is a file', (folder: string) => join(folder, 'file', 'it')],
])('a store in a folder %s is refused', async (_, pathIn) => {
  const failure = await withFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '');
    const path = pathIn(folder);
    return failureOf(() => Store.openToWrite(path), path);
  });

  expect(failure).toEqual({
    message: 'FOLDER: its folder does not exist',
    hint: 'make the folder first, or check --store',
  });
});

test('a store in a folder that may not be written to is refused', async () => {
  const failure = await withFolder(async (folder) => {
    await chmod(folder, 0o500);
    // Permissions do not hold root back; the kernel's own folders do.
    const path = join(process.getuid?.() === 0 ? '/sys' : folder, 'it');
    return failureOf(() => Store.openToWrite(path), path);
  });

  expect(failure).toEqual({
    message: 'FOLDER: may not be opened by this user',
    hint: 'check the permissions of the file and its folder',
  });
});

const HOLDER = `
const { DuckDBInstance } = await import('@duckdb/node-api');
const instance = await DuckDBInstance.create(process.argv[1]);
process.stdout.write('held');
process.stdin.on('end', () => instance.closeSync()).resume();
`;

test('a store that another process holds is refused with that process’s id', async () => {
  const seen = await withFolder(async (folder) => {
    const path = join(folder, 'it');
    (await Store.openToWrite(path)).close();
    const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await once(holder.stdout, 'data');
      const failures = [];
      for (const opener of OPENERS) failures.push(await failureOf(() => Store[opener](path), path));
      return { failures, pid: holder.pid };
    } finally {
      holder.stdin.end();
      await once(holder, 'exit');
    }
  });

  const failure = {
    message: `FOLDER: locked by another process (pid ${seen.pid})`,
    hint: 'DuckDB lets one process write and then nobody else in; wait for it, or read a copy of the file',
  };
  expect(seen.failures).toEqual(OPENERS.map(() => failure));
});

test('what a newer DuckDB wrote is told as that', async () => {
  const error = new Error(
    'IO Error: Trying to read a database file with version number 99, but we can only read versions between 64 and 68.',
  );

  expect(
    await failureOf(() => {
      throw storeFailure('it', error);
    }),
  ).toEqual({ message: 'it: written by a newer DuckDB', hint: 'update AgentTrail' });
});

test('a path cannot steer the terminal that shows it', async () => {
  expect(await failureOf(() => Store.openToRead('\u001b[2J\u202eit'))).toEqual({
    message: '\\x1b[2J\\u202eit: no such store',
    hint: MAKES_ONE,
  });
});

test('a path with quotes is a path', async () => {
  const isThere = await withFolder(async (folder) => {
    const path = join(folder, "it's; drop table --");
    (await Store.openToWrite(path)).close();
    return existsSync(path);
  });

  expect(isThere).toBe(true);
});

async function damagedStore(path: string): Promise<void> {
  (await Store.openToWrite(path)).close();
  const file = await open(path, 'r+');
  await file.write('damage', 16);
  await file.close();
}

async function foreignDatabase(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('create table invoices (amount integer)');
  connection.closeSync();
  instance.closeSync();
}

async function newerStore(path: string): Promise<void> {
  const store = await Store.openToWrite(path);
  await store.run({ name: 'test', text: 'update store_version set schema_version = 99' });
  store.close();
}
