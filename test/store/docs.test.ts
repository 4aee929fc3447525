import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { assumeRole, call, session, user } from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

interface Section {
  view: string;
  columns: { column: string; type: string; hasMeaning: boolean }[];
  examples: string[];
}

let sections: Section[];

beforeAll(async () => {
  const text = await readFile(new URL('../../docs/store.md', import.meta.url), 'utf8');
  sections = text
    .split(/^## /m)
    .slice(1)
    .map(sectionOf)
    .filter(({ columns }) => columns.length > 0);
});

function sectionOf(text: string): Section {
  const rows = text.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$/gm);
  return {
    view: text.split('\n', 1)[0] ?? '',
    columns: [...rows].map(([, column = '', type = '', meaning = '']) => ({
      column,
      type,
      hasMeaning: meaning.trim() !== '',
    })),
    examples: [...text.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(([, sql = '']) => sql),
  };
}

test('every view and column of the store is documented, in its order and with its type', async () => {
  const real = await withRecords([], (store) =>
    query(
      store,
      `select table_name as view, list({'column': column_name, 'type': data_type, 'hasMeaning': true} order by column_index) as columns
      from duckdb_columns()
      inner join duckdb_views() on view_name = table_name and duckdb_views.database_name = duckdb_columns.database_name
      where duckdb_columns.database_name = 'store' and table_name <> 'settled_records'
      group by table_name
      order by table_name`,
    ),
  );

  const documented = sections.map(({ view, columns }) => ({ view, columns }));
  expect(documented.sort((a, b) => (a.view < b.view ? -1 : 1))).toEqual(real);
});

const TASK = session('ASIATASK');
const RECORDS = [
  assumeRole({
    by: user('AKIA1'),
    at: 0,
    key: 'ASIATASK',
    tags: { AgentID: 'planner', TaskID: 'task-42' },
  }),
  call('rds:StartExportTask', { by: TASK, at: 20, with: { eventID: 'e-1' } }),
  call('secretsmanager:GetSecretValue', {
    by: TASK,
    at: 10,
    with: { requestParameters: { secretId: 'db' } },
  }),
];
const FINDING = {
  name: 'test/finding',
  text: `insert into finding_records by name
select 'f-1' as id, 'task-scope' as detector, 'high' as severity, 0.9 as confidence, 'exported' as title,
    '' as explanation, [] as access_key_ids, [] as role_arns, [] as account_ids, [] as regions,
    timestamp '2026-11-01' as first_seen, timestamp '2026-11-01' as last_seen,
    '{"eventIds": ["e-1"]}' as evidence, [] as techniques, [] as visibility`,
};
const SCORE = {
  name: 'test/score',
  text: "insert into task_score_records values ('bot', 'T-1', 1.3, 0.95, 0.01, 'agent', 100)",
};
/** Their answer is rightly empty here. */
const NOTHING_TO_SHOW = ['sessions', 'delegations', 'responses', 'dead_letters', 'tasks'];

test('every view has an example that runs, reads it, and answers', async () => {
  const failures = await withRecords(RECORDS, async (store) => {
    await store.run(FINDING);
    await store.run(SCORE);
    const failed: string[] = [];
    for (const { view, examples } of sections) {
      if (examples.length !== 1) failed.push(`${view}: ${examples.length} examples`);
      for (const text of examples) {
        if (!new RegExp(`\\bfrom ${view}\\b`).test(text)) failed.push(`${view}: is not read`);
        const rows = await store.rows({ name: view, text });
        if ((rows.length === 0) !== NOTHING_TO_SHOW.includes(view)) {
          failed.push(`${view}: ${rows.length} rows`);
        }
      }
    }
    return failed;
  });

  expect(failures).toEqual([]);
});
