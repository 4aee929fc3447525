import { count } from './words.ts';

const ROWS_SHOWN = 50;

/** Rows of cells that are Markdown already; nothing where there are no rows. */
export function markdownTable<Row>(
  head: readonly string[],
  rows: readonly Row[],
  cellsOf: (row: Row) => string[],
): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - ROWS_SHOWN;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.slice(0, ROWS_SHOWN).map((row) => line(cellsOf(row))),
    ...(more > 0 ? ['', `and ${count(more)} more`] : []),
  ].join('\n');
}
