import type {
  BaselineAction,
  BaselinePlace,
  BaselineProfile,
  BaselineResources,
  BaselineStep,
  PeerAction,
  Quantiles,
} from '../report/baseline.ts';
import type { Row } from '../store/connection.ts';
import { isoOrNull } from './cells.ts';

/** What the queries gave for all profiles of an agent; `task_type` is null in rows of all its tasks. */
export interface ProfileRows {
  profiles: readonly Row[];
  actions: readonly Row[];
  places: readonly Row[];
  resources: readonly Row[];
  newResources: readonly Row[];
  steps: readonly Row[];
}

export function profileOf(all: ProfileRows, taskType: string | null): BaselineProfile {
  const of = (rows: readonly Row[]) => rows.filter((row) => row['task_type'] === taskType);
  const [row = {}] = of(all.profiles);
  const [{ new_count = 0 } = {}] = of(all.newResources);
  const actions = of(all.actions).map(actionOf);
  const places = of(all.places);
  const placesOf = (kind: string) => places.filter((place) => place['kind'] === kind).map(placeOf);
  const taskCount = Number(row['task_count'] ?? 0);
  return {
    taskCount,
    since: isoOrNull(row['since']),
    until: isoOrNull(row['until']),
    eventsPerTask: quantilesOf(row['events_per_task']),
    secondsPerTask: quantilesOf(row['seconds_per_task']),
    sessionsPerTask: quantilesOf(row['sessions_per_task']),
    callCount: actions.reduce((sum, { callCount }) => sum + callCount, 0),
    deniedCount: actions.reduce((sum, { deniedCount }) => sum + deniedCount, 0),
    newResourcesPerTask: taskCount < 2 ? null : Number(new_count) / (taskCount - 1),
    places: {
      regions: placesOf('region'),
      accounts: placesOf('account'),
      networks: placesOf('network'),
      services: placesOf('service'),
      clients: placesOf('client'),
    },
    actions,
    resources: resourcesOf(of(all.resources)),
    steps: of(all.steps).map(stepOf),
  };
}

export function peerActionOf(row: Row): PeerAction {
  return {
    action: String(row['action']),
    capability: row['capability'] as PeerAction['capability'],
    agentCount: Number(row['agent_count']),
    taskCount: Number(row['task_count']),
  };
}

function actionOf(row: Row): BaselineAction {
  return {
    action: String(row['action']),
    capability: row['capability'] as BaselineAction['capability'],
    taskCount: Number(row['task_count']),
    callCount: Number(row['call_count']),
    deniedCount: Number(row['denied_count']),
  };
}

function placeOf(row: Row): BaselinePlace {
  return { name: String(row['name']), taskCount: Number(row['task_count']) };
}

/** Rows of one capability stand together. */
function resourcesOf(rows: readonly Row[]): BaselineResources[] {
  const all = new Map<unknown, BaselineResources>();
  for (const row of rows) {
    const resources = all.get(row['capability']) ?? {
      capability: row['capability'] as BaselineResources['capability'],
      resourceCount: Number(row['resource_count']),
      top: [],
    };
    resources.top.push({ name: String(row['resource']), taskCount: Number(row['task_count']) });
    all.set(row['capability'], resources);
  }
  return [...all.values()];
}

function stepOf(row: Row): BaselineStep {
  return {
    fromAction: String(row['from_action']),
    toAction: String(row['to_action']),
    taskCount: Number(row['task_count']),
    transitionCount: Number(row['transition_count']),
  };
}

function quantilesOf(value: unknown): Quantiles | null {
  if (!Array.isArray(value)) return null;
  const [p10, median, p90] = value.map(Number);
  return p10 === undefined || median === undefined || p90 === undefined
    ? null
    : { p10, median, p90 };
}
