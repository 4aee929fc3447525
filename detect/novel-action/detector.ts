import { isSensitive } from '../../store/capabilities/classes.ts';
import { loadSql } from '../../store/sql.ts';
import { lowerBy, techniquesOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { LEARNING_AGENTS } from '../learning.ts';
import { instant, someOf, times } from '../words.ts';

/** Of a first success; a sensitive capability's is high. */
const ORDINARY: Readonly<Record<string, Severity>> = {
  'run-code': 'medium',
  spend: 'medium',
  network: 'medium',
  'write-data': 'low',
  'write-config': 'low',
  'read-data': 'low',
};

/** Of 50 tasks or fewer none had it. */
const RARE = 0.02;
/** Of fewer than 18 tasks none had it. */
const SMALL_HISTORY = 0.05;

export const novelAction = defineDetector({
  id: 'novel-action',
  finds: 'An action that the agent’s earlier tasks did not contain, weighed by what it can do.',
  misses:
    'A familiar action on a new target; agents with fewer tasks than `minimum_tasks`; an action repeated in `adopted_tasks` tasks without anyone stopping it, which is then normal.',
  benign:
    'A release that changes what agents call: several agents then take up the action, and what peers did before weighs less.',
  triage:
    'Compare the calls with what the task was asked to do. A first export, share or change of rights without a ticket that explains it: stop the task.',
  techniques: ['T1078.004'],
  defaults: { minimum_tasks: 10, adopted_tasks: 3, maximum_probability: 0.1 },
  columns: {
    capability: 'VARCHAR',
    level: 'VARCHAR',
    succeeded: 'BOOLEAN',
    history_count: 'BIGINT',
    earlier_count: 'BIGINT',
    probability: 'DOUBLE',
    fleet_count: 'BIGINT',
    peer_count: 'BIGINT',
    call_count: 'BIGINT',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: LEARNING_AGENTS,
  claim: (row) => {
    const capability = row.capability ?? '';
    const sensitive = isSensitive(capability);
    const top = sensitive ? 'high' : (ORDINARY[capability] ?? 'informational');
    const steps =
      (row.succeeded ? 0 : attemptSteps(sensitive, row.actions)) +
      elsewhereSteps(row, sensitive) +
      (top === 'medium' && row.probability > RARE ? 1 : 0);
    const severity = lowerBy(top, steps);
    return {
      about: capability,
      severity,
      confidence: confidenceOf(severity, row.probability) * row.attribution_confidence,
      title: `${someOf(row.actions, 2)} is new to ${row.agent_id}: ${capability}`,
      explanation:
        `task ${row.task_id} (${row.task_type}) of ${row.agent_id} ${row.succeeded ? 'called' : 'tried'} ` +
        `${someOf(row.actions, 3)} (${capability}): ${before(row)}; ${elsewhere(row)}. ` +
        `${times(row.call_count, 'call')}${row.succeeded ? '' : ', none succeeded'}, first at ${instant(row.first_seen)}.`,
      baseline: {
        level: row.level === 'agent' ? 'agent' : 'peers',
        tasks: Number(row.history_count),
      },
      techniques: techniquesOf(capability),
      response: { kind: 'task', targets: row.task_role_arns },
    };
  },
});

interface History {
  level: string | null;
  history_count: bigint;
  earlier_count: bigint;
  probability: number;
  fleet_count: bigint;
  peer_count: bigint;
}

/** Several different attempts are no longer a slip. */
function attemptSteps(sensitive: boolean, actions: readonly string[]): number {
  return sensitive && actions.length < 3 ? 2 : 1;
}

/** What one's peers do is no news; what anyone does, only where little is known or little is at stake. */
function elsewhereSteps(row: History, sensitive: boolean): number {
  const isYoung = row.probability > SMALL_HISTORY;
  if (row.peer_count > 0n) return isYoung ? 2 : 1;
  return row.fleet_count > 0n && (isYoung || !sensitive) ? 1 : 0;
}

function confidenceOf(severity: Severity, probability: number): number {
  const base = { critical: 0.95, high: 0.95, medium: 0.5, low: 0.1, informational: 0.03 }[severity];
  return base * (1 - probability);
}

function before({ level, history_count, earlier_count }: History): string {
  const whose = level === 'agent' ? 'its' : 'the type’s';
  const count = earlier_count === 0n ? 'none' : earlier_count;
  return `${count} of ${whose} ${times(history_count, 'earlier task')} did`;
}

function elsewhere({ fleet_count, peer_count }: History): string {
  if (fleet_count === 0n) return 'nor did another agent';
  return `${times(fleet_count, 'other agent')} did, ${peer_count} of them in such tasks`;
}
