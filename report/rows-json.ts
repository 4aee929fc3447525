import { jsonText } from './json-text.ts';
import { type QueryResult, toJson, uniqueNames } from './rows.ts';

/** An array of objects, one a line, piece by piece. Written by hand: an object would reorder a column `1`. */
export function* rowsJson(result: QueryResult): Generator<string> {
  const keys = uniqueNames(result).map((name) => jsonText(name));
  let before = '[';
  for (const row of result.rows) {
    const fields = result.columns.map(
      ({ type }, index) => `${keys[index]}:${jsonText(toJson(row[index], type))}`,
    );
    yield `${before}\n{${fields.join(',')}}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}
