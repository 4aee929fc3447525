export interface Outcome {
  readonly stated: number;
  readonly isRight: boolean;
}

interface Block {
  /** Sum of what was stated. */
  stated: number;
  right: number;
  count: number;
}

/** Fewer findings than this say little by themselves: neighbours are pooled. */
const LEAST = 20;

/**
 * How often what was stated was right, as a line that never falls: neighbours that would make it fall,
 * or that are few, are pooled (pool adjacent violators); the rule of succession keeps off 0 and 1.
 */
export function monotone(outcomes: readonly Outcome[]): [stated: number, observed: number][] {
  const byStated = new Map<number, Block>();
  for (const { stated, isRight } of outcomes) {
    const key = round(stated);
    const block = byStated.get(key) ?? { stated: 0, right: 0, count: 0 };
    byStated.set(key, block);
    block.stated += stated;
    block.right += Number(isRight);
    block.count += 1;
  }
  const blocks = [...byStated].sort(([a], [b]) => a - b).map(([, block]) => block);
  const pooled: Block[] = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    for (;;) {
      const [before, after] = pooled.slice(-2);
      if (!before || !after) break;
      if (before.count >= LEAST && observed(before) <= observed(after)) break;
      pooled.splice(-2, 2, {
        stated: before.stated + after.stated,
        right: before.right + after.right,
        count: before.count + after.count,
      });
    }
  }
  return pooled.map((block) => [round(block.stated / block.count), round(observed(block))]);
}

function observed({ right, count }: Block): number {
  return (right + 1) / (count + 2);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
