export interface Ranked {
  readonly score: number;
  /** The incidents it is right about; none is a false alert. */
  readonly incidents: readonly string[];
}

export interface Point {
  /** Alerts that score this or more. */
  readonly score: number;
  /** Share of the incidents that have a right alert among them. */
  readonly recall: number;
  /** Share of the alerts that are right. */
  readonly precision: number;
}

/** A point for each score that occurs, the highest first. */
export function curveOf(alerts: readonly Ranked[], incidentCount: number): Point[] {
  const found = new Set<string>();
  const points: Point[] = [];
  let right = 0;
  const sorted = alerts.toSorted((a, b) => b.score - a.score);
  for (const [index, { score, incidents }] of sorted.entries()) {
    if (incidents.length > 0) right += 1;
    for (const id of incidents) found.add(id);
    if (sorted[index + 1]?.score === score) continue;
    points.push({ score, recall: found.size / incidentCount, precision: right / (index + 1) });
  }
  return points;
}

/** At most so many points, evenly spread over the curve, with both of its ends. */
export function thinned(points: readonly Point[], count: number): Point[] {
  if (points.length <= count) return [...points];
  const step = (points.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => points[Math.round(index * step)] as Point);
}
