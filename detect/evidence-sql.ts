/** Columns of `events` by which a finding's events can be found again. */
interface Conditions {
  agent_id?: string | null;
  task_id?: string | null;
  access_key_id?: readonly string[];
  event_id?: readonly string[];
}

/**
 * A query that a person may run on the store. Values come from logs: they stand in it as SQL literals
 * and as nothing else.
 */
export function evidenceSql(conditions: Conditions): string {
  const terms = Object.entries(conditions).flatMap(([column, value]) => {
    if (value === null || value === undefined || value.length === 0) return [];
    return typeof value === 'string'
      ? [`${column} = ${literal(value)}`]
      : [`${column} in (${value.map(literal).join(', ')})`];
  });
  return [
    'select event_id, event_time, action, capability, principal_arn, source_ip, error_code',
    'from events',
    `where ${terms.join('\n    and ')}`,
    'order by event_time, event_id',
  ].join('\n');
}

/** DuckDB has no escapes in '…' but the doubled quote. */
function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
