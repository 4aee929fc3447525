import { printable } from '../store/printable.ts';
import { type Column, grid } from './grid.ts';
import {
  type Cell,
  type CellRow,
  type QueryColumn,
  type RowWriter,
  toText,
  uniqueNames,
} from './rows.ts';
import { countOf } from './words.ts';

const TIME = /^(?:TIMESTAMP|DATE|TIME)/;
const NUMERIC = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|FLOAT|DOUBLE|DECIMAL.*)$/;

/** For a terminal: cut to its width, each value on one line, and how many rows there were. */
export function tableWriter(
  columns: readonly QueryColumn[],
  { width }: { width: number },
): RowWriter {
  const rows: CellRow[] = [];
  return {
    begin: () => '',
    page: (page) => {
      rows.push(...page);
      return '';
    },
    end: () => table(columns, rows, width),
  };
}

function table(columns: readonly QueryColumn[], rows: readonly CellRow[], width: number): string {
  const names = uniqueNames(columns);
  const cells = columns.map(
    ({ type }, index): Column => ({
      name: printable(names[index] as string),
      align: NUMERIC.test(type) ? 'right' : 'left',
      isWhole: NUMERIC.test(type) || (TIME.test(type) && !type.endsWith(']')),
      cells: rows.map((row) => cellText(row[index], type)),
    }),
  );
  return `${[...grid(cells, width), `(${countOf(rows.length, 'row')})`].join('\n')}\n`;
}

function cellText(value: Cell | undefined, type: string): string {
  return value === null || value === undefined ? 'NULL' : printable(toText(value, type));
}
