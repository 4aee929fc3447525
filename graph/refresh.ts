import type { Config } from '../config/config.ts';
import { capabilityOf } from '../store/capabilities/capability.ts';
import type { Queryable, Transactional } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { storeSettings } from './settings.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));

const CLEAR: readonly Sql[] = ['session_issues', 'session_tags', 'session_identities'].map(
  (table) => ({ name: `graph/clear-${table}`, text: `delete from ${table}` }),
);
/** In the order in which they read each other. */
const STEPS: readonly Sql[] = [
  'issues',
  'sessions',
  'stated-tags',
  'inherited-tags',
  'keys-in-use',
  'mcp-requests',
  'identities',
].map(load);

const FORGET_RULED = {
  name: 'graph/forget-ruled',
  text: "delete from capabilities where origin = 'rule'",
};
const UNKNOWN_ACTIONS = load('unknown-actions');
const ADD_RULED = load('add-ruled');

/**
 * Attributes every session and classes every action, from all that is stored: what arrived first makes
 * no difference.
 */
export function refreshGraph(store: Transactional, config: Config): Promise<void> {
  return store.transaction(async () => {
    await storeSettings(store, config);
    for (const step of [...CLEAR, ...STEPS]) await store.run(step);
    await classUnknownActions(store);
  });
}

async function classUnknownActions(store: Queryable): Promise<void> {
  await store.run(FORGET_RULED);
  const unknown = await store.rows(UNKNOWN_ACTIONS);
  if (unknown.length === 0) return;
  const rows = unknown.map(({ action, read_only }) => ({
    action,
    capability: capabilityOf(String(action), typeof read_only === 'boolean' ? read_only : null),
  }));
  await store.run(ADD_RULED, { rows: JSON.stringify(rows) });
}
