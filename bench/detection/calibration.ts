/** A claim, and whether it was true. */
export interface Claimed {
  readonly confidence: number;
  readonly isRight: boolean;
}

export interface Bin {
  /** Confidence from here on, and below `to`; the last bin includes 1. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly right: number;
  readonly meanConfidence: number;
  /** Share that was right. */
  readonly shareRight: number;
}

export interface Calibration {
  /** Those that hold anything. */
  readonly bins: readonly Bin[];
  readonly count: number;
  /** Mean squared error; 0 is perfect. */
  readonly brier: number;
  /** Brier score of one who always says the share that is right. */
  readonly brierOfBaseRate: number;
  /** Mean distance of confidence from truth over the bins, by their size. */
  readonly expectedError: number;
}

export function calibrationOf(claims: readonly Claimed[], binCount = 10): Calibration {
  const groups = Array.from({ length: binCount }, (): Claimed[] => []);
  for (const claim of claims) {
    // 0.3 * 10 must not fall below 3.
    const index = Math.floor(Number((claim.confidence * binCount).toFixed(9)));
    groups[Math.min(index, binCount - 1)]?.push(claim);
  }
  const bins = groups.flatMap((group, index) => binOf(group, index, binCount));
  const base = mean(claims.map(({ isRight }) => Number(isRight)));
  return {
    bins,
    count: claims.length,
    brier: mean(claims.map(({ confidence, isRight }) => (confidence - Number(isRight)) ** 2)),
    brierOfBaseRate: base * (1 - base),
    expectedError:
      bins.reduce(
        (sum, bin) => sum + bin.count * Math.abs(bin.meanConfidence - bin.shareRight),
        0,
      ) / Math.max(claims.length, 1),
  };
}

function binOf(group: readonly Claimed[], index: number, binCount: number): Bin[] {
  if (group.length === 0) return [];
  const right = group.filter(({ isRight }) => isRight).length;
  const bin = {
    from: index / binCount,
    to: (index + 1) / binCount,
    count: group.length,
    right,
    meanConfidence: mean(group.map(({ confidence }) => confidence)),
    shareRight: right / group.length,
  };
  return [bin];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
