import type { Inventory, InventoryAgent, SharedRole, SuspectedAgent } from './inventory.ts';
import { jsonText } from './json-text.ts';

/** Keys in the order of `Inventory`, whoever built the objects. */
export function inventoryJson({ agents, suspected, sharedRoles, coverage }: Inventory): string {
  const { events, attributedEvents, dataEventServices, accounts, regions, notes } = coverage;
  const ordered: Inventory = {
    agents: agents.map(orderedAgent),
    suspected: suspected.map(orderedSuspect),
    sharedRoles: sharedRoles.map(({ roleArn, agentIds }): SharedRole => ({ roleArn, agentIds })),
    coverage: { events, attributedEvents, dataEventServices, accounts, regions, notes },
  };
  return `${jsonText(ordered, 2)}\n`;
}

function orderedAgent(agent: InventoryAgent): InventoryAgent {
  return {
    agentId: agent.agentId,
    firstSeen: agent.firstSeen,
    lastSeen: agent.lastSeen,
    taskCount: agent.taskCount,
    eventCount: agent.eventCount,
    roleArns: agent.roleArns,
    credentialKinds: agent.credentialKinds,
    onBehalfOf: agent.onBehalfOf,
    accountIds: agent.accountIds,
  };
}

function orderedSuspect(suspect: SuspectedAgent): SuspectedAgent {
  const { principalArn, kind, why, eventCount, firstSeen, lastSeen } = suspect;
  return { principalArn, kind, why, eventCount, firstSeen, lastSeen };
}
