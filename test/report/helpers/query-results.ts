import { type QueryFormat, rowWriter } from '../../../report/index.ts';
import type { Cell, CellRow, QueryColumn } from '../../../report/rows.ts';

export interface QueryResult {
  columns: readonly QueryColumn[];
  rows: Iterable<CellRow>;
}

export const RESULT: QueryResult = {
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

/** All of it: a page a row. */
export function text(result: QueryResult, format: QueryFormat, width = 100): string {
  const writer = rowWriter(result.columns, format, { width });
  const pages = Array.from(result.rows, (row) => writer.page([row]));
  return [writer.begin(), ...pages, writer.end()].join('');
}

/** One column `x`. */
export function column(type: string, ...values: Cell[]): QueryResult {
  return { columns: [{ name: 'x', type }], rows: values.map((value) => [value]) };
}
