import { type Finding, isAtLeast, SEVERITIES } from '../../detect/finding.ts';
import { iso } from '../../readers/cells.ts';
import type { Row } from '../../store/connection.ts';

/** What a method raises, in the terms that are compared: one of our findings, or a comparator's hit. */
export interface Alert {
  /** The detector, or the rule. */
  readonly by: string;
  /** By which the method ranks its own; the higher, the graver. */
  readonly score: number;
  /** Whether the method raises it at its natural threshold; ours is severity medium. */
  readonly isRaised: boolean;
  /** How sure it says it is, 0..1, where it says so. */
  readonly confidence: number | null;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly accessKeyIds: readonly string[];
  /** The events it shows as proof; null where it judges a task as a whole and shows none. */
  readonly eventIds: readonly string[] | null;
  readonly actions: readonly string[];
  /** ISO 8601, UTC. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** high or critical, where it grades. */
  readonly isGrave: boolean;
}

/** A report ranks by severity, then by confidence: so does the score. */
export function alertOf(finding: Finding): Alert {
  const { severity, confidence, agentId, taskId, accessKeyIds, evidence } = finding;
  return {
    by: finding.detector,
    score: SEVERITIES.indexOf(severity) + 0.99 * confidence,
    isRaised: isAtLeast(severity, 'medium'),
    confidence,
    agentId,
    taskId,
    accessKeyIds,
    eventIds: evidence.eventIds,
    actions: evidence.actions,
    firstSeen: finding.firstSeen,
    lastSeen: finding.lastSeen,
    isGrave: isAtLeast(severity, 'high'),
  };
}

/** What is fused of all findings on a task judges the task as a whole. */
export function fusedAlertOf(row: Row): Alert {
  return {
    by: 'fused',
    score: Number(row['score']),
    isRaised: true,
    confidence: Number(row['probability']),
    agentId: String(row['agent_id']),
    taskId: String(row['task_id']),
    accessKeyIds: [],
    eventIds: null,
    actions: [],
    firstSeen: iso(row['started_at']),
    lastSeen: iso(row['ended_at']),
    isGrave: false,
  };
}
