import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monotone } from '../../bench/detection/monotone.ts';

function outcomes(stated: number, right: number, count: number) {
  return Array.from({ length: count }, (_, n) => ({ stated, isRight: n < right }));
}

test('each stated value with findings enough has its own share, off 0 and 1', () => {
  expect(monotone([...outcomes(0.9, 98, 98), ...outcomes(0.1, 0, 98)])).toEqual([
    [0.1, 0.01],
    [0.9, 0.99],
  ]);
});

test('neighbours that would fall, or are few, are pooled', () => {
  expect(
    monotone([...outcomes(0.1, 30, 48), ...outcomes(0.2, 10, 48), ...outcomes(0.9, 97, 98)]),
  ).toEqual([
    [0.15, 0.418],
    [0.9, 0.98],
  ]);
  expect(monotone([...outcomes(0.1, 1, 2), ...outcomes(0.5, 0, 96)])).toHaveLength(1);
});

test('the line never falls', () => {
  const outcome = fc.record({ stated: fc.integer({ min: 0, max: 20 }), isRight: fc.boolean() });
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 1, maxLength: 300 }), (all) => {
      const line = monotone(all);
      for (const [index, [stated, observed]] of line.slice(1).entries()) {
        const [before, share] = line[index] ?? [0, 0];
        expect([stated > before, observed >= share]).toEqual([true, true]);
      }
    }),
    { seed: 1 },
  );
});
