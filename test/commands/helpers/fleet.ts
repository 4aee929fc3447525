import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FLEET_CONFIG } from '../../../fixtures/fleet/config.ts';
import { writeFleet } from '../../../fixtures/fleet/write.ts';

export interface FleetFolder {
  readonly logs: string;
  readonly config: string;
  readonly store: string;
  /** Of all files, by the fleet's own counting. */
  readonly records: number;
  readonly files: number;
}

/** A small fleet's logs and configuration, and where its store would be. */
export async function fleetIn(folder: string): Promise<FleetFolder> {
  const at = {
    logs: join(folder, 'logs'),
    config: join(folder, 'fleet.yaml'),
    store: join(folder, 'fleet.duckdb'),
  };
  await writeFile(at.config, FLEET_CONFIG);
  const { records, files } = await writeFleet({ seed: 3, days: 2, events: 2_000 }, at.logs);
  return { ...at, records, files };
}
