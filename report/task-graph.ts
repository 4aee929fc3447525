import type { Severity } from '../detect/finding.ts';
import type { Capability } from '../store/capabilities/classes.ts';

/** One set of temporary credentials of the task. Times are ISO 8601 in UTC. */
export interface GraphSession {
  accessKeyId: string;
  /** The session that issued this one; null where it is not known, or not of this task. */
  parentAccessKeyId: string | null;
  roleArn: string | null;
  roleSessionName: string | null;
  sourceIdentity: string | null;
  issuedAt: string | null;
  firstUsedAt: string | null;
  lastUsedAt: string | null;
  eventCount: number;
  errorCount: number;
}

/** One action in one region. */
export interface GraphAction {
  action: string;
  capability: Capability;
  region: string;
  eventCount: number;
  errorCount: number;
  firstTime: string;
  lastTime: string;
  bytesOut: number;
}

/** How often one action followed another, in time order. */
export interface GraphEdge {
  fromAction: string;
  toAction: string;
  transitionCount: number;
}

export interface GraphResource {
  /** ARN or typed id. */
  resource: string;
  capability: Capability;
  eventCount: number;
}

export interface GraphFinding {
  id: string;
  severity: Severity;
  title: string;
  /** The actions that are its evidence. */
  actions: string[];
}

/** What one task did: who, with which credentials, which actions in which order, on what. */
export interface TaskGraph {
  agentId: string | null;
  taskId: string;
  taskType: string | null;
  onBehalfOf: string | null;
  startedAt: string;
  endedAt: string;
  sessions: GraphSession[];
  actions: GraphAction[];
  edges: GraphEdge[];
  resources: GraphResource[];
  /** Gravest first. */
  findings: GraphFinding[];
}
