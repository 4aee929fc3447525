import type { Severity } from '../detect/finding.ts';
import type { Capability } from '../store/capabilities/classes.ts';

/** Of a number per task: nine in ten tasks have `p10` or more, half have `median` or more, one in ten more than `p90`. */
export interface Quantiles {
  p10: number;
  median: number;
  p90: number;
}

export interface BaselineAction {
  action: string;
  capability: Capability;
  /** Tasks in which it occurs. */
  taskCount: number;
  callCount: number;
  deniedCount: number;
}

/** A region, an account, a network, a client; and in how many tasks. */
export interface BaselinePlace {
  name: string;
  taskCount: number;
}

interface BaselinePlaces {
  regions: BaselinePlace[];
  accounts: BaselinePlace[];
  /** IPv4 /24, IPv6 /48, or a VPC endpoint. */
  networks: BaselinePlace[];
  /** AWS services that called in the agent's name. */
  services: BaselinePlace[];
  clients: BaselinePlace[];
}

/** The resources that tasks use most by one capability. */
export interface BaselineResources {
  capability: Capability;
  /** All that tasks used, not only those shown. */
  resourceCount: number;
  top: BaselinePlace[];
}

/** One step after another, reads and repetitions left out. */
export interface BaselineStep {
  fromAction: string;
  toAction: string;
  taskCount: number;
  transitionCount: number;
}

/** What is normal, from how many tasks, and since when. Times are ISO 8601 in UTC, null where no task is normal. */
export interface BaselineProfile {
  /** Tasks without a finding of medium or above: they teach. */
  taskCount: number;
  since: string | null;
  until: string | null;
  eventsPerTask: Quantiles | null;
  secondsPerTask: Quantiles | null;
  sessionsPerTask: Quantiles | null;
  callCount: number;
  deniedCount: number;
  /** Resources of a task that no earlier one used, on average; null for fewer than two tasks. */
  newResourcesPerTask: number | null;
  places: BaselinePlaces;
  /** Most frequent first. */
  actions: BaselineAction[];
  resources: BaselineResources[];
  steps: BaselineStep[];
}

export interface PeerAction {
  action: string;
  capability: Capability;
  agentCount: number;
  taskCount: number;
}

/** Other agents with tasks of the type, and what they do that this agent does not. */
export interface BaselinePeers {
  agentCount: number;
  taskCount: number;
  actions: PeerAction[];
}

export interface BaselineTaskType {
  taskType: string;
  profile: BaselineProfile;
  peers: BaselinePeers;
}

/** A task that does not teach: what was found deviant is not normal. */
export interface SetAsideTask {
  taskId: string;
  taskType: string;
  severity: Severity;
  title: string;
}

/** A detector that has too few of the agent's tasks to judge it by. */
export interface LearningDetector {
  id: string;
  minimumTasks: number;
  lackingTasks: number;
}

export interface Baseline {
  agentId: string;
  /** All its tasks, those set aside too. */
  seenTasks: number;
  setAside: SetAsideTask[];
  learning: LearningDetector[];
  /** Of all task types together. */
  profile: BaselineProfile;
  taskTypes: BaselineTaskType[];
}
