export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether `severity` is `floor` or worse. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}

/** The history a finding was judged against. */
export interface BaselineReference {
  level: 'task-type' | 'agent' | 'peers' | 'fleet' | 'none';
  /** How many earlier tasks that level held. */
  tasks: number;
}

/** What proves a finding: the events, and the query that finds them again on the store. */
export interface Evidence {
  eventIds: string[];
  actions: string[];
  sql: string;
}

/** A claim about a task, a session or a principal. */
export interface Finding {
  /** Stable: detector, subject and what it is about. A rerun updates a finding, never doubles it. */
  id: string;
  detector: string;
  severity: Severity;
  /** 0..1, calibrated: of findings at 0.9, nine in ten are right. */
  confidence: number;
  title: string;
  explanation: string;
  agentId: string | null;
  taskId: string | null;
  taskType: string | null;
  onBehalfOf: string | null;
  accessKeyIds: string[];
  roleArns: string[];
  accountIds: string[];
  regions: string[];
  /** ISO 8601, UTC. */
  firstSeen: string;
  lastSeen: string;
  evidence: Evidence;
  baseline: BaselineReference | null;
  /** ATT&CK technique ids. */
  techniques: string[];
  /** What this trail could not have shown. */
  visibility: string[];
  /** What `revoke` would do. */
  response: { kind: string; targets: string[] } | null;
}

/** What one detector could and could not do on this store: missing data is not innocence. */
export interface DetectorState {
  id: string;
  status: 'ran' | 'learning' | 'not-available' | 'disabled';
  /** Why it did less than it can; null when it ran in full. */
  reason: string | null;
}
