import { expect, test } from 'vitest';
import { calibrationOf } from '../../bench/detection/calibration.ts';

const claim = (confidence: number, isRight: boolean) => ({ confidence, isRight });

test('claims fall into bins by confidence, edges upwards and 1 into the last', () => {
  const { bins } = calibrationOf([
    claim(0.3, false),
    claim(0.29, true),
    claim(0.7, true),
    claim(0.7, false),
    claim(1, true),
    claim(0.9, true),
  ]);

  expect(bins.map(({ from, to, count, right }) => [from, to, count, right])).toEqual([
    [0.2, 0.3, 1, 1],
    [0.3, 0.4, 1, 0],
    [0.7, 0.8, 2, 1],
    [0.9, 1, 2, 2],
  ]);
});

test('the scores are the mean squared error, the base rate’s, and the distance by bins', () => {
  const { count, brier, brierOfBaseRate, expectedError } = calibrationOf([
    claim(0.5, true),
    claim(0.5, false),
    claim(0.9, true),
    claim(0.9, true),
  ]);

  expect({ count, brierOfBaseRate }).toEqual({ count: 4, brierOfBaseRate: 0.1875 });
  expect(brier).toBeCloseTo((0.25 + 0.25 + 0.01 + 0.01) / 4, 12);
  expect(expectedError).toBeCloseTo(0.05, 12);
});

test('nothing claimed is nothing wrong', () => {
  expect(calibrationOf([])).toEqual({
    bins: [],
    count: 0,
    brier: 0,
    brierOfBaseRate: 0,
    expectedError: 0,
  });
});
