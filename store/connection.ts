import type { DuckDBConnection, DuckDBResult, DuckDBValue, Json } from '@duckdb/node-api';
import { storeFailure } from './failures.ts';
import { requireSelect } from './select-only.ts';
import type { Sql } from './sql.ts';

export type Params = Record<string, DuckDBValue>;
/** A row as DuckDB gives it: TIMESTAMP as Date (UTC), BIGINT as bigint, lists as arrays. */
export type Row = Record<string, unknown>;

export interface Table {
  columns: { name: string; type: string }[];
  /** Rows as JSON has them; large numbers and timestamps as text. */
  pages: AsyncIterable<Json[][]>;
}

/** What readers and writers need of a store. */
export interface Queryable {
  run(sql: Sql, params?: Params): Promise<void>;
  rows(sql: Sql, params?: Params): Promise<Row[]>;
}

/** What writers need besides: all of some work, or nothing of it. */
export interface Transactional extends Queryable {
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** One connection to a store; its statements run one after the other. */
export class Connection implements Transactional {
  readonly path: string;
  readonly #connection: DuckDBConnection;
  #isRehearsing = false;
  readonly #isSelectOnly: boolean;

  constructor(path: string, connection: DuckDBConnection, isSelectOnly: boolean) {
    this.path = path;
    this.#connection = connection;
    this.#isSelectOnly = isSelectOnly;
  }

  async run(sql: Sql, params: Params = {}): Promise<void> {
    await this.#named(sql, () => this.#connection.run(sql.text, params));
  }

  async rows(sql: Sql, params: Params = {}): Promise<Row[]> {
    const reader = await this.#named(sql, () => this.#connection.runAndReadAll(sql.text, params));
    return reader.getRowObjectsJS();
  }

  /** Rows in order of the columns, which may share a name; page by page, in constant memory. */
  table(sql: Sql, params: Params = {}): Promise<Table> {
    return this.#named(sql, async () => {
      const result = await this.#connection.stream(sql.text, params);
      const types = result.columnTypes().map(String);
      return {
        columns: result.columnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
        pages: this.#pages(sql, result),
      };
    });
  }

  /** Column names and types of a query, without running it. */
  describe(sql: Sql): Promise<Record<string, string>> {
    return this.#named(sql, async () => {
      const prepared = await this.#connection.prepare(sql.text);
      const indexes = Array.from({ length: prepared.columnCount }, (_, index) => index);
      const columns = indexes.map((index) => [
        prepared.columnName(index),
        String(prepared.columnType(index)),
      ]);
      prepared.destroySync();
      return Object.fromEntries(columns);
    });
  }

  /** Within a rehearsal, a part of it. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isRehearsing) return work();
    try {
      await this.#connection.run('begin transaction');
      const result = await work();
      await this.#connection.run('commit');
      return result;
    } catch (error) {
      // Fails where the failure has ended the transaction already.
      await this.#connection.run('rollback').catch(() => {});
      throw storeFailure(this.path, error);
    }
  }

  /** Does the work and undoes it: what it gives is what would be. */
  async rehearse<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#connection.run('begin transaction');
    this.#isRehearsing = true;
    try {
      return await work();
    } finally {
      this.#isRehearsing = false;
      await this.#connection.run('rollback').catch(() => {});
    }
  }

  close(): void {
    this.#connection.closeSync();
  }

  async *#pages(sql: Sql, result: DuckDBResult): AsyncGenerator<Json[][]> {
    try {
      yield* result.yieldRowsJson();
    } catch (error) {
      throw storeFailure(this.path, error, sql.name);
    }
  }

  async #named<Result>(sql: Sql, work: () => Promise<Result>): Promise<Result> {
    try {
      if (this.#isSelectOnly) await requireSelect(this.#connection, sql.text);
      return await work();
    } catch (error) {
      throw storeFailure(this.path, error, sql.name);
    }
  }
}
