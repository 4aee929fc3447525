/** A value as a query gives it; timestamps as dates or as DuckDB spells them, in UTC. */
export type Cell = string | number | bigint | boolean | null | object;

export interface QueryColumn {
  name: string;
  /** As DuckDB names it. */
  type: string;
}

export type CellRow = readonly Cell[];

/** Text of a result that comes page by page; a table keeps all pages to its end, for its widths. */
export interface RowWriter {
  begin(): string;
  page(rows: Iterable<CellRow>): string;
  end(): string;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** DuckDB's integer types; some of its readers give the larger ones as text. */
const INTEGER = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;

/** A value that JSON can hold: timestamps in ISO 8601, large integers and NaN as text, bytes in hex. */
export function toJson(value: Cell | undefined, type: string): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
      return textToJson(value, type);
    case 'bigint':
      return integerToJson(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    default:
      return objectToJson(value, type);
  }
}

function textToJson(value: string, type: string): Json {
  if (type.startsWith('TIMESTAMP')) return isoTime(value);
  return INTEGER.test(type) && /^-?\d+$/.test(value) ? integerToJson(BigInt(value)) : value;
}

function integerToJson(value: bigint): Json {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function objectToJson(value: object, type: string): Json {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return String(value);
    return value.toISOString().slice(0, type === 'DATE' ? 'YYYY-MM-DD'.length : undefined);
  }
  if (value instanceof Uint8Array) {
    return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  if (Array.isArray(value)) return value.map((item: Cell) => toJson(item, type));
  if (value instanceof Map) return fieldsToJson([...value]);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || prototype === Object.prototype;
  // Decimals, intervals and their like come as objects that know how they are written.
  return isPlain ? fieldsToJson(Object.entries(value)) : toJson(String(value), type);
}

function fieldsToJson(fields: readonly [unknown, Cell][]): Json {
  return Object.fromEntries(fields.map(([key, item]) => [String(key), toJson(item, '')]));
}

const DUCKDB_TIME =
  /^(\d{4,}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:([+-]\d{2})(?::?(\d{2}))?)?$/;

function isoTime(text: string): string {
  const [, date, time, hours, minutes = '00'] = DUCKDB_TIME.exec(text) ?? [];
  if (date === undefined) return text;
  const isUtc = hours === undefined || (hours.endsWith('00') && minutes === '00');
  return `${date}T${time}${isUtc ? 'Z' : `${hours}:${minutes}`}`;
}

/** As text on one line of a table or in a field: no quotes around strings, JSON for what has parts. */
export function toText(value: Cell | undefined, type: string): string {
  const json = typeof value === 'bigint' ? String(value) : toJson(value, type);
  return typeof json === 'string' ? json : JSON.stringify(json);
}

/** Column names, each once: a second `a` is `a:1`. */
export function uniqueNames(columns: readonly QueryColumn[]): string[] {
  const taken = new Set<string>();
  return columns.map(({ name }) => {
    let unique = name;
    for (let copy = 1; taken.has(unique); copy += 1) unique = `${name}:${copy}`;
    taken.add(unique);
    return unique;
  });
}
