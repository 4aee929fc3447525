import type { Config } from '../config/config.ts';
import { didYouMean } from '../config/nearest.ts';
import type { Severity } from '../detect/finding.ts';
import { DETECTORS } from '../detect/registry.ts';
import type {
  Baseline,
  BaselinePeers,
  LearningDetector,
  SetAsideTask,
} from '../report/baseline.ts';
import type { Params, Queryable, Row } from '../store/connection.ts';
import { KnownError } from '../store/errors.ts';
import { printable } from '../store/printable.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { type ProfileRows, peerActionOf, profileOf } from './baseline-profile.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));
const AGENTS = load('baseline-agents');
const PROFILES = load('baseline-profiles');
const ACTIONS = load('baseline-actions');
const PLACES = load('baseline-places');
const RESOURCES = load('baseline-resources');
const NEW_RESOURCES = load('baseline-new-resources');
const STEPS = load('baseline-steps');
const PEERS = load('baseline-peers');
const PEER_ACTIONS = load('baseline-peer-actions');
const SET_ASIDE = load('baseline-set-aside');

/** Of each capability. */
const RESOURCES_SHOWN = 3;
const STEPS_SHOWN = 5;

/** What is normal for an agent and for each of its task types, or for the one that is named. */
export async function readBaseline(
  store: Queryable,
  config: Config,
  agent_id: string,
  taskType: string | null,
): Promise<Baseline> {
  await requireAgent(store, agent_id);
  const profiles = await store.rows(PROFILES, { agent_id });
  const types = profiles.flatMap((row) => row['task_type'] ?? []).map(String);
  if (taskType !== null && !types.includes(taskType)) throw unknownType(agent_id, taskType, types);
  const rowsOf = (sql: Sql, params: Params = {}) => store.rows(sql, { agent_id, ...params });
  const rows: ProfileRows = {
    profiles,
    actions: await rowsOf(ACTIONS),
    places: await rowsOf(PLACES),
    resources: await rowsOf(RESOURCES, { shown: RESOURCES_SHOWN }),
    newResources: await rowsOf(NEW_RESOURCES),
    steps: await rowsOf(STEPS, { shown: STEPS_SHOWN }),
  };
  const peers = await rowsOf(PEERS);
  const peerActions = await rowsOf(PEER_ACTIONS);
  const seenTasks = Number(profiles[0]?.['seen_count'] ?? 0);
  return {
    agentId: agent_id,
    seenTasks,
    setAside: (await rowsOf(SET_ASIDE)).map(setAsideOf),
    learning: learningOf(config, seenTasks),
    profile: profileOf(rows, null),
    taskTypes: types
      .filter((type) => taskType === null || type === taskType)
      .map((type) => ({
        taskType: type,
        profile: profileOf(rows, type),
        peers: peersOf(peers, peerActions, type),
      })),
  };
}

/** Detectors count all of an agent's tasks, whatever was found in them. */
function learningOf(config: Config, seenTasks: number): LearningDetector[] {
  return DETECTORS.flatMap(({ id, defaults }) => {
    const settings = config.detectors[id];
    const minimumTasks = settings?.parameters['minimum_tasks'] ?? defaults['minimum_tasks'];
    if (settings?.enabled === false || typeof minimumTasks !== 'number') return [];
    const lackingTasks = minimumTasks - seenTasks;
    return lackingTasks > 0 ? [{ id, minimumTasks, lackingTasks }] : [];
  });
}

function peersOf(counts: readonly Row[], actions: readonly Row[], taskType: string): BaselinePeers {
  const count = counts.find((row) => row['task_type'] === taskType);
  return {
    agentCount: Number(count?.['agent_count'] ?? 0),
    taskCount: Number(count?.['task_count'] ?? 0),
    actions: actions.filter((row) => row['task_type'] === taskType).map(peerActionOf),
  };
}

function setAsideOf(row: Row): SetAsideTask {
  return {
    taskId: String(row['task_id']),
    taskType: String(row['task_type']),
    severity: row['severity'] as Severity,
    title: String(row['title']),
  };
}

async function requireAgent(store: Queryable, agent_id: string): Promise<void> {
  const agents = (await store.rows(AGENTS)).map((row) => String(row['agent_id']));
  if (agents.includes(agent_id)) return;
  const guess = didYouMean(agent_id, agents.map(printable));
  throw new KnownError(`${printable(agent_id)}: no such agent${guess}`, {
    hint: 'agenttrail inventory lists the agents; ids are compared with case',
  });
}

function unknownType(agent_id: string, taskType: string, types: readonly string[]): KnownError {
  const names = types.map(printable);
  const guess = didYouMean(taskType, names);
  return new KnownError(
    `${printable(taskType)}: no task type of agent ${printable(agent_id)}${guess}`,
    { hint: names.length === 0 ? 'no task of it is known' : `it has ${names.join(', ')}` },
  );
}
