import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseConfig } from '../config/config.ts';
import { DETECTORS } from '../detect/registry.ts';
import { runDetector } from '../detect/run.ts';
import { FLEET_CONFIG } from '../fixtures/fleet/config.ts';
import { Store } from '../store/store.ts';
import { alertOf } from './detection/alert.ts';
import { withAuditedFleet } from './detection/audit-fleet.ts';
import { isRight } from './detection/match.ts';
import { monotone, type Outcome } from './detection/monotone.ts';
import { readIncidents } from './detection/read-calls.ts';
import { parseSeeds, seedText } from './detection/seeds.ts';

// `npm run bench:calibrate [-- --seeds 1-10]`: on seeds kept for tuning, never on those reported.
const { values } = parseArgs({ options: { seeds: { type: 'string', default: '1-10' } } });
const seeds = parseSeeds(values.seeds);
const config = parseConfig(FLEET_CONFIG, 'fleet.yaml');

const outcomes: Outcome[] = [];
for (const seed of seeds) {
  process.stderr.write(`seed ${seed} …\n`);
  outcomes.push(...(await outcomesOf(seed)));
}
const points = monotone(outcomes);
await writeFile(
  'detect/calibration.json',
  `${JSON.stringify({ seeds: seedText(seeds), findings: outcomes.length, points }, null, 2)}\n`,
);
process.stdout.write(
  `${points.map(([stated, observed]) => `${stated} -> ${observed}`).join('\n')}\n`,
);

/** What each detector states of each finding, before any calibration, and whether it is right. */
function outcomesOf(seed: number): Promise<Outcome[]> {
  return withAuditedFleet({ seed, events: 100_000, days: 30 }, async ({ storePath, truth }) => {
    const store = await Store.openToRead(storePath);
    try {
      const incidents = await readIncidents(store, truth.incidents);
      const found: Outcome[] = [];
      for (const detector of DETECTORS) {
        const settings = config.detectors[detector.id]?.parameters ?? {};
        const { findings } = await runDetector(store, detector, settings);
        for (const finding of findings) {
          const alert = alertOf(finding);
          const right = incidents.some((incident) => isRight(alert, incident));
          found.push({ stated: finding.confidence, isRight: right });
        }
      }
      return found;
    } finally {
      store.close();
    }
  });
}
