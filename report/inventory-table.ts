import { printable } from '../store/printable.ts';
import { labelled, sections, type TextOptions } from './block.ts';
import { numberColumn, textColumn, wholeColumn } from './columns.ts';
import { type Column, grid } from './grid.ts';
import type { Inventory, InventoryCoverage } from './inventory.ts';
import { cut } from './layout.ts';
import { painter } from './paint.ts';
import { count, countOf, listed, moment, percent } from './words.ts';

const VALUES_SHOWN = 2;
/** Two agents of one kind must be told apart. */
const NAME_WIDTH = 28;

/** The inventory for a terminal: known agents, suspected ones, roles that agents share. */
export function inventoryTable(inventory: Inventory, { width, colour }: TextOptions): string {
  const { agents, suspected, sharedRoles, coverage } = inventory;
  const paint = painter(colour);
  const block = (title: string, columns: readonly Column[]) => [
    paint('heading', cut(title, width)),
    ...indented(grid(columns, width - 2)),
  ];
  return sections(
    [paint('heading', cut(summary(inventory), width)), ...coverageLines(coverage, width, colour)],
    agents.length === 0
      ? ['No agent is known by a tag']
      : block('Agents', [
          wholeColumn('agent', agents, ({ agentId }) => cut(printable(agentId), NAME_WIDTH)),
          numberColumn('tasks', agents, ({ taskCount }) => taskCount),
          numberColumn('events', agents, ({ eventCount }) => eventCount),
          wholeColumn('last seen', agents, ({ lastSeen }) => moment(lastSeen)),
          textColumn('credentials', agents, ({ credentialKinds }) => values(credentialKinds)),
          textColumn('roles', agents, ({ roleArns }) => values(roleArns.map(roleName))),
          textColumn('for', agents, ({ onBehalfOf }) => values(onBehalfOf)),
        ]),
    suspected.length === 0
      ? []
      : block('Suspected: act like agents, bear no agent tag', [
          wholeColumn('kind', suspected, ({ kind }) => kind),
          textColumn('principal', suspected, ({ principalArn }) => shortArn(principalArn)),
          textColumn('why', suspected, ({ why }) => why),
          numberColumn('events', suspected, ({ eventCount }) => eventCount),
          wholeColumn('last seen', suspected, ({ lastSeen }) => moment(lastSeen)),
        ]),
    sharedRoles.length === 0
      ? []
      : block('Shared roles: what one agent may do, all may', [
          textColumn('role', sharedRoles, ({ roleArn }) => shortArn(roleArn)),
          textColumn('agents', sharedRoles, ({ agentIds }) => agentIds.join(', ')),
        ]),
    coverage.notes.flatMap((note) =>
      labelled(paint, 'note', printable(note), { width, maxLines: 3 }),
    ),
  );
}

function summary({ agents, suspected, sharedRoles }: Inventory): string {
  return (
    `${countOf(agents.length, 'agent')} known, ${count(suspected.length)} suspected, ` +
    `${countOf(sharedRoles.length, 'shared role')}`
  );
}

function coverageLines(coverage: InventoryCoverage, width: number, colour: boolean): string[] {
  const { events, attributedEvents, accounts, regions, dataEventServices } = coverage;
  const line = (label: string, value: string) =>
    labelled(painter(colour), label, printable(value), { width, maxLines: 2 });
  return [
    ...line(
      'seen',
      `${countOf(events, 'event')}, ${percent(attributedEvents, events)} an agent's, in ` +
        `${countOf(accounts.length, 'account')}, ${countOf(regions.length, 'region')}`,
    ),
    ...line(
      'data',
      `data events: ${dataEventServices.length === 0 ? 'none' : listed(dataEventServices, 8)}`,
    ),
  ];
}

function values(items: readonly string[]): string {
  return items.length === 0 ? '–' : listed(items, VALUES_SHOWN);
}

function roleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

/** What a cut would leave of an ARN is the part that all have in common. */
function shortArn(arn: string): string {
  return arn.replace(/^arn:[^:]*:(?:iam|sts)::/, '');
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
