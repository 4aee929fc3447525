import { loadSql } from '../../store/sql.ts';
import { isSensitive, lowerBy, techniquesOf } from '../capability.ts';
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

export const taskScope = defineDetector({
  id: 'task-scope',
  finds: 'A task that did what its declared scope does not allow.',
  misses:
    'Tasks that no scope matches (the state of the detector counts them); calls that an AWS service made in the agent’s name, which the agent did not choose; misuse of what the scope allows.',
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
  },
  columns: {
    capability: 'VARCHAR',
    is_denied: 'BOOLEAN',
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
    const sensitive = isSensitive(capability);
    const severity = SEVERITY[capability] ?? 'low';
    const task = row.task_id === null ? 'work without a task' : `task ${row.task_id}`;
    const scope = row.is_denied ? 'denies' : 'does not allow';
    const allowed = row.allowed.length > 0 ? ` (allowed: ${someOf(row.allowed, 8)})` : '';
    const outcome = succeeded ? '' : ', none succeeded';
    const rank = succeeded ? severity : lowerBy(severity, sensitive ? 2 : 1);
    return {
      about: capability,
      severity: rank,
      confidence: confidenceOf(rank, succeeded) * row.attribution_confidence,
      title: `${row.task_type} ${succeeded ? 'did' : 'tried'} what its scope ${scope}: ${capability}`,
      explanation:
        `${task} (${row.task_type}) of ${row.agent_id} ${succeeded ? 'called' : 'tried'} ` +
        `${someOf(row.actions, 3)}: ${capability}, which its scope ${scope}${allowed}. ` +
        `${times(row.call_count, 'call')}${outcome}, first at ${instant(row.first_seen)}.`,
      techniques: techniquesOf(capability),
      response:
        row.task_id === null
          ? { kind: 'session', targets: row.access_key_ids }
          : { kind: 'task', targets: row.task_role_arns },
    };
  },
});

/** Agents try what they may not: one denied call is seldom more than curiosity. */
function confidenceOf(severity: Severity, succeeded: boolean): number {
  if (succeeded) return isAtLeast(severity, 'high') ? 0.95 : 0.7;
  return isAtLeast(severity, 'medium') ? 0.5 : 0.1;
}
