import { expect, test } from 'vitest';
import type { Cell } from '../../report/rows.ts';
import { column, RESULT, text } from './helpers/query-results.ts';

test('rows are objects with ISO times, and integers too large for a number are text', () => {
  expect(JSON.parse(text(RESULT, 'json'))).toEqual([
    {
      agent_id: 'schema-agent',
      calls: 12,
      last_seen: '2026-11-01T02:07:40.000Z',
      roles: ['a', 'b'],
      message: 'is not authorized',
    },
    {
      agent_id: '日本',
      calls: '9007199254740993',
      last_seen: '2026-11-01T02:07:40.123456Z',
      roles: [],
      message: '\x1b[2J\n"x"',
    },
    { agent_id: null, calls: null, last_seen: null, roles: null, message: null },
  ]);
});

test('days stay days, and integers that come as text are numbers while they are exact', () => {
  expect(text(column('DATE', new Date('2026-11-01')), 'json')).toBe('[\n{"x":"2026-11-01"}\n]\n');
  expect(text(column('HUGEINT', '-7', '9007199254740993'), 'json')).toBe(
    '[\n{"x":-7},\n{"x":"9007199254740993"}\n]\n',
  );
  expect(text(column('VARCHAR', '-7'), 'json')).toBe('[\n{"x":"-7"}\n]\n');
});

test('no rows are an empty array', () => {
  expect(text({ ...RESULT, rows: [] }, 'json')).toBe('[]\n');
});

test('every column stays, in its place: twice the same name, digits, __proto__', () => {
  const names = ['b', '1', 'b', '__proto__', 'b:1'];
  const columns = names.map((name) => ({ name, type: 'INTEGER' }));

  expect(text({ columns, rows: [[1, 2, 3, 4, 5]] }, 'json')).toBe(
    '[\n{"b":1,"1":2,"b:1":3,"__proto__":4,"b:1:1":5}\n]\n',
  );
});

test('offsets, infinities, bytes, structs, maps and values that know their own spelling', () => {
  class Decimal {
    toString() {
      return '12.50';
    }
  }
  const values = [
    ...column('TIMESTAMP WITH TIME ZONE', '2026-11-01 02:00:00+00', '2026-11-01 02:00:00+05:30')
      .rows,
  ].map((row) => row[0] as Cell);
  expect(JSON.parse(text(column('TIMESTAMPTZ', ...values, 'infinity'), 'json'))).toEqual([
    { x: '2026-11-01T02:00:00Z' },
    { x: '2026-11-01T02:00:00+05:30' },
    { x: 'infinity' },
  ]);
  expect(
    JSON.parse(
      text(
        column(
          'ANY',
          Number.NaN,
          Number.NEGATIVE_INFINITY,
          Uint8Array.of(0, 255),
          { a: [1n, { toString: 'x' }] },
          new Map<string, Cell>([['k', 2n]]),
          new Decimal(),
          Object.create(null),
          new Date(Number.NaN),
          true,
        ),
        'json',
      ),
    ).map(({ x }: { x: unknown }) => x),
  ).toEqual([
    'NaN',
    '-Infinity',
    '00ff',
    { a: [1, { toString: 'x' }] },
    { k: 2 },
    '12.50',
    {},
    'Invalid Date',
    true,
  ]);
});
