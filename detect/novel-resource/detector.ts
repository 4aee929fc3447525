import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { techniquesOf } from '../capability.ts';
import { defineDetector, type RowOf } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_AGENTS } from '../learning.ts';
import { instant, someOf, times } from '../words.ts';

const COLUMNS = {
  service: 'VARCHAR',
  level: 'VARCHAR',
  history_count: 'BIGINT',
  probability: 'DOUBLE',
  touched_count: 'BIGINT',
  novel_count: 'BIGINT',
  unknown_count: 'BIGINT',
  strange_count: 'BIGINT',
  most_calls: 'BIGINT',
  novel_resources: 'VARCHAR[]',
  capabilities: 'VARCHAR[]',
  unfamiliar: 'VARCHAR[]',
  call_count: 'BIGINT',
  attribution_confidence: 'DOUBLE',
  task_role_arns: 'VARCHAR[]',
} as const;
type Row = RowOf<typeof COLUMNS>;

/** Seldom enough to be worth a look. */
const RARE = 0.05;
/** Fewer reads are not yet a bulk. */
const BULK_CALLS = 30n;

const CONFIDENCE = { critical: 0.95, high: 0.95, medium: 0.6, low: 0.1, informational: 0.03 };

export const novelResource = defineDetector({
  id: 'novel-resource',
  finds:
    'A task that reads, copies, shares, changes or destroys several resources that its agent never touched before.',
  misses:
    'Targets of denied calls, which CloudTrail leaves out; prefixes of a bucket that differ in digits alone; reads of one or two new resources a task, day after day (low and slow); agents that touch new resources in every task; a clean-up or rotation of many new targets by an agent whose work that is (low).',
  benign:
    'A new customer’s bucket, a quarterly clean-up, an emergency rotation: the agent does with new targets what it does with its old ones, and seldom more than once.',
  triage:
    'Read the list of targets: do they belong to what the task was asked to do? Many of one kind, one after the other, and no ticket for it: stop the task.',
  techniques: ['T1530', 'T1552', 'T1485'],
  defaults: { minimum_tasks: 10, learning_tasks: 5, adopted_tasks: 3, maximum_probability: 0.3 },
  columns: COLUMNS,
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_AGENTS,
  claim: (row) => {
    const severity = severityOf(row);
    const capabilities = row.unfamiliar.length > 0 ? row.unfamiliar : row.capabilities;
    return {
      about: row.service ?? '',
      severity,
      confidence: CONFIDENCE[severity] * (1 - row.probability) * row.attribution_confidence,
      title: `${times(row.novel_count, `${row.service} resource`)} new to ${row.agent_id}: ${capabilities.join(', ')}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} touched ` +
        `${someOf(row.novel_resources, 3)} (${capabilities.join(', ')}): ${before(row)}. ` +
        `So many at once are expected in ${percent(row.probability)} of ${whose(row)} tasks. ` +
        `${times(row.call_count, 'call')} (${someOf(row.actions, 3)}), first at ${instant(row.first_seen)}.`,
      baseline: {
        level: row.level === 'agent' ? 'agent' : 'peers',
        tasks: Number(row.history_count),
      },
      techniques: [...new Set(capabilities.flatMap(techniquesOf))],
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

/**
 * To do with new targets what one does anyway is seldom more than a note: new to the agent's hands must be
 * the deed too, or the reads more than it ever made.
 */
function severityOf(row: Row): Severity {
  const isRare = row.probability <= RARE && row.unknown_count > 0n;
  const isMany = row.novel_count >= 3n;
  if (row.unfamiliar.some(isSensitive)) {
    if (!isRare) return row.novel_count > 1n ? 'low' : 'informational';
    return row.strange_count >= 3n ? 'high' : row.strange_count === 2n ? 'medium' : 'low';
  }
  if (!isRare || row.novel_count < 2n) return 'informational';
  return isMany && isUnusualRead(row) ? 'medium' : 'low';
}

function isUnusualRead({ capabilities, unfamiliar, call_count, most_calls }: Row): boolean {
  if (!capabilities.includes('read-data')) return false;
  return unfamiliar.includes('read-data') || (call_count >= BULK_CALLS && call_count > most_calls);
}

function whose({ level }: Row): string {
  return level === 'agent' ? 'its' : 'the type’s';
}

function before(row: Row): string {
  const known = row.novel_count - row.unknown_count;
  const others =
    known === 0n ? 'nor did another task of the type' : `${known} of them other agents did`;
  return `none of ${whose(row)} ${times(row.history_count, 'earlier task')} did${row.level === 'agent' ? `; ${others}` : ''}`;
}

function percent(share: number): string {
  return `${Math.max(1, Math.round(share * 100))} %`;
}
