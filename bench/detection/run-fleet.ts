import { loadSql } from '../../store/sql.ts';
import { Store } from '../../store/store.ts';
import { COMPARATORS } from '../comparators/registry.ts';
import { type Alert, alertOf, fusedAlertOf } from './alert.ts';
import { type Assignment, type Audited, type Timing, withAuditedFleet } from './audit-fleet.ts';
import { type Judgement, judge } from './judge.ts';
import { isRight } from './match.ts';
import { readIncidents } from './read-calls.ts';
import { replay } from './replay.ts';

const FUSED = loadSql(new URL('fused-scores.sql', import.meta.url));

export interface FleetRun {
  readonly judgement: Judgement;
  readonly timing: Timing;
}

/** Makes a fleet, has the built command audit it, and judges what it and the comparators say. */
export function runFleet(assignment: Assignment, wantsReplay: boolean): Promise<FleetRun> {
  return withAuditedFleet(assignment, async (audited) => {
    const { timing, report, truth, fleet } = audited;
    const { config } = assignment;
    const { incidents, fused, rivals } = await readStore(audited);
    const raised = report.findings.map(alertOf).filter(({ isRaised }) => isRaised);
    const found = incidents.filter((one) => raised.some((alert) => isRight(alert, one)));
    const callsNeeded = wantsReplay
      ? await replay({ fleet, config }, found)
      : new Map<string, number>();
    const judgement = judge({ truth, incidents, report, fused, rivals, callsNeeded });
    return { judgement, timing };
  });
}

async function readStore({ storePath, truth }: Audited) {
  const store = await Store.openToRead(storePath);
  try {
    const rivals = new Map<string, readonly Alert[]>();
    for (const { name, alerts } of COMPARATORS) rivals.set(name, await alerts(store));
    return {
      incidents: await readIncidents(store, truth.incidents),
      fused: (await store.rows(FUSED)).map(fusedAlertOf),
      rivals,
    };
  } finally {
    store.close();
  }
}
