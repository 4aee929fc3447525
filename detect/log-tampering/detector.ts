import { loadSql } from '../../store/sql.ts';
import { AGENT_MARKS } from '../agent-marks.ts';
import { lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import { isAtLeast, SEVERITIES, type Severity } from '../finding.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

interface Loss {
  severity: Severity;
  /** What the call did, after "it". */
  what: string;
  technique: string;
}

/** By what the owner no longer sees once the call succeeded. */
const LOSSES: Readonly<Record<string, Loss>> = {
  'trail-off': { severity: 'critical', what: 'stopped the trail', technique: 'T1562.008' },
  'trail-diverted': {
    severity: 'high',
    what: 'sent the trail to another bucket',
    technique: 'T1562.008',
  },
  'trail-narrowed': { severity: 'high', what: 'narrowed the trail', technique: 'T1562.008' },
  'detection-off': {
    severity: 'high',
    what: 'switched threat detection off',
    technique: 'T1562.001',
  },
  'recorder-off': {
    severity: 'high',
    what: 'stopped the configuration recorder',
    technique: 'T1562.008',
  },
  'network-log-off': { severity: 'high', what: 'removed network logs', technique: 'T1562.008' },
  'audit-log-erased': { severity: 'high', what: 'erased an audit log', technique: 'T1070' },
  'detection-muted': { severity: 'medium', what: 'muted detections', technique: 'T1562.001' },
  'log-erased': { severity: 'medium', what: 'erased a log', technique: 'T1070' },
  'log-cut-off': {
    severity: 'medium',
    what: 'cut a log off from its reader',
    technique: 'T1562.008',
  },
  'alarm-off': { severity: 'low', what: 'switched an alarm off', technique: 'T1562.001' },
  attempt: {
    severity: 'medium',
    what: 'changed what is logged or detected',
    technique: 'T1562.008',
  },
};

export const logTampering = defineDetector({
  id: 'log-tampering',
  finds:
    'An agent, or a session on an agents’ role, that stops or narrows a log, erases one, or switches detection off.',
  misses:
    'People and services: only agents, agents’ roles and sessions with an agent’s mark are judged. Logs that a service removes in the agent’s name (a stack). Data events that are dropped while all management events stay; objects deleted in batches, whose names CloudTrail leaves out; expiry by a lifecycle rule.',
  benign:
    'A clean-up of log groups or alarms that nobody needs; what the same task made itself is left out. An agent whose job it is: allow it in its scope, and it weighs two steps less.',
  triage:
    'Switch the log or detector on again first, from another principal. Then read what the agent did just before and what is missing since: that is what was to be hidden.',
  techniques: ['T1562.008', 'T1562.001', 'T1070'],
  defaults: {
    agent_marks: AGENT_MARKS,
    /** Names of log groups that others audit by. */
    audit_logs: [
      '*cloudtrail*',
      '*audit*',
      '*flow-log*',
      '*flowlog*',
      '*guardduty*',
      'aws-waf-logs*',
      '*route53*',
      '/aws/eks/*/cluster',
    ],
    /** Kept no longer than this, a log is as good as erased. */
    short_retention_days: 1,
    /** Of a role, before it counts as one that agents use. */
    minimum_tagged_sessions: 3,
    minimum_tagged_share: 0.5,
  },
  columns: {
    subject_arn: 'VARCHAR',
    losses: 'VARCHAR[]',
    attempts: 'VARCHAR[]',
    is_allowed: 'BOOLEAN',
    call_count: 'BIGINT',
    succeeded_count: 'BIGINT',
    attribution_confidence: 'DOUBLE',
    task_role_arns: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const { severity: worst, losses, succeeded } = worstOf(row);
    const severity = lowerBy(worst, row.is_allowed ? 2 : 0);
    const done = losses.slice(0, 3).map(({ what }) => what);
    const scope = row.is_allowed ? 'Its scope allows it. ' : '';
    return {
      about: row.subject_arn ?? 'logs',
      severity,
      confidence: confidenceOf(severity, succeeded) * row.attribution_confidence,
      title: `${row.agent_id ?? nameOf(row.subject_arn)} ${succeeded ? '' : 'tried what would have '}${done[0]}`,
      explanation:
        `${whoseOf(row)} called ${someOf(row.actions, 4)}, ${succeeded ? 'and so' : 'which would have'} ` +
        `${new Intl.ListFormat('en-GB').format(done)}. ` +
        `${scope}${times(row.call_count, 'call')}${outcomeOf(row)}, first at ${instant(row.first_seen)}.`,
      techniques: [...new Set(losses.map(({ technique }) => technique))],
      response: responseOf(row),
    };
  },
});

interface Row {
  agent_id: string | null;
  task_id: string | null;
  task_type: string | null;
  subject_arn: string | null;
  access_key_ids: string[];
  task_role_arns: string[];
  losses: readonly string[];
  attempts: readonly string[];
  call_count: bigint;
  succeeded_count: bigint;
}

/** A denied attempt leaves the log as it was. */
function worstOf(row: Row): { severity: Severity; losses: Loss[]; succeeded: boolean } {
  const losses = gravestFirst(row.losses);
  const attempts = gravestFirst(row.attempts);
  const tried = lowerBy(attempts[0]?.severity ?? 'informational', 2);
  const done = losses[0]?.severity;
  return done && isAtLeast(done, tried)
    ? { severity: done, losses, succeeded: true }
    : { severity: tried, losses: attempts, succeeded: false };
}

function gravestFirst(kinds: readonly string[]): Loss[] {
  const losses = kinds.flatMap((kind) => LOSSES[kind] ?? []);
  const rank = ({ severity }: Loss) => SEVERITIES.indexOf(severity);
  return losses.sort((a, b) => rank(b) - rank(a));
}

function confidenceOf(severity: Severity, succeeded: boolean): number {
  if (succeeded && isAtLeast(severity, 'high')) return 0.95;
  if (!isAtLeast(severity, 'medium')) return 0.1;
  return succeeded ? 0.6 : 0.5;
}

function whoseOf({ agent_id, task_id, task_type, subject_arn }: Row): string {
  if (agent_id === null) return `${subject_arn}, without agent tags,`;
  return `${task_id === null ? 'work without a task' : `task ${task_id}`} (${task_type}) of ${agent_id}`;
}

function outcomeOf({ call_count, succeeded_count }: Row): string {
  if (succeeded_count === call_count) return '';
  return succeeded_count > 0n ? `, ${succeeded_count} succeeded` : ', none succeeded';
}

function responseOf({ task_id, access_key_ids, task_role_arns }: Row) {
  if (task_id !== null) return { kind: 'task', targets: task_role_arns };
  const isLongTerm = access_key_ids.some((key) => key.startsWith('AKIA'));
  return { kind: isLongTerm ? 'access-key' : 'session', targets: access_key_ids };
}
