import { loadSql } from '../../store/sql.ts';
import { gravityOf, lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { BaselineReference, Severity } from '../finding.ts';
import { instant, someOf, times } from '../words.ts';

/** By the worst that it did after its time. */
const SEVERITY = { sensitive: 'high', change: 'high', read: 'medium' } as const;
/** With fewer earlier tasks it is not known what is usual. */
const LITTLE_HISTORY = 10;

export const outlivedTask = defineDetector({
  id: 'outlived-task',
  finds:
    'A task that goes on after its end: an old session used again after hours of silence, an old task’s id on a new session, a task much longer than any before, a key used past its expiry.',
  misses:
    'A session that goes on without a pause; a pause shorter than `silent_hours`; a task’s end that only the launcher knows, which no record tells; tasks whose habit it is.',
  benign:
    'An approval that took hours; a batch job that waits for another; a task id that is used every day.',
  triage:
    'Ask whether the task was still meant to run. If not, find out who held its session, and end sessions with their task (shorter sessions, a deny by task tag).',
  techniques: ['T1078.004', 'T1550.001'],
  defaults: {
    /** No call for so long: the task is over. */
    silent_hours: 3,
    /** Longer than this a task should not live; silences not counted. */
    maximum_hours: 24,
    /** Nor, beyond the silent hours, longer than so many times the longest of its type before. */
    life_margin: 3,
    /** Beyond this, too, and with so many calls then that look at more than metadata, it is worth a look at once. */
    grave_hours: 4,
    grave_calls: 3,
    /** Earlier tasks of a level, before it is asked what is usual. */
    minimum_tasks: 10,
    /** So many earlier tasks that did the same, and this share of them, make it a habit. */
    habitual_tasks: 3,
    habitual_share: 0.1,
    /** A long call is logged when it is done. */
    expiry_grace_minutes: 15,
  },
  columns: {
    kind: 'VARCHAR',
    limit_at: 'TIMESTAMP',
    hours_after: 'DOUBLE',
    busy_hours: 'DOUBLE',
    longest_hours: 'DOUBLE',
    has_two_issuers: 'BOOLEAN',
    newer_count: 'BIGINT',
    level: 'VARCHAR',
    history_count: 'BIGINT',
    earlier_count: 'BIGINT',
    call_count: 'BIGINT',
    succeeded_count: 'BIGINT',
    is_grave: 'BOOLEAN',
    capabilities: 'VARCHAR[]',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const { severity, confidence } = weightOf(row);
    const { title, what } = told(row);
    const failed = row.succeeded_count > 0n ? '' : ', none succeeded';
    return {
      about: row.kind ?? '',
      severity,
      confidence: confidence * row.attribution_confidence,
      title,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} ${what}. ` +
        `${times(row.call_count, 'call')}${failed}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`,
      ...(row.kind === 'after-expiry' ? {} : { baseline: baselineOf(row) }),
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

interface Row {
  agent_id: string | null;
  task_id: string | null;
  kind: string | null;
  limit_at: Date;
  hours_after: number;
  busy_hours: number;
  longest_hours: number;
  has_two_issuers: boolean | null;
  newer_count: bigint;
  level: string | null;
  history_count: bigint;
  earlier_count: bigint;
  succeeded_count: bigint;
  is_grave: boolean | null;
  capabilities: readonly string[];
}

function weightOf(row: Row): { severity: Severity; confidence: number } {
  const gravity = gravityOf(row.capabilities);
  const isKnown = row.history_count >= BigInt(LITTLE_HISTORY);
  switch (row.kind) {
    case 'after-silence': {
      const severity = lowerBy(SEVERITY[gravity], row.succeeded_count > 0n ? 0 : 1);
      const moved = row.newer_count > 0n ? 0.1 : 0;
      const seldom = row.earlier_count > 0n ? 0.2 : 0;
      return { severity, confidence: (isKnown ? 0.8 : 0.5) + moved - seldom };
    }
    case 'after-expiry':
      return { severity: 'medium', confidence: 0.5 };
    case 'reminted':
      // The launcher that began it may begin it again.
      return row.has_two_issuers
        ? { severity: 'medium', confidence: 0.5 }
        : { severity: 'low', confidence: 0.2 };
    default:
      return row.is_grave
        ? { severity: 'medium', confidence: 0.5 }
        : { severity: 'low', confidence: 0.1 };
  }
}

function told(row: Row): { title: string; what: string } {
  const { agent_id: agent, task_id: task } = row;
  const since = instant(row.limit_at);
  const gap = hours(row.hours_after);
  const before = `${row.earlier_count} of ${times(row.history_count, 'earlier task')} ${WHOSE[row.level ?? ''] ?? ''} did so`;
  switch (row.kind) {
    case 'after-silence': {
      const moved =
        row.newer_count > 0n
          ? `, in which ${agent} began ${times(row.newer_count, 'other task')}`
          : '';
      return {
        title: `A session of ${agent} woke ${gap} after its task ${task} fell silent`,
        what: `went on with an old session after ${gap} of silence since ${since}${moved}; ${before}`,
      };
    }
    case 'reminted': {
      const who = row.has_two_issuers ? ', by another issuer than its first' : '';
      return {
        title: `A new session for ${task} of ${agent}, ${gap} after the task fell silent`,
        what: `got a new session after ${gap} of silence since ${since}${who}; ${before}`,
      };
    }
    case 'after-expiry':
      return {
        title: `A key of ${agent} worked after its expiry`,
        what: `used a key that expired at ${since}`,
      };
    default:
      return {
        title: `${task} of ${agent} goes on and on`,
        what: `lived for ${hours(row.busy_hours)}, pauses not counted${longest(row)}`,
      };
  }
}

function longest({ level, history_count, longest_hours }: Row): string {
  if (longest_hours === 0) return '';
  return `; the longest of ${times(history_count, 'earlier task')} ${WHOSE[level ?? ''] ?? ''} lived for ${hours(longest_hours)}`;
}

const WHOSE: Readonly<Record<string, string>> = {
  'task-type': 'of this type and agent',
  agent: 'of the agent',
  peers: 'of this type',
  fleet: 'of the fleet',
};

function hours(count: number): string {
  return `${count.toFixed(1)} hours`;
}

function baselineOf({ level, history_count }: Row): BaselineReference {
  const tasks = Number(history_count);
  const known = (['task-type', 'agent', 'peers', 'fleet'] as const).find((name) => name === level);
  return { level: tasks > 0 ? (known ?? 'none') : 'none', tasks };
}
