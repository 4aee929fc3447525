import type { Config } from '../config/config.ts';
import type { Inventory, InventoryAgent, SharedRole } from '../report/inventory.ts';
import type { Queryable, Row } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { iso, texts } from './cells.ts';
import { readCoverage } from './coverage.ts';
import { readSuspectedAgents } from './suspected-agents.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));
const AGENTS = load('inventory-agents');
const SHARED_ROLES = load('shared-roles');

export async function readInventory(store: Queryable, config: Config): Promise<Inventory> {
  const { coverage } = await readCoverage(store);
  return {
    agents: (await store.rows(AGENTS)).map(agentOf),
    suspected: await readSuspectedAgents(store, config),
    sharedRoles: (await store.rows(SHARED_ROLES)).map(sharedRoleOf),
    coverage,
  };
}

function agentOf(row: Row): InventoryAgent {
  return {
    agentId: String(row['agent_id']),
    firstSeen: iso(row['first_seen']),
    lastSeen: iso(row['last_seen']),
    taskCount: Number(row['task_count']),
    eventCount: Number(row['event_count']),
    roleArns: texts(row['role_arns']),
    credentialKinds: texts(row['credential_kinds']),
    onBehalfOf: texts(row['on_behalf_of']),
    accountIds: texts(row['account_ids']),
  };
}

function sharedRoleOf(row: Row): SharedRole {
  return { roleArn: String(row['role_arn']), agentIds: texts(row['agent_ids']) };
}
