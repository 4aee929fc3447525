import { expect, test } from 'vitest';
import { query, withRecords } from '../helpers/store.ts';

/** What analysts may rely on; a view may have more. */
const CONTRACT: Readonly<Record<string, string>> = {
  events:
    'event_id event_time action event_source event_name event_category capability read_only aws_region account_id source_ip user_agent error_code error_message identity_type principal_id principal_arn role_arn access_key_id invoked_by agent_id task_id task_type on_behalf_of attribution_method attribution_confidence resources request_parameters response_elements additional_event_data source_object',
  sessions:
    'access_key_id issued_at first_used_at last_used_at role_arn role_session_name source_identity issuer_access_key_id issuer_arn issuing_action agent_id task_id task_type on_behalf_of tags event_count error_count',
  tasks:
    'agent_id task_id task_type on_behalf_of started_at ended_at session_count event_count error_count action_count account_ids regions',
  agents: 'agent_id first_seen last_seen task_count role_arns credential_kinds on_behalf_of_count',
  task_actions:
    'agent_id task_id action region event_count error_count first_time last_time bytes_out',
  task_edges: 'agent_id task_id from_action to_action transition_count',
  task_resources: 'agent_id task_id resource capability event_count',
  delegations:
    'parent_access_key_id child_access_key_id parent_agent_id child_agent_id parent_account_id child_account_id',
  findings:
    'id detector severity confidence title explanation agent_id task_id task_type on_behalf_of access_key_ids role_arns account_ids regions first_seen last_seen evidence baseline techniques visibility response',
  responses: 'response_id kind targets plan planned_at applied_at applied_by outcome reversal',
  objects: 'uri bytes records_read events_stored duplicates dead_letters ingested_at',
  dead_letters: 'source_object position reason raw',
};

test('every view has the columns that analysts may rely on', async () => {
  const missing = await withRecords([], async (store) => {
    const entries: [string, string[]][] = [];
    for (const [view, columns] of Object.entries(CONTRACT)) {
      const found = await store.describe({ name: view, text: `from ${view}` });
      entries.push([view, columns.split(' ').filter((column) => !Object.hasOwn(found, column))]);
    }
    return Object.fromEntries(entries);
  });

  expect(missing).toEqual(Object.fromEntries(Object.keys(CONTRACT).map((view) => [view, []])));
});

test('views have names and columns in snake_case, and times are without a time zone', async () => {
  const odd = await withRecords([], (store) =>
    query(
      store,
      `select table_name, column_name, data_type from duckdb_columns()
      where database_name = 'store' and (
        not regexp_full_match(table_name, '[a-z][a-z0-9_]*')
        or not regexp_full_match(column_name, '[a-z][a-z0-9_]*')
        or data_type like '%TIME ZONE%'
      )`,
    ),
  );

  expect(odd).toEqual([]);
});
