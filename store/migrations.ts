import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Queryable } from './connection.ts';
import { KnownError } from './errors.ts';
import { printable } from './printable.ts';
import { loadSql } from './sql.ts';

/** Raised by one with each file in schema/. */
const SCHEMA_VERSION = 1;

/** In the order in which they read each other. */
const MODELS = [
  'settled_records',
  'events',
  'sessions',
  'delegations',
  'tasks',
  'agents',
  'task_actions',
  'task_edges',
  'task_resources',
  'findings',
  'task_scores',
  'responses',
  'objects',
  'dead_letters',
] as const;

const TABLES = loadSql(new URL('schema/001-tables.sql', import.meta.url));
const VIEWS = MODELS.map((model) => loadSql(new URL(`models/${model}.sql`, import.meta.url)));
const CAPABILITIES = new URL('capabilities/capabilities.csv', import.meta.url);

const HAS_TABLES = {
  name: 'store/has-tables',
  text: `select
    count(*) filter (where table_name = 'store_version') as versioned,
    count(*) as tables
from duckdb_tables()
where database_name = 'store'`,
};
const VERSION = { name: 'store/version', text: 'select * from store_version' };
const SET_VERSION = {
  name: 'store/set-version',
  text: 'insert into store_version values ($version, $digest)',
};
const CLEAR_VERSION = { name: 'store/clear-version', text: 'delete from store_version' };
const CLEAR_CAPABILITIES = { name: 'store/clear-capabilities', text: 'delete from capabilities' };
const REMOVE_UNSETTLED = {
  name: 'store/remove-unsettled',
  text: `delete from event_records
where object_id > (select coalesce(max(object_id), 0) from source_objects)`,
};
const LOAD_CAPABILITIES = {
  name: 'store/load-capabilities',
  text: `insert into capabilities
select action, capability, 'table'
from read_csv($path, header = true, delim = ',', columns = {'action': 'VARCHAR', 'capability': 'VARCHAR'})`,
};

/**
 * Makes what is missing, and removes the records of a load that was cut off. A store of a newer schema is
 * refused before anything is written.
 */
export async function migrate(store: Queryable, path: string): Promise<void> {
  const digest = contentDigest();
  const current = await versionOf(store, path);
  if (current === null) await store.run(TABLES);
  else await removeUnsettled(store);
  if (current?.digest === digest) return;
  for (const view of VIEWS) await store.run(view);
  await store.run(CLEAR_CAPABILITIES);
  await store.run(LOAD_CAPABILITIES, { path: fileURLToPath(CAPABILITIES) });
  await store.run(CLEAR_VERSION);
  await store.run(SET_VERSION, { version: SCHEMA_VERSION, digest });
}

/** Of all that a store holds besides its data: it is made anew when AgentTrail brings other views. */
function contentDigest(): string {
  const hash = createHash('sha256').update(readFileSync(CAPABILITIES));
  for (const { text } of VIEWS) hash.update(text);
  return hash.digest('hex');
}

/** Records of a load that failed or was killed between its two steps: no view shows them. */
export function removeUnsettled(store: Queryable): Promise<void> {
  return store.run(REMOVE_UNSETTLED);
}

/** Throws for a file that is no store, or one of another schema. */
export async function requireVersion(store: Queryable, path: string): Promise<void> {
  if ((await versionOf(store, path)) === null) {
    throw new KnownError(`${printable(path)}: not an AgentTrail store`, {
      hint: 'agenttrail ingest <source> --store FILE makes one; check the path',
    });
  }
}

async function versionOf(store: Queryable, path: string): Promise<{ digest: string } | null> {
  const [found] = await store.rows(HAS_TABLES);
  if (Number(found?.['tables']) === 0) return null;
  if (Number(found?.['versioned']) === 0) {
    throw new KnownError(`${printable(path)}: a DuckDB file, but not an AgentTrail store`, {
      hint: 'check --store; AgentTrail does not write into databases of others',
    });
  }
  const [row] = await store.rows(VERSION);
  const version = Number(row?.['schema_version'] ?? SCHEMA_VERSION);
  if (version > SCHEMA_VERSION) {
    throw new KnownError(
      `${printable(path)}: a store of schema ${version}, and this AgentTrail knows ${SCHEMA_VERSION}`,
      { hint: 'update AgentTrail, or name another file with --store' },
    );
  }
  return { digest: String(row?.['content_digest'] ?? '') };
}
