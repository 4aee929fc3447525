import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { lowerBy, techniquesOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_TASK_TYPES } from '../learning.ts';
import { instant, someOf, times } from '../words.ts';

const PACE = 'calls in a minute';
const LOOP = 'calls in a row';

export const volume = defineDetector({
  id: 'volume',
  finds:
    'A task that did far more of one kind than such tasks do: objects read in bulk, secrets one after the other, deletions, a loop without end.',
  misses:
    'What is spread over many tasks or hours; agents whose type, peers and fleet have too few tasks; bytes of services that do not log them; calls that failed.',
  benign:
    'A migration, a rotation or a clean-up that is larger than usual: what the type does every day is only grave here when it comes faster than ever.',
  triage:
    'Look at the amount and at what was touched. Reading, deleting or handing out secrets at a machine’s pace: stop the task first. A loop of reads: tell the agent’s owner.',
  techniques: ['T1078.004'],
  defaults: {
    minimum_tasks: 10,
    ratio: 4,
    minimum_deviation: 3,
    minimum_calls: 30,
    minimum_sensitive_calls: 8,
    minimum_bytes: 250_000_000,
  },
  columns: {
    capability: 'VARCHAR',
    level: 'VARCHAR',
    history_count: 'BIGINT',
    measure: 'VARCHAR',
    measures: 'VARCHAR[]',
    amount: 'BIGINT',
    use_count: 'BIGINT',
    largest: 'BIGINT',
    usual: 'DOUBLE',
    call_count: 'BIGINT',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_TASK_TYPES,
  claim: (row) => {
    const capability = row.capability ?? '';
    const level = levelOf(row.level);
    const severity = lowerBy(
      gravity(capability, row),
      level === 'fleet' ? strangeness(capability) : 0,
    );
    const much = `${row.amount.toLocaleString('en-US')} ${row.measure}`;
    return {
      about: capability,
      severity,
      confidence: CONFIDENCE[severity] * row.attribution_confidence,
      title: `${row.task_type} of ${row.agent_id}: ${much} (${capability})`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} came to ${much} of ${capability} ` +
        `(${someOf(row.actions, 3)}): ${before(row, WHOSE[level])}. ` +
        `Beyond the usual: ${row.measures.join(', ')}. ` +
        `${times(row.call_count, 'call')}, first at ${instant(row.first_seen)}.`,
      baseline: { level, tasks: Number(row.history_count) },
      techniques: techniquesOf(capability),
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

const CONFIDENCE: Readonly<Record<Severity, number>> = {
  critical: 0.95,
  high: 0.95,
  medium: 0.8,
  low: 0.1,
  informational: 0.03,
};

const LEVELS = ['task-type', 'peers', 'agent', 'fleet'] as const;
type Level = (typeof LEVELS)[number];

const WHOSE: Readonly<Record<Level, string>> = {
  'task-type': 'earlier tasks of its type',
  peers: 'earlier tasks of the type, of all agents,',
  agent: 'earlier tasks of the agent',
  fleet: 'earlier tasks of the fleet',
};

function levelOf(level: string | null): Level {
  return LEVELS.find((known) => known === level) ?? 'fleet';
}

interface Excess {
  measures: readonly string[];
  use_count: bigint;
}

/** Other work is a poor measure, and poorest where some kinds of work do nothing else. */
function strangeness(capability: string): number {
  return isSensitive(capability) ? 2 : 1;
}

/** Much of what is done every day is news only at a new pace. */
function gravity(capability: string, { measures, use_count }: Excess): Severity {
  const isFast = measures.includes(PACE);
  if (isSensitive(capability)) {
    if (!isFast && use_count > 0n) return 'low';
    return capability === 'destroy' ? 'critical' : 'high';
  }
  if (capability === 'read-data') {
    if (isFast || measures.includes('resources') || measures.includes(LOOP)) return 'high';
    // Few objects, and large ones.
    return measures.includes('bytes') ? 'medium' : 'low';
  }
  if (capability === 'read-metadata') {
    return isFast || measures.includes(LOOP) ? 'medium' : 'informational';
  }
  return isFast ? 'medium' : 'low';
}

interface Compared {
  history_count: bigint;
  use_count: bigint;
  largest: bigint;
  usual: number;
}

function before({ history_count, use_count, largest, usual }: Compared, whose: string): string {
  if (use_count === 0n) return `none of ${history_count} ${whose} did any`;
  const most = Math.round(usual).toLocaleString('en-US');
  return (
    `of ${history_count} ${whose} ${use_count} did any, 95 in 100 of these at most ${most}, ` +
    `none more than ${largest.toLocaleString('en-US')}`
  ).replace(/ ,/g, ',');
}
