import { printable } from '../store/printable.ts';
import { type Column, grid } from './grid.ts';
import { type Cell, type QueryResult, toText, uniqueNames } from './rows.ts';
import { countOf } from './words.ts';

const TIME = /^(?:TIMESTAMP|DATE|TIME)/;
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;

/** For a terminal: cut to its width, each value on one line, and how many rows there were. */
export function rowsTable(result: QueryResult, { width }: { width: number }): string {
  const rows = [...result.rows];
  const names = uniqueNames(result);
  const columns = result.columns.map(
    ({ type }, index): Column => ({
      name: printable(names[index] as string),
      align: NUMERIC.test(type) ? 'right' : 'left',
      isWhole: NUMERIC.test(type) || (TIME.test(type) && !type.endsWith(']')),
      cells: rows.map((row) => cellText(row[index], type)),
    }),
  );
  return `${[...grid(columns, width), `(${countOf(rows.length, 'row')})`].join('\n')}\n`;
}

function cellText(value: Cell | undefined, type: string): string {
  return value === null || value === undefined ? 'NULL' : printable(toText(value, type));
}
