import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { gravityOf, lowerBy } from '../capability.ts';
import { defineDetector, type RowOf } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_AGENTS } from '../learning.ts';
import { instant, someOf, times } from '../words.ts';

const COLUMNS = {
  level: 'VARCHAR',
  history_count: 'BIGINT',
  earlier_count: 'BIGINT',
  probability: 'DOUBLE',
  new_regions: 'VARCHAR[]',
  new_accounts: 'VARCHAR[]',
  new_networks: 'VARCHAR[]',
  new_clients: 'VARCHAR[]',
  fleet_known: 'VARCHAR[]',
  peer_known: 'VARCHAR[]',
  is_split: 'BOOLEAN',
  is_hop: 'BOOLEAN',
  capabilities: 'VARCHAR[]',
  unfamiliar: 'VARCHAR[]',
  call_count: 'BIGINT',
  attribution_confidence: 'DOUBLE',
  task_role_arns: 'VARCHAR[]',
} as const;
type Row = RowOf<typeof COLUMNS>;

/** By how many points: an account is left more seldom than a tool is changed. */
const WEIGHT = { account: 2, network: 2, region: 1, client: 1 } as const;
type Dimension = keyof typeof WEIGHT;
const DIMENSIONS = ['account', 'region', 'network', 'client'] as const satisfies Dimension[];

const CONFIDENCE = { critical: 0.95, high: 0.95, medium: 0.6, low: 0.1, informational: 0.03 };

export const novelPlace = defineDetector({
  id: 'novel-place',
  finds:
    'A task in a region or an account, from a network or with a client that the agent’s earlier tasks did not have.',
  misses:
    'A stolen key used from the agent’s own network with the agent’s own client; agents whose places change all the time, by their own rate; a new place in a service that logs in one region only (IAM, Organizations, Route 53).',
  benign:
    'A roll-out into a new region or account, a move to new hosts or to another SDK: other agents of the type follow within days, and what they did before weighs nothing.',
  triage:
    'Ask whether the agent was moved or rolled out there. Two networks in one task, or a first instance in a region that nobody uses, and nobody knows of it: stop the task.',
  techniques: ['T1078.004', 'T1535', 'T1550.001'],
  defaults: { minimum_tasks: 10, adopted_tasks: 3, maximum_probability: 0.1 },
  columns: COLUMNS,
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_AGENTS,
  claim: (row) => {
    const severity = severityOf(row);
    const places = placesOf(row);
    return {
      about: 'place',
      severity,
      confidence: CONFIDENCE[severity] * (1 - row.probability) * row.attribution_confidence,
      title: `${row.agent_id} is somewhere new: ${places.map(([dimension, names]) => `${dimension} ${someOf(names, 2)}`).join(', ')}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} made ${times(row.call_count, 'call')} ` +
        `${places.map(([dimension, names]) => `${WORDS[dimension]} ${someOf(names, 3)}`).join(', ')}: ` +
        `${before(row)}; ${elsewhere(row, places)}.${circumstances(row)} ` +
        `Called ${someOf(row.actions, 3)}, first at ${instant(row.first_seen)}.`,
      baseline: { level: levelOf(row), tasks: Number(row.history_count) },
      techniques: techniquesOf(row),
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

const WORDS = { account: 'in account', region: 'in region', network: 'from', client: 'with' };

function namesOf(row: Row): Record<Dimension, string[]> {
  return {
    account: row.new_accounts,
    region: row.new_regions,
    network: row.new_networks,
    client: row.new_clients,
  };
}

function placesOf(row: Row): [Dimension, string[]][] {
  const names = namesOf(row);
  return DIMENSIONS.filter((dimension) => names[dimension].length > 0).map((dimension) => [
    dimension,
    names[dimension],
  ]);
}

function severityOf(row: Row): Severity {
  const isTorn = row.is_split === true && pointsOf(row, 'network') > 0;
  // Of a new type of task the first are always somewhere new.
  if (row.level === 'fleet' && !isTorn) return 'informational';
  const ground = Math.max(pointsOf(row, 'region'), pointsOf(row, 'account'));
  const total =
    ground +
    Math.min(pointsOf(row, 'region'), pointsOf(row, 'account')) +
    pointsOf(row, 'network') +
    pointsOf(row, 'client') +
    // A task that moves has hosts in one network; a key at work in two has been copied.
    (isTorn ? 1 : 0) +
    (row.is_hop ? ground / 2 : 0) +
    (ground >= 1 ? gravityPoints(row) : 0);
  const severity =
    total >= 4 ? 'high' : total >= 3 ? 'medium' : total >= 1 ? 'low' : 'informational';
  return row.capabilities.length > 0 ? severity : lowerBy(severity, 1);
}

/** What one's peers do is no news; what others do, or an earlier task did, is half. */
function pointsOf(row: Row, dimension: Dimension): number {
  const names = namesOf(row)[dimension];
  if (names.length === 0 || row.peer_known.includes(dimension)) return 0;
  // Each service may have its own endpoint in the same VPC.
  const isInside = dimension === 'network' && names.every((name) => name.startsWith('vpce-'));
  const weight = isInside ? 1 : WEIGHT[dimension];
  const isAdopted = dimension !== 'network' && row.earlier_count > 0n;
  // The company knows its accounts; the agent's own way into one is the news.
  const isOwnWay = dimension === 'account' && row.is_hop === true;
  const isHalf = isAdopted || (row.fleet_known.includes(dimension) && !isOwnWay);
  return weight / (isHalf ? 2 : 1);
}

/** What the agent does elsewhere too is a roll-out. */
function gravityPoints({ capabilities, unfamiliar }: Row): number {
  if (unfamiliar.some(isSensitive) || gravityOf(unfamiliar) === 'change') return 2;
  return gravityOf(capabilities) === 'read' ? 0 : 1;
}

function levelOf({ level }: Row): 'agent' | 'peers' | 'fleet' {
  return level === 'agent' || level === 'peers' ? level : 'fleet';
}

function before(row: Row): string {
  const whose = { agent: 'its', peers: 'the type’s', fleet: 'the fleet’s' }[levelOf(row)];
  const count = row.earlier_count === 0n ? 'none' : `at most ${row.earlier_count}`;
  return `${count} of ${whose} ${times(row.history_count, 'earlier task')} did`;
}

function elsewhere(row: Row, places: readonly [Dimension, string[]][]): string {
  const known = places.map(([dimension]) => dimension);
  const peers = known.filter((dimension) => row.peer_known.includes(dimension));
  const fleet = known.filter(
    (dimension) => row.fleet_known.includes(dimension) && !row.peer_known.includes(dimension),
  );
  if (peers.length + fleet.length === 0) return 'nor did enough tasks of others';
  return [
    ...(peers.length > 0 ? [`peers know the ${peers.join(' and the ')}`] : []),
    ...(fleet.length > 0 ? [`other agents know the ${fleet.join(' and the ')}`] : []),
  ].join(', ');
}

function circumstances(row: Row): string {
  const said = [
    ...(row.new_networks.length > 0 && row.is_split
      ? ['The task was at work in two networks.']
      : []),
    ...(row.is_hop ? ['A chain of roles led into the account.'] : []),
    ...(row.unfamiliar.length > 0 ? [`New to it there: ${row.unfamiliar.join(', ')}.`] : []),
  ];
  return said.map((sentence) => ` ${sentence}`).join('');
}

function techniquesOf(row: Row): string[] {
  return [
    'T1078.004',
    ...(row.new_regions.length > 0 ? ['T1535'] : []),
    ...(row.new_accounts.length > 0 && row.is_hop ? ['T1550.001'] : []),
  ];
}
