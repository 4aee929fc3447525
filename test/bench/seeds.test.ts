import { expect, test } from 'vitest';
import { parseSeeds, seedSetOf, seedText } from '../../bench/detection/seeds.ts';

test('seeds are ranges and single numbers, and read back as they were written', () => {
  expect(parseSeeds('101-103,7, 9')).toEqual([101, 102, 103, 7, 9]);
  expect(seedText(parseSeeds('101-103,7, 9'))).toBe('101-103, 7, 9');
});

test.each(['', 'x', '5-', '9-3', '1--2'])('%j is refused', (text) => {
  expect(() => parseSeeds(text)).toThrow('--seeds');
});

test('1 to 20 are for tuning, 101 to 110 for reports, and a mixture is neither', () => {
  expect([[1, 20], [101, 110], [20, 101], [21]].map(seedSetOf)).toEqual([
    'tuning',
    'reported',
    'other',
    'other',
  ]);
});
