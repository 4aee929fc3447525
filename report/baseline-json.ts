import type {
  Baseline,
  BaselineAction,
  BaselinePlace,
  BaselineProfile,
  BaselineResources,
  BaselineStep,
  BaselineTaskType,
  LearningDetector,
  PeerAction,
  Quantiles,
  SetAsideTask,
} from './baseline.ts';
import { jsonText } from './json-text.ts';

/** Keys in the order of `Baseline`, whoever built the objects. */
export function baselineJson(baseline: Baseline): string {
  const ordered: Baseline = {
    agentId: baseline.agentId,
    seenTasks: baseline.seenTasks,
    setAside: baseline.setAside.map(
      ({ taskId, taskType, severity, title }): SetAsideTask => ({
        taskId,
        taskType,
        severity,
        title,
      }),
    ),
    learning: baseline.learning.map(
      ({ id, minimumTasks, lackingTasks }): LearningDetector => ({
        id,
        minimumTasks,
        lackingTasks,
      }),
    ),
    profile: orderedProfile(baseline.profile),
    taskTypes: baseline.taskTypes.map(orderedType),
  };
  return `${jsonText(ordered, 2)}\n`;
}

function orderedType({ taskType, profile, peers }: BaselineTaskType): BaselineTaskType {
  const { agentCount, taskCount, actions } = peers;
  return {
    taskType,
    profile: orderedProfile(profile),
    peers: { agentCount, taskCount, actions: actions.map(orderedPeerAction) },
  };
}

function orderedProfile(profile: BaselineProfile): BaselineProfile {
  const { places } = profile;
  return {
    taskCount: profile.taskCount,
    since: profile.since,
    until: profile.until,
    eventsPerTask: orderedQuantiles(profile.eventsPerTask),
    secondsPerTask: orderedQuantiles(profile.secondsPerTask),
    sessionsPerTask: orderedQuantiles(profile.sessionsPerTask),
    callCount: profile.callCount,
    deniedCount: profile.deniedCount,
    newResourcesPerTask: profile.newResourcesPerTask,
    places: {
      regions: places.regions.map(orderedPlace),
      accounts: places.accounts.map(orderedPlace),
      networks: places.networks.map(orderedPlace),
      services: places.services.map(orderedPlace),
      clients: places.clients.map(orderedPlace),
    },
    actions: profile.actions.map(orderedAction),
    resources: profile.resources.map(
      ({ capability, resourceCount, top }): BaselineResources => ({
        capability,
        resourceCount,
        top: top.map(orderedPlace),
      }),
    ),
    steps: profile.steps.map(
      ({ fromAction, toAction, taskCount, transitionCount }): BaselineStep => ({
        fromAction,
        toAction,
        taskCount,
        transitionCount,
      }),
    ),
  };
}

function orderedQuantiles(quantiles: Quantiles | null): Quantiles | null {
  return quantiles && { p10: quantiles.p10, median: quantiles.median, p90: quantiles.p90 };
}

function orderedPlace({ name, taskCount }: BaselinePlace): BaselinePlace {
  return { name, taskCount };
}

function orderedAction(all: BaselineAction): BaselineAction {
  const { action, capability, taskCount, callCount, deniedCount } = all;
  return { action, capability, taskCount, callCount, deniedCount };
}

function orderedPeerAction({ action, capability, agentCount, taskCount }: PeerAction): PeerAction {
  return { action, capability, agentCount, taskCount };
}
