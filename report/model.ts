import type { DetectorState, Finding, Severity } from '../detect/finding.ts';

/** Version of the JSON report; `report/report.schema.json` describes it. */
export const SCHEMA_VERSION = '1.0';

/** The findings of one task (or, without a task, one principal), ranked together. */
export interface Incident {
  /** Stable: agent and task, or principal. */
  id: string;
  severity: Severity;
  /** The gravest finding's confidence. */
  confidence: number;
  title: string;
  agentId: string | null;
  taskId: string | null;
  taskType: string | null;
  onBehalfOf: string | null;
  /** The role or user, where no task is known. */
  principal: string | null;
  firstSeen: string;
  lastSeen: string;
  /** Gravest first. */
  findingIds: string[];
}

/** Law 2: `recordsRead = eventsStored + duplicates + deadLetters`, over all objects of the store. */
export interface Reconciliation {
  objects: number;
  recordsRead: number;
  eventsStored: number;
  duplicates: number;
  deadLetters: number;
}

/** What the trail shows and what it cannot show (law 7). */
export interface Coverage {
  events: number;
  attributedEvents: number;
  /** Events an agent is known for, by attribution method; methods without events are absent. */
  byMethod: Record<string, number>;
  agents: number;
  tasks: number;
  sessions: number;
  accounts: string[];
  regions: string[];
  /** Services of which data events (S3 objects, Lambda invocations, …) are in the store. */
  dataEventServices: string[];
  detectors: DetectorState[];
  notes: string[];
}

export interface Report {
  schemaVersion: typeof SCHEMA_VERSION;
  /** Activity reported on, ISO 8601 UTC; null where the store is empty. */
  window: { since: string | null; until: string | null };
  reconciliation: Reconciliation;
  coverage: Coverage;
  /** Gravest first. */
  incidents: Incident[];
  /** Gravest first, then surest, then by id. */
  findings: Finding[];
}
