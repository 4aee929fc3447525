import { printable } from '../store/printable.ts';
import {
  type Cell,
  type CellRow,
  type QueryColumn,
  type RowWriter,
  toText,
  uniqueNames,
} from './rows.ts';

/** What a spreadsheet takes for the beginning of a formula, in any width of letter. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠\t]/u;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** Semicolons part fields where the comma is a decimal point. */
const TO_QUOTE = /[",;\t\n]|^$|^\s|\s$/u;

/**
 * RFC 4180 but for lines that end in LF, which every reader takes and pipes prefer. Formulas are defused
 * by a leading `'`, and controls other than tab and line feed are made visible: for the exact bytes there
 * is JSON. NULL is empty, an empty text is `""`.
 */
export function csvWriter(columns: readonly QueryColumn[]): RowWriter {
  const rowLine = (row: CellRow): string =>
    line(columns.map(({ type }, index) => cellField(row[index], type)));
  return {
    begin: () => line(uniqueNames(columns).map(field)),
    page: (rows) => Array.from(rows, rowLine).join(''),
    end: () => '',
  };
}

function line(fields: readonly string[]): string {
  return `${fields.join(',')}\n`;
}

function cellField(value: Cell | undefined, type: string): string {
  return value === null || value === undefined ? '' : field(toText(value, type));
}

function field(text: string): string {
  const visible = text
    .replaceAll('\r\n', '\n')
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : printable(part)))
    .join('');
  const defused = FORMULA.test(visible) && !NUMBER.test(visible) ? `'${visible}` : visible;
  return TO_QUOTE.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
