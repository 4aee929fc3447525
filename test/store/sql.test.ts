import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { loadSql, type Sql } from '../../store/sql.ts';
import { assumeRole, user } from '../helpers/records.ts';
import { withFolder, withRecords } from '../helpers/store.ts';

const ROOT = new URL('../../', import.meta.url);
const FILES = globSync(['store/**/*.sql', 'graph/**/*.sql', 'ingest/load/*.sql'], {
  cwd: ROOT.pathname,
}).sort();
const load = (file: string): Sql => ({ name: file, text: loadSql(new URL(file, ROOT)).text });

/** They change rows that others chose, or set the session up. */
const STEPS = [
  'ingest/load/drop-losers.sql',
  'ingest/load/mark-copies.sql',
  'ingest/load/recount.sql',
  'ingest/load/redacted-in-depth.sql',
  'ingest/load/redacted.sql',
  'ingest/load/redactions.sql',
  'ingest/load/unreadable.sql',
];
const SCHEMA = 'store/schema/001-tables.sql';

test('there is SQL to look at', () => {
  expect(FILES).toEqual(expect.arrayContaining([SCHEMA, ...STEPS]));
});

test.each(FILES.filter((file) => ![SCHEMA, ...STEPS].includes(file)))(
  '%s says its grain, what it reads, and what it misses or keeps',
  (file) => {
    const header = load(file).text.split(/^(?!--)/m, 1)[0] ?? '';
    const labels = [...header.matchAll(/^-- (\w+): +\S/gm)].map(([, label]) => label);

    expect([
      labels.slice(0, 2),
      labels.some((label) => /^(?:Misses|Keeps)$/.test(String(label))),
    ]).toEqual([['Grain', 'Reads'], true]);
  },
);

test('every statement binds against the real store', async () => {
  const records = [assumeRole({ by: user('AKIA1'), at: 0, key: 'ASIA1' })];
  const failures = await withFolder((folder) =>
    withRecords(records, async (store) => {
      const staged = join(folder, 'empty.json');
      await writeFile(staged, '[]');
      const failed: string[] = [];
      for (const file of FILES.filter((name) => name !== SCHEMA)) {
        const sql = load(file);
        // What such a parameter makes of a statement DuckDB knows only when it runs.
        const documents = Object.entries({ staged, rows: '[]', redactions: '[]' });
        const params = documents.filter(([name]) => sql.text.includes(`$${name}`));
        const bound =
          params.length > 0 ? store.run(sql, Object.fromEntries(params)) : store.describe(sql);
        await bound.catch((error: unknown) => failed.push(`${file}: ${String(error)}`));
      }
      return failed;
    }),
  );

  expect(failures).toEqual([]);
});

test('a statement that does not bind is told by its name, without values', async () => {
  const message = await withRecords([], (store) =>
    store
      .run(
        { name: 'models/wrong', text: 'select nobody from events where event_id = $id' },
        { id: 'a secret' },
      )
      .catch(String),
  );

  expect(message).toMatch(/^QueryError: models\/wrong: Binder Error: (?!.*a secret)/);
});
