import type { Config } from '../config/config.ts';
import { CAPABILITIES } from '../store/capabilities/classes.ts';
import type { Queryable } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';

const load = (name: string): Sql => loadSql(new URL(`settings/${name}.sql`, import.meta.url));

/**
 * The part of the configuration that queries read, as tables: so that a finding's SQL gives the same
 * rows to whoever runs it on the store.
 */
export async function storeSettings(store: Queryable, config: Config): Promise<void> {
  const { tags, patterns, taskTypes, minters, agentRoles } = config.attribution;
  await replace(
    store,
    'attribution-tag-keys',
    Object.entries(tags).flatMap(([identity_role, keys]) =>
      keys.map((key, position) => ({ identity_role, position, tag_key: key.toLowerCase() })),
    ),
  );
  await replace(
    store,
    'attribution-patterns',
    patterns.map(({ from, pattern }, index) => ({
      position: index + 1,
      origin: from,
      agent_pattern: pattern.captures.get('agent') ?? null,
      task_pattern: pattern.captures.get('task') ?? null,
    })),
  );
  await replace(
    store,
    'task-type-patterns',
    taskTypes.map(({ pattern, taskType }, position) => ({
      position,
      pattern: pattern.pattern,
      task_type: taskType,
    })),
  );
  await replace(store, 'principal-patterns', [
    ...minters.map((pattern) => ({ use: 'minter', pattern })),
    ...agentRoles.map((pattern) => ({ use: 'agent-role', pattern })),
  ]);
  await replace(store, 'scope-entries', scopeEntries(config));
}

function scopeEntries({ scopes }: Config): object[] {
  return scopes.flatMap(({ taskType, agent, allow, deny }, scope_id) => {
    const entries = (effect: string, values: readonly string[]) =>
      values.map((value) => {
        const isCapability = CAPABILITIES.some((capability) => capability === value);
        return {
          scope_id,
          task_type: taskType,
          agent,
          effect,
          capability: isCapability ? value : null,
          // IAM compares actions without case.
          action: isCapability ? null : value.toLowerCase(),
        };
      });
    return [...entries('allow', allow), ...entries('deny', deny)];
  });
}

async function replace(store: Queryable, table: string, rows: readonly object[]): Promise<void> {
  await store.run({
    name: `settings/clear-${table}`,
    text: `delete from ${table.replaceAll('-', '_')}`,
  });
  await store.run(load(table), { rows: JSON.stringify(rows) });
}
