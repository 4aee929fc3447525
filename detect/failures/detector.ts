import { loadSql } from '../../store/sql.ts';
import { lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { instant, someOf, times } from '../words.ts';

/** So many different ones are no curiosity, whatever they are. */
const MANY = 10n;

export const failures = defineDetector({
  id: 'failures',
  finds:
    'A task that was denied many different actions which such tasks do not do: it tries what it may.',
  misses:
    'Probing that the permissions allow; attempts spread over many tasks; fewer than `minimum_actions` different actions.',
  benign:
    'One missing permission, met again and again; an outage; a guard rail or a broken role that denies what the type always did. None of these is counted.',
  triage:
    'Read the denied actions in order: do they look for secrets, rights or ways out? Then see what the task had read before, and stop it if nothing it was asked to do explains them.',
  techniques: ['T1580', 'T1069.003'],
  defaults: {
    minimum_tasks: 10,
    minimum_actions: 5,
    minimum_services: 2,
    maximum_probability: 0.001,
  },
  columns: {
    level: 'VARCHAR',
    history_count: 'BIGINT',
    deniers_before: 'BIGINT',
    denied_count: 'BIGINT',
    service_count: 'BIGINT',
    sensitive_count: 'BIGINT',
    expected_count: 'DOUBLE',
    probability: 'DOUBLE',
    attribution_confidence: 'DOUBLE',
    gained_actions: 'VARCHAR[]',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: loadSql(new URL('availability.sql', import.meta.url)),
  claim: (row) => {
    const severity = gravity(row);
    const level = LEVELS.find((known) => known === row.level) ?? 'fleet';
    const gained = row.gained_actions;
    const sensitive = row.sensitive_count > 0n ? `, ${row.sensitive_count} of them sensitive` : '';
    const gain = gained.length > 0 ? ` Then ${someOf(gained, 3)} of the same class succeeded.` : '';
    return {
      about: 'denied',
      severity,
      confidence: CONFIDENCE[severity] * row.attribution_confidence,
      title: `${row.task_type} of ${row.agent_id} was denied ${times(row.denied_count, 'different action')}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} was denied ${someOf(row.actions, 3)}: ` +
        `${times(row.denied_count, 'different action')} of ${times(row.service_count, 'service')}${sensitive}, ` +
        `where ${row.expected_count.toFixed(1)} would be usual: ${row.deniers_before} of ` +
        `${row.history_count} ${WHOSE[level]} were denied anything new to their type.${gain} ` +
        `First at ${instant(row.first_seen)}.`,
      baseline: { level, tasks: Number(row.history_count) },
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

const CONFIDENCE: Readonly<Record<Severity, number>> = {
  critical: 0.95,
  high: 0.95,
  medium: 0.7,
  low: 0.1,
  informational: 0.03,
};

const LEVELS = ['task-type', 'agent', 'peers', 'fleet'] as const;

const WHOSE: Readonly<Record<(typeof LEVELS)[number], string>> = {
  'task-type': 'earlier tasks of its type',
  agent: 'earlier tasks of the agent',
  peers: 'earlier tasks of the type, of all agents,',
  fleet: 'earlier tasks of the fleet',
};

interface Search {
  denied_count: bigint;
  sensitive_count: bigint;
  gained_actions: readonly string[];
}

/** What tries only to look is curious; what tries to take, or found a way, is not. */
function gravity({ denied_count, sensitive_count, gained_actions }: Search): Severity {
  if (gained_actions.length > 0 || sensitive_count > 1n) return 'high';
  return lowerBy('medium', sensitive_count > 0n || denied_count >= MANY ? 0 : 1);
}
