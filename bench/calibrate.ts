import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseConfig } from '../config/config.ts';
import { interpolated, type Point } from '../detect/calibration.ts';
import type { Finding } from '../detect/finding.ts';
import { scoreOf } from '../detect/fuse.ts';
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

const judged: Judged[] = [];
for (const seed of seeds) {
  process.stderr.write(`seed ${seed} …\n`);
  judged.push(...(await judgedFindings(seed)));
}
const findings = monotone(judged);
const tasks = monotone(taskOutcomes(judged, findings));
const calibration = { seeds: seedText(seeds), count: judged.length, findings, tasks };
await writeFile('detect/calibration.json', `${JSON.stringify(calibration, null, 2)}\n`);
process.stdout.write(`findings\n${textOf(findings)}\ntasks\n${textOf(tasks)}\n`);

interface Judged extends Outcome {
  readonly finding: Finding;
  readonly seed: number;
}

/** What each detector states of each finding, before any calibration, and whether it is right. */
function judgedFindings(seed: number): Promise<Judged[]> {
  const size = { seed, events: 100_000, days: 30 };
  return withAuditedFleet({ size, config: FLEET_CONFIG }, async ({ storePath, truth }) => {
    const store = await Store.openToRead(storePath);
    try {
      const incidents = await readIncidents(store, truth.incidents);
      const found: Judged[] = [];
      for (const detector of DETECTORS) {
        const settings = config.detectors[detector.id]?.parameters ?? {};
        for (const finding of (await runDetector(store, detector, settings)).findings) {
          const alert = alertOf(finding);
          const right = incidents.some((incident) => isRight(alert, incident));
          found.push({ seed, finding, stated: finding.confidence, isRight: right });
        }
      }
      return found;
    } finally {
      store.close();
    }
  });
}

/**
 * By what the baselines say alone, of all tasks: so that it holds too where no scope is declared, and the
 * alert budget, which is about such tasks, has all incidents to go by.
 */
function taskOutcomes(all: readonly Judged[], points: readonly Point[]): Outcome[] {
  const byTask = new Map<string, Judged[]>();
  for (const one of all) {
    const { agentId, taskId } = one.finding;
    if (agentId === null || taskId === null || one.finding.baseline === null) continue;
    const key = JSON.stringify([one.seed, agentId, taskId]);
    byTask.set(key, [...(byTask.get(key) ?? []), one]);
  }
  return [...byTask.values()].map((task) => ({
    stated: scoreOf(
      task.map(({ finding: { detector, confidence } }) => ({
        detector,
        confidence: interpolated(confidence, points),
      })),
    ),
    isRight: task.some(({ isRight }) => isRight),
  }));
}

function textOf(points: readonly Point[]): string {
  return points.map(([stated, observed]) => `${stated} -> ${observed}`).join('\n');
}
