import calibration from './calibration.json' with { type: 'json' };

/** `[stated, observed]`, both rising; fitted by bench/calibrate.ts on seeds kept for tuning. */
export type Point = readonly [stated: number, observed: number];

const FINDINGS = calibration.findings as unknown as readonly Point[];
const TASKS = calibration.tasks as unknown as readonly Point[];

/** What the confidence that a detector states is worth, by the simulated fleets it was measured on. */
export function calibrated(confidence: number): number {
  return interpolated(confidence, FINDINGS);
}

/** How often a task of such a fused score, and without a finding that needs no history, was an incident. */
export function probabilityOf(score: number): number {
  return interpolated(score, TASKS);
}

/** Linear between the points, level beyond them; to three decimals: more would pretend to know more. */
export function interpolated(stated: number, points: readonly Point[]): number {
  const next = points.findIndex(([at]) => at >= stated);
  const [above, below] = [points[next], points[next - 1]];
  if (above === undefined) return points.at(-1)?.[1] ?? stated;
  if (below === undefined) return above[1];
  const share = (stated - below[0]) / (above[0] - below[0]);
  return Math.round((below[1] + share * (above[1] - below[1])) * 1000) / 1000;
}
