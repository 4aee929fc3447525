import type { IncidentTruth } from '../../fixtures/fleet/truth.ts';
import { iso, text } from '../../readers/cells.ts';
import type { Queryable, Row } from '../../store/connection.ts';
import { loadSql } from '../../store/sql.ts';
import { type Call, type Incident, isSameTask } from './match.ts';

const CALLS = loadSql(new URL('calls.sql', import.meta.url));

/** The incidents of the truth with their calls as the store has them. */
export async function readIncidents(
  store: Queryable,
  truths: readonly IncidentTruth[],
): Promise<Incident[]> {
  const rows = await store.rows(CALLS, {
    event_ids: JSON.stringify(truths.flatMap(({ eventIds }) => eventIds)),
    tasks: JSON.stringify(truths.flatMap(({ tasks }) => tasks)),
    keys: JSON.stringify(truths.flatMap(({ accessKeyIds }) => accessKeyIds)),
  });
  const calls = rows.map(callOf);
  return truths.map((truth) => {
    const ids = new Set(truth.eventIds);
    const bad = calls.filter(({ eventId }) => ids.has(eventId));
    const around = calls.filter((call) => ids.has(call.eventId) || isOf(truth, call));
    return { truth, badIds: ids, bad, calls: around };
  });
}

function isOf({ tasks, accessKeyIds }: IncidentTruth, call: Call): boolean {
  return tasks.length === 0
    ? call.accessKeyId !== null && accessKeyIds.includes(call.accessKeyId)
    : tasks.some((task) => isSameTask(task, call));
}

function callOf(row: Row): Call {
  return {
    eventId: String(row['event_id']),
    action: String(row['action']),
    capability: text(row['capability']),
    at: iso(row['event_time']),
    agentId: text(row['agent_id']),
    taskId: text(row['task_id']),
    accessKeyId: text(row['access_key_id']),
    sharedEventId: text(row['shared_event_id']),
  };
}
