import type { IncidentTruth, TaskTruth, Truth } from '../../fixtures/fleet/truth.ts';
import type { Alert } from './alert.ts';

/** A call of an incident, or of the task or key it happened in; as the store has it. */
export interface Call {
  readonly eventId: string;
  readonly action: string;
  readonly capability: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly accessKeyId: string | null;
  /** The same on both copies of a cross-account call. */
  readonly sharedEventId: string | null;
}

/** One incident with its calls, in order of time. */
export interface Incident {
  readonly truth: IncidentTruth;
  /** Those of its tasks, or of its keys where it has none; the bad ones among them. */
  readonly calls: readonly Call[];
  readonly bad: readonly Call[];
  readonly badIds: ReadonlySet<string>;
}

export type Place = 'benign' | 'hard-benign' | 'incident' | 'elsewhere';

/**
 * Whether the alert is right about the incident. It is when a bad call is among the events it shows. It is,
 * too, when it is about a task of the incident or one of its keys, comes from a detector that should see such
 * an incident, names an action of a bad call, and was active while the incident was: evidence is cut off after its
 * first events. An alert on a task as a whole shows none: it is right when anything bad happened there.
 */
export function isRight(alert: Alert, { truth, bad, badIds }: Incident): boolean {
  const { eventIds } = alert;
  if (eventIds === null) return isAbout(alert, truth) || bad.some((call) => isIn(alert, call));
  if (eventIds.some((id) => badIds.has(id))) return true;
  return (
    truth.expectedDetectors.includes(alert.by) &&
    isAbout(alert, truth) &&
    bad.some(({ action }) => alert.actions.includes(action)) &&
    Date.parse(alert.firstSeen) <= Date.parse(truth.lastBadAt) &&
    Date.parse(alert.lastSeen) >= Date.parse(truth.firstBadAt)
  );
}

function isAbout(alert: Alert, { tasks, accessKeyIds }: IncidentTruth): boolean {
  const isItsTask = tasks.some((task) => isSameTask(task, alert));
  return isItsTask || alert.accessKeyIds.some((key) => accessKeyIds.includes(key));
}

function isIn(alert: Alert, call: Call): boolean {
  return alert.taskId !== null && isSameTask(call, alert);
}

export function isSameTask(
  a: Pick<Alert, 'agentId' | 'taskId'>,
  b: Pick<Alert, 'agentId' | 'taskId'>,
): boolean {
  return a.agentId === b.agentId && a.taskId === b.taskId;
}

/** Where an alert is raised: on what kind of task, or outside any. */
export function placer({ tasks }: Truth): (alert: Alert) => Place {
  const byTask = new Map(tasks.map((task) => [nameOf(task.agentId, task.taskId), task]));
  const byKey = new Map(
    tasks.flatMap((task) => task.accessKeyIds.map((key): [string, TaskTruth] => [key, task])),
  );
  return ({ agentId, taskId, accessKeyIds }) => {
    const key = accessKeyIds.find((one) => byKey.has(one)) ?? '';
    const task = byTask.get(nameOf(agentId, taskId)) ?? byKey.get(key);
    return task?.label ?? 'elsewhere';
  };
}

function nameOf(agentId: string | null, taskId: string | null): string {
  return JSON.stringify([agentId, taskId]);
}
