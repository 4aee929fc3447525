import { Random } from '../../fixtures/fleet/random.ts';

export interface ForestOptions {
  readonly seed: number;
  readonly trees?: number;
  /** Rows each tree is grown from. */
  readonly sample?: number;
}

type Tree =
  | { readonly size: number }
  | { readonly feature: number; readonly split: number; readonly low: Tree; readonly high: Tree };

const EULER = 0.5772156649015329;

/**
 * Isolation forest after Liu, Ting and Zhou (2008): what random cuts set apart from the rest after few
 * steps is odd. Gives each row a score in 0..1; about 0.5 is ordinary.
 */
export function isolationScores(
  rows: readonly (readonly number[])[],
  { seed, trees = 100, sample = 256 }: ForestOptions,
): number[] {
  if (rows.length === 0) return [];
  const random = new Random(seed);
  const size = Math.min(sample, rows.length);
  const height = Math.ceil(Math.log2(Math.max(size, 2)));
  const forest = Array.from({ length: trees }, () =>
    grow(random.sample(rows, size), height, random),
  );
  const norm = averagePath(size) || 1;
  return rows.map((row) => {
    const path = forest.reduce((sum, tree) => sum + pathLength(tree, row), 0) / trees;
    return 2 ** (-path / norm);
  });
}

function grow(rows: readonly (readonly number[])[], height: number, random: Random): Tree {
  const uneven = height > 0 && rows.length > 1 ? unevenFeatures(rows) : [];
  if (uneven.length === 0) return { size: rows.length };
  const { feature, least, most } = random.pick(uneven);
  const split = least + random.float() * (most - least);
  // `least` itself always goes low, and `most` high, whatever was drawn.
  const isLow = (row: readonly number[]) => (row[feature] ?? 0) <= split;
  return {
    feature,
    split,
    low: grow(rows.filter(isLow), height - 1, random),
    high: grow(
      rows.filter((row) => !isLow(row)),
      height - 1,
      random,
    ),
  };
}

function unevenFeatures(
  rows: readonly (readonly number[])[],
): { feature: number; least: number; most: number }[] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, feature) => {
    const values = rows.map((row) => row[feature] ?? 0);
    return { feature, least: Math.min(...values), most: Math.max(...values) };
  }).filter(({ least, most }) => least < most);
}

function pathLength(tree: Tree, row: readonly number[]): number {
  let [node, depth] = [tree, 0];
  while ('feature' in node) {
    node = (row[node.feature] ?? 0) <= node.split ? node.low : node.high;
    depth += 1;
  }
  return depth + averagePath(node.size);
}

/** Steps that an unsuccessful search takes in a binary search tree of so many rows. */
function averagePath(size: number): number {
  if (size <= 1) return 0;
  if (size === 2) return 1;
  return 2 * (Math.log(size - 1) + EULER) - (2 * (size - 1)) / size;
}
