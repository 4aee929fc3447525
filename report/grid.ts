import { cut, displayWidth, padEnd, padStart, shrink, wrap } from './layout.ts';

/** A column of printable cells. */
export interface Column {
  name: string;
  align: 'left' | 'right';
  /** Never cut: part of a number or of a time misleads. */
  isWhole: boolean;
  cells: readonly string[];
}

const GAP = '  ';
/** Text cut below this says nothing. */
const MIN_TEXT = 12;
/** Values in a record are wrapped, but one of them must not fill the screen. */
const VALUE_LINES = 3;

/** Columns side by side, cut where they must be; where they cannot fit at all, one record a row. */
export function grid(columns: readonly Column[], width: number): string[] {
  const natural = columns.map(({ name, cells }) =>
    cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell)), displayWidth(name)),
  );
  const minimum = columns.map(({ isWhole }, index) =>
    isWhole ? (natural[index] as number) : MIN_TEXT,
  );
  const widths = shrink(natural, minimum, width - GAP.length * (columns.length - 1));
  return widths === null ? records(columns, width) : lines(columns, widths);
}

function lines(columns: readonly Column[], widths: readonly number[]): string[] {
  const line = (cellOf: (column: Column) => string) =>
    columns
      .map((column, index) => {
        const width = widths[index] as number;
        const pad = column.align === 'right' ? padStart : padEnd;
        return pad(cut(cellOf(column), width), width);
      })
      .join(GAP)
      .trimEnd();
  const rowCount = columns[0]?.cells.length ?? 0;
  return [
    line(({ name }) => name),
    ...Array.from({ length: rowCount }, (_, row) => line(({ cells }) => cells[row] as string)),
  ];
}

function records(columns: readonly Column[], width: number): string[] {
  const nameWidth = Math.min(
    Math.max(...columns.map(({ name }) => displayWidth(name))),
    Math.floor(width / 3),
  );
  const rowCount = columns[0]?.cells.length ?? 0;
  return Array.from({ length: rowCount }, (_, row) => [
    `-- ${row + 1} --`,
    ...columns.flatMap(({ name, cells }) =>
      wrap(cells[row] as string, width - nameWidth - GAP.length, VALUE_LINES).map((text, index) =>
        `${padEnd(index === 0 ? cut(name, nameWidth) : '', nameWidth)}${GAP}${text}`.trimEnd(),
      ),
    ),
  ]).flat();
}
