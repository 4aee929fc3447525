import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth } from '../../report/layout.ts';
import { RESULT, text } from './helpers/query-results.ts';

test('numbers stand right, wide letters count twice, and the rows are counted', () => {
  expect(text(RESULT, 'table')).toBe(
    [
      'agent_id                 calls  last_seen                    roles      message',
      'schema-agent                12  2026-11-01T02:07:40.000Z     ["a","b"]  is not authorized',
      '日本          9007199254740993  2026-11-01T02:07:40.123456Z  []         \\x1b[2J\\x0a"x"',
      'NULL                      NULL  NULL                         NULL       NULL',
      '(3 rows)',
      '',
    ].join('\n'),
  );
});

test('what is too wide is cut and marked, but no number and no time', () => {
  expect(text(RESULT, 'table', 85)).toBe(
    [
      'agent_id                 calls  last_seen                    roles      message',
      'schema-agent                12  2026-11-01T02:07:40.000Z     ["a","b"]  is not autho…',
      '日本          9007199254740993  2026-11-01T02:07:40.123456Z  []         \\x1b[2J\\x0a"…',
      'NULL                      NULL  NULL                         NULL       NULL',
      '(3 rows)',
      '',
    ].join('\n'),
  );
});

test('where the columns cannot fit, each row is a record', () => {
  expect(text({ ...RESULT, rows: [...RESULT.rows].slice(1, 2) }, 'table', 40)).toBe(
    [
      '-- 1 --',
      'agent_id   日本',
      'calls      9007199254740993',
      'last_seen  2026-11-01T02:07:40.123456Z',
      'roles      []',
      'message    \\x1b[2J\\x0a"x"',
      '(1 row)',
      '',
    ].join('\n'),
  );
});

test('columns of text give way down to twelve each', () => {
  const columns = ['a', 'b'].map((name) => ({ name, type: 'VARCHAR' }));
  const wide = { columns, rows: [['x'.repeat(30), 'y'.repeat(30)]] };

  expect(text(wide, 'table', 26).split('\n')[1]).toBe('xxxxxxxxxxx…  yyyyyyyyyyy…');
  expect(text(wide, 'table', 25).split('\n')[0]).toBe('-- 1 --');
});

test('no line is wider than asked for, whatever the values', () => {
  const value = fc.string({ unit: 'binary', maxLength: 200 });
  const row = fc.array(value, { minLength: 3, maxLength: 3 });
  const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'VARCHAR' }));

  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 4 }),
      fc.integer({ min: 20, max: 120 }),
      (rows, width) => {
        const lines = text({ columns, rows }, 'table', width).split('\n');
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});
