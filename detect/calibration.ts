import calibration from './calibration.json' with { type: 'json' };

/** `[stated, observed]`, rising: what detectors say of themselves, and how often it was right. */
type Point = readonly [stated: number, observed: number];

const POINTS = calibration.points as unknown as readonly Point[];

/**
 * What a stated confidence is worth, by the simulated fleets it was measured on (`bench/calibrate.ts`):
 * linear between the points, level beyond them.
 */
export function calibrated(confidence: number, points: readonly Point[] = POINTS): number {
  const next = points.findIndex(([stated]) => stated >= confidence);
  const [above, below] = [points[next], points[next - 1]];
  if (above === undefined) return points.at(-1)?.[1] ?? confidence;
  if (below === undefined) return above[1];
  const share = (confidence - below[0]) / (above[0] - below[0]);
  return rounded(below[1] + share * (above[1] - below[1]));
}

/** Two decimals: more would pretend to know more. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
