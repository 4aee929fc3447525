import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from './helpers/parse-csv.ts';
import { column, RESULT, text } from './helpers/query-results.ts';

test('fields are quoted where they must be, lines end in LF, NULL is not the empty text', () => {
  expect(text(RESULT, 'csv')).toBe(
    [
      'agent_id,calls,last_seen,roles,message',
      'schema-agent,12,2026-11-01T02:07:40.000Z,"[""a"",""b""]",is not authorized',
      '日本,9007199254740993,2026-11-01T02:07:40.123456Z,[],"\\x1b[2J\n""x"""',
      ',,,,',
      '',
    ].join('\n'),
  );
  expect(text(column('VARCHAR', '', ' x', 'a;b', 'a\r\nb', 'a\rb'), 'csv')).toBe(
    'x\n""\n" x"\n"a;b"\n"a\nb"\na\\x0db\n',
  );
});

test('what a spreadsheet would run is defused; numbers stay numbers', () => {
  const values = ['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', ' =1', '-1-1'];
  const numbers = ['-12.5', '+1e-9', '-.5', '0'];

  expect(parseCsv(text(column('VARCHAR', ...values), 'csv')).flat()).toEqual([
    'x',
    "'=1+1",
    "'+cmd",
    "'-cmd",
    "'@SUM(A1)",
    "'\t=1",
    '\\x0d=1',
    "'\n=1",
    "'＝1",
    "' =1",
    "'-1-1",
  ]);
  expect(parseCsv(text(column('VARCHAR', ...numbers, -3, -4n, -0.5), 'csv')).flat()).toEqual([
    'x',
    ...numbers,
    '-3',
    '-4',
    '-0.5',
  ]);
});

test('a column name is a field like any other', () => {
  expect(text({ columns: [{ name: '=a,b', type: 'VARCHAR' }], rows: [] }, 'csv')).toBe(`"'=a,b"\n`);
});

test('a CSV reader gets every row and field back, and none begins a formula', () => {
  const value = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'",;=+-@\n\t \'1a'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 12,
  });
  const tame = /^(?:[a-z][ -~]*|-?\d+)$/;

  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), (rows) => {
      const columns = ['a', 'b'].map((name) => ({ name, type: 'VARCHAR' }));
      const [, ...read] = parseCsv(text({ columns, rows }, 'csv'));
      expect(read.map((fields) => fields.length)).toEqual(rows.map(() => 2));
      for (const [index, fields] of read.entries()) {
        for (const [place, field] of fields.entries()) {
          const written = rows[index]?.[place] ?? '';
          if (tame.test(written)) expect(field).toBe(written);
          expect(field).toMatch(/^(?:$|[^=+\-@\t\r]|[+-]?[\d.]+(?:e[+-]?\d+)?$)/i);
        }
      }
    }),
    { seed: 9, numRuns: 500 },
  );
});
