import { expect, test } from 'vitest';
import { delayOf } from '../../bench/detection/delay.ts';
import { alert, call, incident } from './helpers.ts';

const CALLS = [
  call('before', 1),
  call('bad-1', 5),
  call('between-1', 6),
  call('bad-2', 7),
  call('between-2', 8),
  call('bad-3', 9),
  call('after', 12),
];
const INCIDENT = incident(CALLS, ['bad-1', 'bad-2', 'bad-3']);

test('the delay ends with the first bad call that any right alert shows', () => {
  expect([
    delayOf(INCIDENT, [alert({ eventIds: ['bad-3', 'bad-1'] })]),
    delayOf(INCIDENT, [alert({ eventIds: ['bad-3'] }), alert({ eventIds: ['bad-2'] })]),
    delayOf(INCIDENT, [alert({ eventIds: ['before', 'bad-3'] })]),
  ]).toEqual([
    { badCalls: 1, taskEvents: 0 },
    { badCalls: 2, taskEvents: 1 },
    { badCalls: 3, taskEvents: 3 },
  ]);
});

test('where no bad call is shown, it ends with the first one after the alert began', () => {
  const late = alert({ eventIds: ['between-1'], firstSeen: '2026-09-01T10:06:00Z' });

  expect(delayOf(INCIDENT, [late])).toEqual({ badCalls: 2, taskEvents: 1 });
});

test('there is none where nothing was raised, or only tasks as a whole', () => {
  expect([delayOf(INCIDENT, []), delayOf(INCIDENT, [alert({ eventIds: null })])]).toEqual([
    null,
    null,
  ]);
});

test('within one second the event id decides', () => {
  const calls = [call('b-bad', 5), call('a-call', 5), call('c-call', 5), call('d-bad', 5)];
  const found = delayOf(incident(calls, ['b-bad', 'd-bad']), [alert({ eventIds: ['d-bad'] })]);

  expect(found).toEqual({ badCalls: 2, taskEvents: 1 });
});
