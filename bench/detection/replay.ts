import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type FleetOptions, simulateFleet } from '../../fixtures/fleet/fleet.ts';
import type { CloudTrailRecord } from '../../fixtures/fleet/record.ts';
import { alertOf } from './alert.ts';
import { auditOf } from './audit-fleet.ts';
import { type Call, type Incident, isRight } from './match.ts';

const STEPS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987];

/**
 * How many bad calls each incident needs to be found, by its id: the same logs without the bad calls after the
 * first, after the second, and so on, each audited anew. Only the steps above are tried, so that the
 * number is exact up to 3, and beyond at most two thirds too high.
 */
export async function replay(
  { fleet, config }: { readonly fleet: FleetOptions; readonly config: string },
  found: readonly Incident[],
): Promise<Map<string, number>> {
  const needed = new Map(found.map(({ truth, bad }) => [truth.id, bad.length]));
  let open = [...found];
  for (const step of STEPS) {
    open = open.filter(({ bad }) => bad.length > step);
    if (open.length === 0) break;
    const dropped = open.flatMap(({ bad }) => bad.slice(step));
    const { findings } = await auditOf(config, (logs) => writeWithout(fleet, dropped, logs));
    const alerts = findings.map(alertOf).filter(({ isRaised }) => isRaised);
    const isFound = (incident: Incident) =>
      alerts.some((alert) => isRight(alert, cut(incident, step)));
    for (const incident of open.filter(isFound)) needed.set(incident.truth.id, step);
    open = open.filter((incident) => !isFound(incident));
  }
  return needed;
}

/** The incident as it was after so many bad calls. */
export function cut(incident: Incident, step: number): Incident {
  const bad = incident.bad.slice(0, step);
  const gone = new Set(incident.bad.slice(step).map(({ eventId }) => eventId));
  const eventIds = bad.map(({ eventId }) => eventId);
  const lastBadAt = bad.at(-1)?.at ?? incident.truth.firstBadAt;
  return {
    truth: { ...incident.truth, eventIds, lastBadAt },
    calls: incident.calls.filter(({ eventId }) => !gone.has(eventId)),
    bad,
    badIds: new Set(eventIds),
  };
}

async function writeWithout(
  fleet: FleetOptions,
  dropped: readonly Call[],
  folder: string,
): Promise<void> {
  const ids = new Set(dropped.map(({ eventId }) => eventId));
  const shared = new Set(dropped.flatMap(({ sharedEventId }) => sharedEventId ?? []));
  const isKept = ({ eventID, sharedEventID = '' }: CloudTrailRecord) =>
    !ids.has(eventID) && !shared.has(sharedEventID);
  for (const { key, records } of simulateFleet(fleet).files) {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, gzipSync(JSON.stringify({ Records: records.filter(isKept) })));
  }
}
