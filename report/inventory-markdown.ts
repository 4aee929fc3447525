import type { Inventory, InventoryAgent, SharedRole, SuspectedAgent } from './inventory.ts';
import { markdownTable } from './markdown-table.ts';
import { code, prose } from './markdown-text.ts';
import { count, countOf, moment, percent } from './words.ts';

const VALUES_SHOWN = 3;

/** For a pull request or a wiki: everything out of a log is a code span or plain words. */
export function inventoryMarkdown(inventory: Inventory): string {
  const { agents, suspected, sharedRoles, coverage } = inventory;
  const { events, attributedEvents, accounts, regions, dataEventServices, notes } = coverage;
  const blocks = [
    `## AgentTrail inventory: ${countOf(agents.length, 'agent')}, ${count(suspected.length)} suspected`,
    `${countOf(events, 'event')} in ${countOf(accounts.length, 'account')}, ` +
      `${countOf(regions.length, 'region')}; ${percent(attributedEvents, events)} attributed to an agent. ` +
      `Data events: ${dataEventServices.length === 0 ? 'none' : codes(dataEventServices)}.`,
    markdownTable(
      ['agent', 'tasks', 'events', 'last seen', 'credentials', 'roles', 'on behalf of'],
      agents,
      agentCells,
    ),
    suspected.length === 0 ? '' : '### Suspected: act like agents, bear no agent tag',
    markdownTable(['kind', 'principal', 'why', 'events', 'last seen'], suspected, suspectCells),
    sharedRoles.length === 0 ? '' : '### Shared roles: what one agent may do, all may',
    markdownTable(['role', 'agents'], sharedRoles, sharedRoleCells),
    notes.map((note) => `- note: ${prose(note)}`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function agentCells(agent: InventoryAgent): string[] {
  return [
    code(agent.agentId),
    count(agent.taskCount),
    count(agent.eventCount),
    code(moment(agent.lastSeen)),
    codes(agent.credentialKinds),
    codes(agent.roleArns),
    codes(agent.onBehalfOf),
  ];
}

function suspectCells({ kind, principalArn, why, eventCount, lastSeen }: SuspectedAgent): string[] {
  return [kind, code(principalArn), prose(why), count(eventCount), code(moment(lastSeen))];
}

function sharedRoleCells({ roleArn, agentIds }: SharedRole): string[] {
  return [code(roleArn), codes(agentIds)];
}

function codes(values: readonly string[]): string {
  const more = values.length - VALUES_SHOWN;
  const shown = values.slice(0, VALUES_SHOWN).map(code).join(', ');
  return more > 0 ? `${shown} and ${count(more)} more` : shown;
}
