import { expect, test } from 'vitest';
import { isolationScores } from '../../bench/comparators/isolation-forest.ts';
import { Random } from '../../fixtures/fleet/random.ts';

/** 400 rows around the origin, and one far away. */
function rows(): number[][] {
  const random = new Random(11);
  const crowd = Array.from({ length: 400 }, () => [random.float(), random.float(), 1]);
  return [...crowd, [4, 4, 1]];
}

test('the row that lies apart scores highest and above 0.6, the crowd’s middle below 0.5', () => {
  const scores = isolationScores(rows(), { seed: 1 });
  const outlier = scores.at(-1) ?? 0;
  const sorted = scores.toSorted((a, b) => a - b);

  expect(sorted.at(-1)).toBe(outlier);
  expect(outlier).toBeGreaterThan(0.6);
  expect(sorted[200]).toBeLessThan(0.5);
});

test('the same seed gives the same scores, another seed others', () => {
  const scores = isolationScores(rows(), { seed: 1 });

  expect(isolationScores(rows(), { seed: 1 })).toEqual(scores);
  expect(isolationScores(rows(), { seed: 2 })).not.toEqual(scores);
});

test('rows that do not differ score alike, and none score nothing', () => {
  const same = isolationScores([[1], [1], [1]], { seed: 1 });

  expect(new Set(same).size).toBe(1);
  expect(isolationScores([], { seed: 1 })).toEqual([]);
});
