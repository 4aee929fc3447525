import { expect, test } from 'vitest';
import { parseWhen, parseWindow } from '../../../ingest/sources/time-window.ts';
import { failureOf } from './helpers/logs.ts';

const NOW = new Date('2026-10-10T12:00:00Z');

test.each([
  ['2026-10-05', '2026-10-05T00:00:00.000Z'],
  ['2026-10-05T14:30', '2026-10-05T14:30:00.000Z'],
  ['2026-10-05 14:30', '2026-10-05T14:30:00.000Z'],
  ['2026-10-05T14:30Z', '2026-10-05T14:30:00.000Z'],
  ['2026-10-05T14:30:15z', '2026-10-05T14:30:15.000Z'],
  ['2026-10-05T14:30:15.123456Z', '2026-10-05T14:30:15.123Z'],
  ['2026-10-05T14:30:15+02:00', '2026-10-05T12:30:15.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['30m', '2026-10-10T11:30:00.000Z'],
  ['24h', '2026-10-09T12:00:00.000Z'],
  ['7d', '2026-10-03T12:00:00.000Z'],
  ['2w', '2026-09-26T12:00:00.000Z'],
])('%s is %s', (text, moment) => {
  expect(parseWhen(text, NOW).toISOString()).toBe(moment);
});

test.each([
  '',
  'yesterday',
  '24',
  '24 h',
  '-24h',
  '1.5h',
  '999999w',
  '2026-02-30',
  '2026-13-01',
  '2026-10-05T24:00',
  '2026-10-05T14:30:15+99:00',
  '10/05/2026',
  '1760000000',
  '\u001b[31m',
])('%j is not a time', async (text) => {
  const failure = await failureOf((async () => parseWhen(text, NOW))());

  expect(failure).toEqual({
    name: 'KnownError',
    message: `not a time: ${text.replace('\u001b', '\\x1b')}`,
    hint: 'write 2026-10-05, 2026-10-05T14:30Z (UTC where no zone is given), or 30m, 24h, 7d, 2w ago',
  });
});

test('a window has the ends that were given', () => {
  expect(parseWindow(undefined, undefined, NOW)).toEqual({});
  expect(parseWindow('24h', undefined, NOW)).toEqual({ since: new Date('2026-10-09T12:00:00Z') });
  expect(parseWindow('7d', '2026-10-05', NOW)).toEqual({
    since: new Date('2026-10-03T12:00:00Z'),
    until: new Date('2026-10-05T00:00:00Z'),
  });
});

test.each([
  ['24h', '7d'],
  ['2026-10-05', '2026-10-05'],
])('a window from %s to %s is empty', async (since, until) => {
  const failure = await failureOf((async () => parseWindow(since, until, NOW))());
  expect(failure.message).toMatch(/^the window is empty: since .+Z is not before until .+Z$/);
});
