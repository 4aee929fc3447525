import { loadSql } from '../../store/sql.ts';
import { lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_TASK_TYPES } from '../learning.ts';
import { instant, someOf, times } from '../words.ts';

/** So many different ones are no curiosity, whatever they are. */
const MANY = 10n;

export const failures = defineDetector({
  id: 'failures',
  finds:
    'A task that was denied many different actions which such tasks do not do, or one sensitive action (or `sts:AssumeRole`) on many targets: it tries what it may.',
  misses:
    'Probing that the permissions allow; attempts spread over many tasks; fewer than `minimum_actions` different actions, or `minimum_targets` targets of one; targets that no record names.',
  benign:
    'One missing permission, met again and again on one target; an outage; a guard rail or a broken role that denies what the type always did. None of these is counted.',
  triage:
    'Read the denied actions in order: do they look for secrets, rights or ways out? Then see what the task had read before, and stop it if nothing it was asked to do explains them.',
  techniques: ['T1580', 'T1069.003'],
  defaults: {
    minimum_tasks: 10,
    minimum_actions: 5,
    minimum_services: 2,
    maximum_probability: 0.001,
    /** Of one sensitive action, or of roles to assume. */
    minimum_targets: 8,
    /** So large a share of earlier tasks that did so is how such tasks are. */
    searching_share: 0.2,
  },
  columns: {
    kind: 'VARCHAR',
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
  availability: LEARNING_TASK_TYPES,
  claim: (row) => {
    const severity = gravity(row);
    const level = LEVELS.find((known) => known === row.level) ?? 'fleet';
    const { about, what } = row.kind === 'targets' ? ofTargets(row) : ofActions(row);
    const subject = `${row.task_type} of ${row.agent_id}`;
    return {
      about,
      severity,
      confidence: CONFIDENCE[severity] * row.attribution_confidence,
      title: `${subject} was denied ${what.title}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} was denied ${what.denied}: ` +
        `${row.deniers_before} of ${row.history_count} ${WHOSE[level]} ${what.alike}.` +
        `${what.gain} First at ${instant(row.first_seen)}.`,
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
  kind: string | null;
  actions: readonly string[];
  denied_count: bigint;
  service_count: bigint;
  sensitive_count: bigint;
  expected_count: number;
  gained_actions: readonly string[];
}

interface Told {
  about: string;
  what: Readonly<Record<'title' | 'denied' | 'alike' | 'gain', string>>;
}

function ofActions(row: Search): Told {
  const title = times(row.denied_count, 'different action');
  const sensitive = row.sensitive_count > 0n ? `, ${row.sensitive_count} of them sensitive` : '';
  const gained = row.gained_actions;
  return {
    about: 'denied',
    what: {
      title,
      denied:
        `${someOf(row.actions, 3)}: ${title} of ${times(row.service_count, 'service')}${sensitive}, ` +
        `where ${row.expected_count.toFixed(1)} would be usual`,
      alike: 'were denied anything new to their type',
      gain: gained.length > 0 ? ` Then ${someOf(gained, 3)} of the same class succeeded.` : '',
    },
  };
}

function ofTargets(row: Search): Told {
  const title = `${someOf(row.actions, 1)} on ${times(row.denied_count, 'target')}`;
  return {
    about: 'denied-targets',
    what: {
      title,
      denied: title,
      alike: 'did so',
      gain: row.gained_actions.length > 0 ? ' Then it succeeded on another.' : '',
    },
  };
}

/** What tries only to look is curious; what tries to take, or found a way, is not. */
function gravity({ kind, denied_count, sensitive_count, gained_actions }: Search): Severity {
  if (gained_actions.length > 0 || sensitive_count > 1n) return 'high';
  if (kind === 'targets') return 'medium';
  return lowerBy('medium', sensitive_count > 0n || denied_count >= MANY ? 0 : 1);
}
