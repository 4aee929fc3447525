import { readFileSync } from 'node:fs';

/** A statement with the name that errors show: DuckDB's own carry no stack. */
export interface Sql {
  readonly name: string;
  readonly text: string;
}

/** `loadSql(new URL('query.sql', import.meta.url))`; the name is the file's, with its folder. */
export function loadSql(url: URL): Sql {
  const name = url.pathname.split('/').slice(-2).join('/');
  return { name, text: readFileSync(url, 'utf8') };
}
