import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrated, interpolated, probabilityOf } from '../../detect/calibration.ts';

test('between two points the line is straight, beyond them level', () => {
  const points = [
    [0.2, 0.4],
    [0.6, 0.8],
  ] as const;

  expect([0.1, 0.2, 0.3, 0.6, 0.9].map((stated) => interpolated(stated, points))).toEqual([
    0.4, 0.4, 0.5, 0.8, 0.8,
  ]);
});

test('who states more is worth no less, and nothing is certain', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 4, noNaN: true }),
      fc.double({ min: 0, max: 4, noNaN: true }),
      (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        for (const worth of [calibrated, probabilityOf]) {
          expect(worth(low)).toBeLessThanOrEqual(worth(high));
          expect(worth(low)).toBeGreaterThan(0);
          expect(worth(high)).toBeLessThan(1);
        }
      },
    ),
    { seed: 1 },
  );
});
