import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { QUERY_FORMATS, renderQuery } from '../../report/index.ts';
import { displayWidth } from '../../report/layout.ts';
import type { Cell, QueryResult } from '../../report/rows.ts';
import { parseCsv } from './helpers/parse-csv.ts';

const RESULT: QueryResult = {
  columns: [
    { name: 'agent_id', type: 'VARCHAR' },
    { name: 'calls', type: 'BIGINT' },
    { name: 'last_seen', type: 'TIMESTAMP' },
    { name: 'roles', type: 'VARCHAR[]' },
    { name: 'message', type: 'VARCHAR' },
  ],
  rows: [
    ['schema-agent', 12n, new Date('2026-11-01T02:07:40Z'), ['a', 'b'], 'is not authorized'],
    ['日本', 9_007_199_254_740_993n, '2026-11-01 02:07:40.123456', [], '\x1b[2J\n"x"'],
    [null, null, null, null, null],
  ],
};

function text(result: QueryResult, format: (typeof QUERY_FORMATS)[number], width = 100): string {
  return [...renderQuery(result, format, { width })].join('');
}

function column(type: string, ...values: Cell[]): QueryResult {
  return { columns: [{ name: 'x', type }], rows: values.map((value) => [value]) };
}

test.each(QUERY_FORMATS)('rows are read once, so that they may come as a stream: %s', (format) => {
  const rows = [...RESULT.rows];
  function* once() {
    yield* rows;
  }

  expect(text({ ...RESULT, rows: once() }, format)).toBe(text(RESULT, format));
});

describe('as a table', () => {
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
});

describe('as JSON', () => {
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
});

describe('as CSV', () => {
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
    const values = [
      '=1+1',
      '+cmd',
      '-cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1',
      ' =1',
      '-1-1',
    ];
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
    expect(text({ columns: [{ name: '=a,b', type: 'VARCHAR' }], rows: [] }, 'csv')).toBe(
      `"'=a,b"\n`,
    );
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
});
