import { expect, test } from 'vitest';
import { confidence, countOf, listed, moment, percent, span } from '../../report/words.ts';

test('100% is all and 0% is none, however many there are', () => {
  expect([
    percent(0, 0),
    percent(0, 9),
    percent(1, 1e6),
    percent(1, 3),
    percent(999_999, 1e6),
    percent(9, 9),
  ]).toEqual(['–', '0%', '0.1%', '33.3%', '99.9%', '100%']);
});

test('a day is named once where the span is within it', () => {
  expect([
    span('2026-11-01T10:00:00Z', '2026-11-01T10:00:00Z'),
    span('2026-11-01T10:00:00Z', '2026-11-01T11:30:05.123Z'),
    span('2026-11-01T23:00:00Z', '2026-11-02T01:00:00Z'),
  ]).toEqual([
    '2026-11-01 10:00:00 UTC',
    '2026-11-01 10:00:00 – 11:30:05 UTC',
    '2026-11-01 23:00:00 – 2026-11-02 01:00:00 UTC',
  ]);
});

test('what is no time is shown as it is, safely', () => {
  expect([moment('soon\x1b[2J'), span('a', '2026-11-02T01:00:00Z')]).toEqual([
    'soon\\x1b[2J',
    'a – 2026-11-02 01:00:00 UTC',
  ]);
});

test('counts, confidence and short lists', () => {
  expect([
    countOf(1, 'task'),
    countOf(1_200, 'task'),
    confidence(0.975),
    listed(['a', 'b'], 2),
    listed(['a', 'b', 'c', 'd'], 2),
  ]).toEqual(['1 task', '1,200 tasks', '98%', 'a, b', 'a, b and 2 more']);
});
