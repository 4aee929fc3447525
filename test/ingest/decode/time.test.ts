import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalTime } from '../../../ingest/decode/time.ts';

test.each<[unknown, string | null]>([
  ['2026-11-01T10:05:00Z', '2026-11-01T10:05:00Z'],
  ['2026-11-01T10:05:00.000Z', '2026-11-01T10:05:00Z'],
  ['2026-11-01T10:05:00.999Z', '2026-11-01T10:05:00.999Z'],
  ['2026-11-01T10:05:00.5Z', '2026-11-01T10:05:00.500Z'],
  ['2025-01-21 17:49:47.000000000', '2025-01-21T17:49:47Z'],
  ['2025-01-21 17:49:47.123456789', '2025-01-21T17:49:47.123Z'],
  ['2023-01-10 20:10:41', '2023-01-10T20:10:41Z'],
  ['2023-01-10 20:10:41 UTC', '2023-01-10T20:10:41Z'],
  ['2023-01-10T20:10:41+11:00', '2023-01-10T09:10:41Z'],
  ['2023-01-10T20:10:41-0330', '2023-01-10T23:40:41Z'],
  ['2023-01-10T20:10:41+08', '2023-01-10T12:10:41Z'],
  ['20131102T010628Z', '2013-11-02T01:06:28Z'],
  [' 2026-11-01t10:05z ', '2026-11-01T10:05:00Z'],
  [1_793_527_200, '2026-11-01T10:00:00Z'],
  [1_793_527_200.25, '2026-11-01T10:00:00.250Z'],
  [1_793_527_200_500, '2026-11-01T10:00:00.500Z'],
  ['1793527200', '2026-11-01T10:00:00Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
  ['2023-02-29T00:00:00Z', null],
  ['2023-13-01T00:00:00Z', null],
  ['2023-01-01T24:00:00Z', null],
  ['2023-01-01', null],
  ['yesterday', null],
  ['', null],
  [0, null],
  [-1, null],
  [Number.POSITIVE_INFINITY, null],
  [Number.NaN, null],
  [null, null],
  [{}, null],
])('%j is %j', (value, time) => {
  expect(normalTime(value)).toBe(time);
});

test('a time is its own normal form, and no string makes it throw', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(1), max: new Date('9999-12-31'), noInvalidDate: true }),
      fc.string(),
      (date, text) => {
        const time = normalTime(date.toISOString());
        expect(time && new Date(time)).toEqual(date);
        expect(normalTime(time)).toBe(time);
        const other = normalTime(text);
        expect(other === null || normalTime(other) === other).toBe(true);
      },
    ),
    { seed: 5 },
  );
});
