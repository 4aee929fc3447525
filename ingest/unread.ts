import { listValue } from '@duckdb/node-api';
import type { Queryable } from '../store/connection.ts';
import { loadSql } from '../store/sql.ts';
import type { LogObject } from './source.ts';

const KNOWN = loadSql(new URL('load/known.sql', import.meta.url));

/** The ledger is asked for so many at once, or for fewer large ones: stdin's objects carry their bytes. */
const PAGE_OBJECTS = 256;
const PAGE_BYTES = 32 * 1024 * 1024;

/** Objects that the ledger does not have, and of which none is under way already. */
export class Unread {
  /** Passed over: they were ingested before. */
  known = 0;
  readonly #ledger: Queryable;
  readonly #underWay = new Set<string>();

  constructor(ledger: Queryable) {
    this.#ledger = ledger;
  }

  async *of(objects: AsyncIterable<LogObject>): AsyncGenerator<LogObject> {
    for await (const page of pages(objects)) {
      const committed = await this.#committed(page);
      for (const object of page) {
        const key = keyOf(object);
        if (committed.has(key) || this.#underWay.has(key)) {
          this.known += 1;
        } else {
          // Its second listing in this page may come after its commit, which the page does not know of.
          committed.add(key);
          this.#underWay.add(key);
          yield object;
        }
      }
    }
  }

  /** From now on the ledger knows them. */
  commit(objects: Iterable<Pick<LogObject, 'uri' | 'version'>>): void {
    for (const object of objects) this.#underWay.delete(keyOf(object));
  }

  async #committed(page: readonly LogObject[]): Promise<Set<string>> {
    const rows = await this.#ledger.rows(KNOWN, {
      uris: listValue(page.map(({ uri }) => uri)),
      versions: listValue(page.map(({ version }) => version)),
    });
    return new Set(rows.map(({ uri, version }) => keyOf({ uri: `${uri}`, version: `${version}` })));
  }
}

function keyOf({ uri, version }: Pick<LogObject, 'uri' | 'version'>): string {
  return JSON.stringify([uri, version]);
}

async function* pages(objects: AsyncIterable<LogObject>): AsyncGenerator<LogObject[]> {
  let page: LogObject[] = [];
  let bytes = 0;
  for await (const object of objects) {
    page.push(object);
    bytes += object.bytes ?? 0;
    if (page.length >= PAGE_OBJECTS || bytes >= PAGE_BYTES) {
      yield page;
      page = [];
      bytes = 0;
    }
  }
  if (page.length > 0) yield page;
}
