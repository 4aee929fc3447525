import { DuckDBTimestampValue, listValue } from '@duckdb/node-api';
import type { Queryable, Row, Transactional } from '../store/connection.ts';
import { QueryError } from '../store/errors.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import type { BatchFolder, StagedKind } from './batch-folder.ts';
import { REDACTIONS } from './decode/redact.ts';
import { restageObject, type StagedObject } from './stage.ts';
import type { Batch } from './stager.ts';

const load = (name: string): Sql => loadSql(new URL(`load/${name}.sql`, import.meta.url));
const SQL = {
  redactedInDepth: load('redacted-in-depth'),
  redacted: load('redacted'),
  events: load('events'),
  unfit: load('unfit'),
  stagedObjects: load('staged-objects'),
  deadLetters: load('dead-letters'),
  unreadable: load('unreadable'),
  contested: load('contested'),
  contestedSpan: load('contested-span'),
  losers: load('losers'),
  dropLosers: load('drop-losers'),
  copies: load('copies'),
  markCopies: load('mark-copies'),
  ledger: load('ledger'),
  recount: load('recount'),
  totals: load('totals'),
  redactions: load('redactions'),
};

/** What the ledger says of some objects: records = events + duplicates + deadLetters. */
export interface Accounts {
  readonly records: number;
  readonly events: number;
  readonly duplicates: number;
  readonly deadLetters: number;
}

/** Once for a connection, before its first batch. */
export async function prepareLoading(store: Transactional): Promise<void> {
  await store.run(SQL.redactions, { redactions: JSON.stringify(REDACTIONS) });
  await store.run(SQL.redactedInDepth);
  await store.run(SQL.redacted);
}

/**
 * Commits a batch in two steps, because DuckDB writes rows twice that change in the transaction that
 * brought them: first the records, of objects that no view shows as long as the ledger lacks them;
 * then, together, what duplicates are dropped, the dead letters and the ledger's entries. Records of
 * a run that was killed between the two are removed when the store is opened to write again.
 */
export async function loadBatch(
  store: Transactional,
  { objects, folder }: Batch,
  ingestedAt: Date,
): Promise<Accounts> {
  const first_object_id = Math.min(...objects.map(({ objectId }) => objectId));
  const staged = await loadRecords(store, objects, folder, first_object_id);
  const manifest = await folder.writeTable('objects', staged);
  await store.run(SQL.stagedObjects, { staged: manifest });
  await store.transaction(() => settle(store, staged, folder, first_object_id, ingestedAt));
  return accountsFrom(store, first_object_id);
}

/** Of the objects from an id on, as they stand now: a later batch may take an event over. */
export async function accountsFrom(store: Queryable, first_object_id: number): Promise<Accounts> {
  const [row] = await store.rows(SQL.totals, { first_object_id });
  return {
    records: Number(row?.['records_read']),
    events: Number(row?.['events_stored']),
    duplicates: Number(row?.['duplicates']),
    deadLetters: Number(row?.['dead_letters']),
  };
}

/**
 * An array that DuckDB cannot take, or in which it found what is no event, is decoded record by record.
 * It alone, and not those that share the batch with it: how a record is read must not depend on its company.
 */
async function loadRecords(
  store: Transactional,
  objects: readonly StagedObject[],
  folder: BatchFolder,
  first_object_id: number,
): Promise<StagedObject[]> {
  const refused = new Set<number>();
  const parts = [objects.filter(isWhole)];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const ids = await loadWhole(store, part, folder, first_object_id);
    if (ids === null) continue;
    for (const id of ids) refused.add(id);
    const rest = part.filter(({ objectId }) => !ids.has(objectId));
    const middle = Math.ceil(rest.length / 2);
    parts.push(...[rest.slice(0, middle), rest.slice(middle)].filter(({ length }) => length > 0));
  }
  const staged = await restage(objects, refused, folder);
  await store.transaction(() =>
    runOver(store, SQL.events, folder, 'decoded', staged.filter(isDecoded)),
  );
  return staged;
}

/** Null when all of it is loaded; else nothing is, and some of those that are to blame are named, if any is. */
async function loadWhole(
  store: Transactional,
  whole: readonly StagedObject[],
  folder: BatchFolder,
  first_object_id: number,
): Promise<ReadonlySet<number> | null> {
  try {
    await store.transaction(async () => {
      await runOver(store, SQL.events, folder, 'whole', whole);
      const unfit = await store.rows(SQL.unfit, { first_object_id });
      if (unfit.length > 0) throw new UnfitError(unfit.map((row) => Number(row['object_id'])));
    });
    return null;
  } catch (error) {
    return refusedObjects(error, whole);
  }
}

async function settle(
  store: Transactional,
  staged: readonly StagedObject[],
  folder: BatchFolder,
  first_object_id: number,
  ingestedAt: Date,
): Promise<void> {
  await runOver(store, SQL.deadLetters, folder, 'dead', staged.filter(isDecoded));
  await store.run(SQL.unreadable);
  await store.run(SQL.contested, { first_object_id });
  const [span] = await store.rows(SQL.contestedSpan);
  await store.run(SQL.losers, {
    first_time: timeOf(span, 'first_time'),
    last_time: timeOf(span, 'last_time'),
  });
  await store.run(SQL.dropLosers);
  // Not before: of two records of one event either might be the copy.
  await store.run(SQL.copies, { first_object_id });
  await store.run(SQL.markCopies);
  await store.run(SQL.ledger, { first_object_id, ingested_at: ingestedAt.toISOString() });
  await store.run(SQL.recount, { first_object_id });
}

function timeOf(row: Row | undefined, column: string): DuckDBTimestampValue | null {
  const time = row?.[column];
  return time instanceof Date ? new DuckDBTimestampValue(BigInt(time.getTime()) * 1000n) : null;
}

async function runOver(
  store: Transactional,
  sql: Sql,
  folder: BatchFolder,
  kind: StagedKind,
  objects: readonly StagedObject[],
): Promise<void> {
  if (objects.length === 0) return;
  const files = objects.map(({ objectId }) => folder.file(kind, objectId));
  await store.run(sql, { staged: listValue(files) });
}

function isWhole(object: StagedObject): boolean {
  return object.isWhole;
}

function isDecoded(object: StagedObject): boolean {
  return !object.isWhole && object.stagedBytes > 0;
}

function restage(
  objects: readonly StagedObject[],
  ids: ReadonlySet<number>,
  folder: BatchFolder,
): Promise<StagedObject[]> {
  return Promise.all(
    objects.map((object) => (ids.has(object.objectId) ? restageObject(object, folder) : object)),
  );
}

/** Records in these objects are no events as they stand; undoes the transaction that found them. */
class UnfitError extends Error {
  override readonly name = 'UnfitError';
  readonly objectIds: readonly number[];

  constructor(objectIds: readonly number[]) {
    super(`objects ${objectIds.join(', ')} hold records that are no events`);
    this.objectIds = objectIds;
  }
}

const REFUSED =
  /^Invalid Input Error: (?:Malformed JSON|JSON transform error|"maximum_object_size")/;

/**
 * DuckDB refuses an array as a whole for one record that is no JSON or not of the declared shape, and
 * says in which file. Its message holds values of the record: it goes no further than here.
 */
function refusedObjects(error: unknown, whole: readonly StagedObject[]): ReadonlySet<number> {
  if (error instanceof UnfitError) return new Set(error.objectIds);
  const cause = error instanceof QueryError ? error.cause : undefined;
  const message = cause instanceof Error ? cause.message : '';
  if (!REFUSED.test(message)) throw error;
  const ids = whole.map(({ objectId }) => objectId);
  if (ids.length === 1) return new Set(ids);
  const named = Number(/in file "[^"]*?(\d+)\.json"/.exec(message)?.[1]);
  return new Set(ids.filter((id) => id === named));
}
