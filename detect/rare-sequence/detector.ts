import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { techniquesOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_TASK_TYPES } from '../learning.ts';
import { instant, someOf } from '../words.ts';

/** The chance that a task of the type does the rarer half at all; above it, it is only an odd order. */
const RARE = { sensitive: 0.2, mixed: 0.05 } as const;
/** Of a step from one sensitive class to another. */
const IMPROBABLE = 0.005;

export const rareSequence = defineDetector({
  id: 'rare-sequence',
  finds:
    'A step from one grave class of action to another that earlier tasks make improbable: a snapshot and then its sharing, a new user and then a key.',
  misses:
    'Chains through reads or through calls that failed; chains over several tasks; task types with fewer than `minimum_tasks` tasks; a chain that the type takes every day.',
  benign:
    'The usual steps in another order: where the type’s tasks do both halves anyway, it is low.',
  triage:
    'Read the two calls together: what did the first make possible, and did the second use it? A copy that leaves the account or a new identity with rights: stop the task.',
  techniques: ['T1078.004'],
  defaults: { minimum_tasks: 10, maximum_probability: 0.02, smoothing: 3 },
  columns: {
    from_capability: 'VARCHAR',
    to_capability: 'VARCHAR',
    own_tasks: 'BIGINT',
    peer_tasks: 'BIGINT',
    peer_steps: 'BIGINT',
    fleet_steps: 'BIGINT',
    fleet_tasks: 'BIGINT',
    rarer_count: 'BIGINT',
    probability: 'DOUBLE',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_TASK_TYPES,
  claim: (row, { minimum_tasks }) => {
    const from = row.from_capability ?? '';
    const to = row.to_capability ?? '';
    const severity = gravity(from, to, row);
    const step = `${from}, then ${to}`;
    const isOwn = row.own_tasks >= BigInt(minimum_tasks);
    return {
      about: `${from} ${to}`,
      severity,
      confidence: CONFIDENCE[severity] * row.attribution_confidence,
      title: `${row.task_type} of ${row.agent_id} took a rare step: ${step}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} went from one to another of ` +
        `${someOf(row.actions, 4)}: ${step}. ${row.peer_steps} of the type’s ${row.peer_tasks} ` +
        `earlier tasks took that step, and ${row.fleet_steps} of the fleet’s ${row.fleet_tasks}; ` +
        `${row.rarer_count} of the type’s did the rarer half at all: a chance of ` +
        `${percent(row.probability)}. First at ${instant(row.first_seen)}.`,
      baseline: isOwn
        ? { level: 'task-type', tasks: Number(row.own_tasks) }
        : { level: 'peers', tasks: Number(row.peer_tasks) },
      techniques: [...new Set([...techniquesOf(from), ...techniquesOf(to)])],
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

const CONFIDENCE: Readonly<Record<Severity, number>> = {
  critical: 0.95,
  high: 0.9,
  medium: 0.7,
  low: 0.1,
  informational: 0.03,
};

interface Odds {
  peer_tasks: bigint;
  peer_steps: bigint;
  rarer_count: bigint;
  probability: number;
}

function gravity(from: string, to: string, odds: Odds): Severity {
  const isGrave = isSensitive(from) && isSensitive(to);
  const share = (Number(odds.rarer_count) + 1) / (Number(odds.peer_tasks) + 2);
  if (odds.peer_steps > 0n || share > (isGrave ? RARE.sensitive : RARE.mixed)) return 'low';
  return isGrave && odds.probability <= IMPROBABLE ? 'high' : 'medium';
}

function percent(probability: number): string {
  return probability < 0.0001 ? 'less than 0.01%' : `${(100 * probability).toFixed(2)}%`;
}
