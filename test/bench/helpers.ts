import type { Alert } from '../../bench/detection/alert.ts';
import type { Call, Incident } from '../../bench/detection/match.ts';
import type { IncidentTruth, TaskTruth, Truth } from '../../fixtures/fleet/truth.ts';

const MINUTE = (at: number) => `2026-09-01T10:${String(at).padStart(2, '0')}:00.000Z`;

/** A call of task T-1 of schema-bot, `at` minutes past ten. */
export function call(eventId: string, at: number, fields: Partial<Call> = {}): Call {
  return {
    eventId,
    action: 'rds:StartExportTask',
    capability: 'export',
    at: MINUTE(at),
    agentId: 'schema-bot',
    taskId: 'T-1',
    accessKeyId: 'ASIASCHEMA1',
    sharedEventId: null,
    ...fields,
  };
}

export function incident(
  calls: readonly Call[],
  badIds: readonly string[],
  fields: Partial<IncidentTruth> = {},
): Incident {
  const ids = new Set(badIds);
  const bad = calls.filter(({ eventId }) => ids.has(eventId));
  const truth: IncidentTruth = {
    id: 'incident-01',
    kind: 'database-export',
    variant: 'schema-update',
    agentId: 'schema-bot',
    taskId: 'T-1',
    tasks: [{ agentId: 'schema-bot', taskId: 'T-1' }],
    principalArn: null,
    accessKeyIds: ['ASIASCHEMA1'],
    firstBadAt: bad[0]?.at ?? '',
    lastBadAt: bad.at(-1)?.at ?? '',
    eventIds: badIds,
    description: '',
    expectedDetectors: ['task-scope'],
    ...fields,
  };
  return { truth, calls, bad, badIds: ids };
}

/** A finding of medium or above on task T-1, active from 10:00 to 10:30. */
export function alert(fields: Partial<Alert> = {}): Alert {
  return {
    by: 'task-scope',
    score: 3.5,
    isRaised: true,
    confidence: 0.5,
    isGrave: true,
    agentId: 'schema-bot',
    taskId: 'T-1',
    accessKeyIds: [],
    eventIds: [],
    actions: [],
    firstSeen: MINUTE(0),
    lastSeen: MINUTE(30),
    ...fields,
  };
}

export function task(taskId: string, label: TaskTruth['label']): TaskTruth {
  return {
    agentId: 'schema-bot',
    taskId,
    taskType: 'schema-update',
    onBehalfOf: null,
    startedAt: MINUTE(0),
    endedAt: MINUTE(30),
    label,
    note: null,
    accessKeyIds: [`ASIASCHEMA${taskId.slice(2)}`],
    eventCount: 5,
  };
}

export function truthOf(incidents: readonly Incident[], tasks: readonly TaskTruth[]): Truth {
  return {
    seed: 5,
    start: MINUTE(0),
    days: 1,
    agents: [],
    tasks,
    incidents: incidents.map(({ truth }) => truth),
    counts: {
      files: 0,
      records: 0,
      duplicates: 0,
      crossAccountCopies: 0,
      late: 0,
      agentEvents: 0,
      backgroundEvents: 0,
    },
  };
}
