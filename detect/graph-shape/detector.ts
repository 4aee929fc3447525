import { loadSql } from '../../store/sql.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_TASK_TYPES } from '../learning.ts';
import { instant, someOf } from '../words.ts';

/** Spreads above the usual, over all respects: healthy tasks come to 14. */
const FAR = 18;
/** Spreads above the usual number of sensitive classes. */
const SENSITIVE = 2;

export const graphShape = defineDetector({
  id: 'graph-shape',
  finds:
    'A task that is as a whole larger and more varied than its type: more actions, services, classes, accounts, regions, sessions, turns, writes.',
  misses:
    'What is wrong in one respect alone; tasks that do little; types with fewer than `minimum_tasks` tasks.',
  benign:
    'A long task, an agent that explores, a new region: without sensitive classes it stays informational.',
  triage:
    'Draw the task’s graph beside one of the same type. By itself this is a hint: look at what other findings say of the task.',
  techniques: ['T1078.004'],
  defaults: { minimum_tasks: 10, minimum_score: 8, maximum_probability: 0.1 },
  columns: {
    level: 'VARCHAR',
    history_count: 'BIGINT',
    ranked_count: 'BIGINT',
    as_far_count: 'BIGINT',
    score: 'DOUBLE',
    sensitive_deviation: 'DOUBLE',
    odd_features: 'VARCHAR[]',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_TASK_TYPES,
  claim: (row) => {
    const severity = gravity(row.score, row.sensitive_deviation);
    const whose = row.level === 'task-type' ? 'its' : 'the type’s';
    return {
      about: 'shape',
      severity,
      confidence: CONFIDENCE[severity] * row.attribution_confidence,
      title: `${row.task_type} of ${row.agent_id} has an odd shape: more ${someOf(row.odd_features, 2)}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} is ${row.score.toFixed(1)} spreads above ` +
        `${whose} ${row.history_count} earlier tasks, all respects added up: more ${row.odd_features.join(', ')}. ` +
        `Of the type’s ${row.ranked_count} earlier tasks that were ranked, ${row.as_far_count} came as far. First at ${instant(row.first_seen)}.`,
      baseline: {
        level: row.level === 'task-type' ? 'task-type' : 'peers',
        tasks: Number(row.history_count),
      },
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

const CONFIDENCE: Readonly<Record<Severity, number>> = {
  critical: 0.9,
  high: 0.9,
  medium: 0.6,
  low: 0.2,
  informational: 0.05,
};

function gravity(score: number, sensitiveDeviation: number): Severity {
  if (sensitiveDeviation < SENSITIVE) return 'informational';
  return score >= FAR ? 'medium' : 'low';
}
