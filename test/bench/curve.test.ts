import { expect, test } from 'vitest';
import { curveOf, thinned } from '../../bench/detection/curve.ts';

const ranked = (score: number, ...incidents: string[]) => ({ score, incidents });

test('each score is a threshold: alerts that share one come together', () => {
  const curve = curveOf(
    [ranked(1), ranked(5, 'a'), ranked(3, 'a'), ranked(3), ranked(2, 'b', 'c')],
    4,
  );

  expect(curve).toEqual([
    { score: 5, recall: 0.25, precision: 1 },
    { score: 3, recall: 0.25, precision: 2 / 3 },
    { score: 2, recall: 0.75, precision: 3 / 4 },
    { score: 1, recall: 0.75, precision: 3 / 5 },
  ]);
});

test('a thinned curve keeps both ends', () => {
  const points = Array.from({ length: 101 }, (_, score) => ({ score, recall: 0, precision: 0 }));

  expect(thinned(points, 5).map(({ score }) => score)).toEqual([0, 25, 50, 75, 100]);
  expect(thinned(points.slice(0, 4), 5)).toEqual(points.slice(0, 4));
});
