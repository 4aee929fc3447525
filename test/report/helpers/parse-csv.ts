const FIELD = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/y;

/** RFC 4180 with LF; fails on anything else. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    if (match === null)
      throw new Error(`not CSV at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
