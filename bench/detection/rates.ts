export function share(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : part / whole;
}

/** Below it the true share lies in one of forty cases: Wilson's interval at 95 %. */
export function wilsonLow(part: number, whole: number): number {
  if (whole === 0) return 0;
  const z = 1.96;
  const rate = part / whole;
  const centre = rate + z ** 2 / (2 * whole);
  const spread = z * Math.sqrt((rate * (1 - rate)) / whole + z ** 2 / (4 * whole ** 2));
  return Math.max(0, (centre - spread) / (1 + z ** 2 / whole));
}
