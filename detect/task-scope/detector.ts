import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { lowerBy, techniquesOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import { isAtLeast, type Severity } from '../finding.ts';
import { instant, someOf, times } from '../words.ts';

/** Of a call that succeeded. */
const SEVERITY: Readonly<Record<string, Severity>> = {
  export: 'critical',
  share: 'critical',
  evade: 'critical',
  credential: 'high',
  privilege: 'high',
  destroy: 'high',
  'run-code': 'medium',
  'write-data': 'medium',
  network: 'medium',
  spend: 'medium',
  'write-config': 'low',
  'read-data': 'low',
  'read-metadata': 'informational',
};

/** Of what stands on a learned scope, about which nobody decided. */
const LEARNED_CONFIDENCE = { critical: 0.9, high: 0.9, medium: 0.5, low: 0.1, informational: 0.03 };

export const taskScope = defineDetector({
  id: 'task-scope',
  finds:
    'A task that did what its declared scope does not allow or, where none is declared, what no task of its type does.',
  misses:
    'Of tasks that no scope matches (the state of the detector counts them), all before `minimum_tasks` of the type have ended and what `adopted_tasks` of them did; calls that an AWS service made in the agent’s name, which the agent did not choose; misuse of what the scope allows.',
  benign:
    'A scope that has not kept up with the work: the same action then appears in many tasks of the type.',
  triage:
    'Read the calls and their targets; ask the owner of the task type whether the action belongs to it. If not, stop the task; if so, widen the scope.',
  techniques: ['T1078.004'],
  defaults: {
    always_allowed: [
      'sts:GetCallerIdentity',
      'sts:AssumeRole',
      'sts:DecodeAuthorizationMessage',
      // The envelope of a tool call: the call in it is judged by itself.
      'aws-mcp:*',
    ],
    learn_scope: true,
    minimum_tasks: 20,
    adopted_tasks: 2,
    maximum_probability: 0.05,
  },
  columns: {
    capability: 'VARCHAR',
    is_denied: 'BOOLEAN',
    origin: 'VARCHAR',
    history_count: 'BIGINT',
    is_known_class: 'BOOLEAN',
    call_count: 'BIGINT',
    succeeded_count: 'BIGINT',
    attribution_confidence: 'DOUBLE',
    allowed: 'VARCHAR[]',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: loadSql(new URL('availability.sql', import.meta.url)),
  claim: (row) => {
    const capability = row.capability ?? '';
    const succeeded = row.succeeded_count > 0n;
    const learned = row.origin === 'learned';
    const severity = learned ? learnedSeverity(row) : (SEVERITY[capability] ?? 'low');
    const task = row.task_id === null ? 'work without a task' : `task ${row.task_id}`;
    const outcome = succeeded ? '' : ', none succeeded';
    const rank = succeeded ? severity : lowerBy(severity, isSensitive(capability) ? 2 : 1);
    const did = succeeded ? 'did' : 'tried';
    return {
      about: capability,
      severity: rank,
      confidence:
        (learned ? LEARNED_CONFIDENCE[rank] : confidenceOf(rank, succeeded)) *
        row.attribution_confidence,
      title: learned
        ? `${row.task_type} ${did} what is foreign to the type: ${capability}`
        : `${row.task_type} ${did} what its scope ${verdictOf(row)}: ${capability}`,
      explanation:
        `${task} (${row.task_type}) of ${row.agent_id} ${succeeded ? 'called' : 'tried'} ` +
        `${someOf(row.actions, 3)}: ${capability}, ${judgementOf(row)}. ` +
        `${times(row.call_count, 'call')}${outcome}, first at ${instant(row.first_seen)}.`,
      ...(learned && { baseline: { level: 'task-type', tasks: Number(row.history_count) } }),
      techniques: techniquesOf(capability),
      response:
        row.task_id === null
          ? { kind: 'session', targets: row.access_key_ids }
          : { kind: 'task', targets: row.task_role_arns },
    };
  },
});

interface Judged {
  capability: string | null;
  origin: string | null;
  is_denied: boolean | null;
  is_known_class: boolean | null;
  history_count: bigint;
  allowed: readonly string[];
}

/** Nobody wrote the learned scope down: only what is sensitive and new as a class is worth waking up for. */
function learnedSeverity({ capability, is_known_class }: Judged): Severity {
  if (!isSensitive(capability ?? '')) return 'low';
  return is_known_class ? 'medium' : 'high';
}

function verdictOf({ is_denied }: Judged): string {
  return is_denied ? 'denies' : 'does not allow';
}

function judgementOf(row: Judged): string {
  const allowed = someOf(row.allowed, 8);
  if (row.origin !== 'learned') {
    return `which its scope ${verdictOf(row)}${allowed && ` (allowed: ${allowed})`}`;
  }
  const what = row.is_known_class ? 'in services that' : 'which';
  return `${what} the type’s scope, learned from ${times(row.history_count, 'task')} of any agent, does not hold${allowed && ` (it holds: ${allowed})`}`;
}

/** Agents try what they may not: one denied call is seldom more than curiosity. */
function confidenceOf(severity: Severity, succeeded: boolean): number {
  if (succeeded) return isAtLeast(severity, 'high') ? 0.95 : 0.7;
  return isAtLeast(severity, 'medium') ? 0.5 : 0.1;
}
