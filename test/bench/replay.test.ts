import { expect, test } from 'vitest';
import { cut } from '../../bench/detection/replay.ts';
import { call, incident } from './helpers.ts';

test('an incident that is cut knows only its first bad calls, and all the rest of its task', () => {
  const calls = [call('bad-1', 1), call('work', 2), call('bad-2', 3), call('bad-3', 4)];
  const { truth, ...rest } = cut(incident(calls, ['bad-1', 'bad-2', 'bad-3']), 2);

  expect({ eventIds: truth.eventIds, lastBadAt: truth.lastBadAt, ...rest }).toEqual({
    eventIds: ['bad-1', 'bad-2'],
    lastBadAt: '2026-09-01T10:03:00.000Z',
    calls: calls.slice(0, 3),
    bad: [calls[0], calls[2]],
    badIds: new Set(['bad-1', 'bad-2']),
  });
});
