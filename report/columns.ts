import { printable } from '../store/printable.ts';
import type { Column } from './grid.ts';
import { count } from './words.ts';

/** Text that may be cut where the terminal is narrow. */
export function textColumn<Row>(
  name: string,
  rows: readonly Row[],
  of: (row: Row) => string,
): Column {
  return { name, align: 'left', isWhole: false, cells: rows.map((row) => printable(of(row))) };
}

export function wholeColumn<Row>(
  name: string,
  rows: readonly Row[],
  of: (row: Row) => string,
): Column {
  return { ...textColumn(name, rows, of), isWhole: true };
}

export function numberColumn<Row>(
  name: string,
  rows: readonly Row[],
  of: (row: Row) => number | string,
): Column {
  const cell = (value: number | string) =>
    typeof value === 'number' ? count(value) : printable(value);
  return { name, align: 'right', isWhole: true, cells: rows.map((row) => cell(of(row))) };
}
