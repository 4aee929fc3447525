import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { Connection } from './connection.ts';
import { KnownError } from './errors.ts';
import { storeFailure } from './failures.ts';
import { migrate, requireVersion } from './migrations.ts';
import { printable } from './printable.ts';

interface OpenOptions {
  /** DuckDB's own limit; the process takes this and some 300 MB. */
  readonly memoryLimit?: string;
}

type Access = 'read-write' | 'read-only' | 'query-only';

const CHECKPOINT = { name: 'store/checkpoint', text: 'checkpoint' };
const QUESTION_MARK = 'a question mark, which DuckDB takes for the end of the name';
const OTHER_PATH = 'name another file with --store';
const MEMORY_LIMIT = '448MiB';
/** Half of DuckDB's default: groups fill within one batch and are compressed by all threads. */
const ROW_GROUP_SIZE = 61_440;
/** The first with DICT_FSST, which packs faster and closer; older clients cannot open the file. */
const STORAGE_VERSION = 'v1.3.0';

/** One DuckDB file, attached as the catalog `store`. One process may write; it locks all others out. */
export class Store extends Connection {
  readonly #instance: DuckDBInstance;
  readonly #access: Access;

  private constructor(
    path: string,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    access: Access,
  ) {
    super(path, connection, access === 'query-only');
    this.#instance = instance;
    this.#access = access;
  }

  /** Makes the file where there is none. */
  static async openToWrite(path: string, options: OpenOptions = {}): Promise<Store> {
    if (path.includes('?')) throw new KnownError(`${path}: ${QUESTION_MARK}`, { hint: OTHER_PATH });
    if (!existsSync(path)) await Store.#make(path, options);
    return Store.#open(path, 'read-write', options);
  }

  /** Writes into a store that exists. */
  static async openToUpdate(path: string, options: OpenOptions = {}): Promise<Store> {
    requireFile(path);
    return Store.#open(path, 'read-write', options);
  }

  /** A mistyped path is a failure, not a new empty store. */
  static async openToRead(path: string, options: OpenOptions = {}): Promise<Store> {
    requireFile(path);
    return Store.#open(path, 'read-only', options);
  }

  /** For SQL that a person typed: it can reach nothing but the store, and change nothing in it. */
  static async openToQuery(path: string, options: OpenOptions = {}): Promise<Store> {
    requireFile(path);
    return Store.#open(path, 'query-only', options);
  }

  /** A second connection, which sees what was committed. */
  async connect(): Promise<Connection> {
    const connection = await this.#instance.connect();
    await connection.run('use store');
    return new Connection(this.path, connection, this.#access === 'query-only');
  }

  override close(): void {
    super.close();
    this.#instance.closeSync();
  }

  /** A process that is killed while DuckDB lays a file out leaves one that nothing opens: so, beside its place. */
  static async #make(path: string, options: OpenOptions): Promise<void> {
    const draft = `${path}.new`;
    try {
      await rm(draft, { force: true });
      await rm(`${draft}.wal`, { force: true });
      const store = await Store.#open(path, 'read-write', options, draft);
      await store.run(CHECKPOINT);
      store.close();
      // Another process may have made it meanwhile.
      if (!existsSync(path)) await rename(draft, path);
    } catch (error) {
      throw storeFailure(path, error);
    }
  }

  static async #open(
    path: string,
    access: Access,
    options: OpenOptions,
    file = path,
  ): Promise<Store> {
    const instance = await DuckDBInstance.create(':memory:', settings(options));
    const connection = await instance.connect();
    const store = new Store(path, instance, connection, access);
    try {
      await connection.run(attachStatement(file, access));
      await connection.run('use store');
      if (access === 'query-only') await connection.run('set enable_external_access = false');
      await connection.run('set lock_configuration = true');
      await (access === 'read-write'
        ? store.transaction(() => migrate(store, path))
        : requireVersion(store, path));
    } catch (error) {
      store.close();
      throw storeFailure(path, error);
    }
    return store;
  }
}

function settings({ memoryLimit = MEMORY_LIMIT }: OpenOptions): Record<string, string> {
  return {
    threads: String(availableParallelism()),
    memory_limit: memoryLimit,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  };
}

/** ATTACH takes no parameters; the path is the user's own, quoted as SQL quotes. */
function attachStatement(path: string, access: Access): string {
  const quoted = `'${path.replaceAll("'", "''")}'`;
  return access === 'read-write'
    ? `attach ${quoted} as store (row_group_size ${ROW_GROUP_SIZE}, storage_version '${STORAGE_VERSION}')`
    : `attach ${quoted} as store (read_only)`;
}

function requireFile(path: string): void {
  if (existsSync(path)) return;
  throw new KnownError(`${printable(path)}: no such store`, {
    hint: 'agenttrail ingest <source> --store FILE makes one; check the path',
  });
}
