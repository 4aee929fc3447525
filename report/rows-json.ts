import { jsonText } from './json-text.ts';
import { type CellRow, type QueryColumn, type RowWriter, toJson, uniqueNames } from './rows.ts';

/** An array of objects, one a line. Written by hand: an object would reorder a column `1`. */
export function jsonWriter(columns: readonly QueryColumn[]): RowWriter {
  const keys = uniqueNames(columns).map((name) => jsonText(name));
  let count = 0;
  const rowLine = (row: CellRow): string => {
    const fields = columns.map(
      ({ type }, index) => `${keys[index]}:${jsonText(toJson(row[index], type))}`,
    );
    const before = count === 0 ? '' : ',';
    count += 1;
    return `${before}\n{${fields.join(',')}}`;
  };
  return {
    begin: () => '[',
    page: (rows) => Array.from(rows, rowLine).join(''),
    end: () => (count === 0 ? ']\n' : '\n]\n'),
  };
}
