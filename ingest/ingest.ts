import { rm } from 'node:fs/promises';
import { removeUnsettled } from '../store/migrations.ts';
import type { Store } from '../store/store.ts';
import { type Accounts, accountsFrom, loadBatch, prepareLoading } from './loader.ts';
import type { Progress } from './progress.ts';
import type { LogObject } from './source.ts';
import { BATCH_LIMITS, type BatchLimits, Stager } from './stager.ts';
import { Unread } from './unread.ts';

export interface IngestOptions {
  /** An object that unpacks to more goes to the dead letters. */
  readonly maximumObjectBytes: number;
  /** How much is committed together; smaller than the default only to see more commits. */
  readonly batch?: BatchLimits;
  readonly progress: Progress;
  readonly now: () => Date;
}

export interface Ingested extends Accounts {
  /** Ids of this run's objects begin here. */
  readonly firstObjectId: number;
  readonly objects: number;
  /** Ingested by an earlier run, in the same version, and not read again. */
  readonly knownObjects: number;
  readonly bytes: number;
}

const NEXT_OBJECT_ID = {
  name: 'ingest/next-object-id',
  text: 'select coalesce(max(object_id), 0) + 1 as next from source_objects',
};

/** Brings the objects into the store, batch by batch; one is unpacked while the one before is loaded. */
export async function ingest(
  store: Store,
  objects: AsyncIterable<LogObject>,
  { maximumObjectBytes, batch: batchLimits = BATCH_LIMITS, progress, now }: IngestOptions,
): Promise<Ingested> {
  // Left behind by a run that was killed: this process has the store's lock, so nobody uses it.
  const folder = `${store.path}.staging`;
  await rm(folder, { recursive: true, force: true });
  await removeUnsettled(store);
  const ledger = await store.connect();
  const unread = new Unread(ledger);
  const [row] = await store.rows(NEXT_OBJECT_ID);
  const firstObjectId = Number(row?.['next']);
  const stager = new Stager(unread.of(objects), {
    folder,
    limits: { maximumBytes: maximumObjectBytes },
    batch: batchLimits,
    firstObjectId,
  });
  await prepareLoading(store);
  const total = { objects: 0, bytes: 0 };
  let next = ahead(stager);
  try {
    for (let batch = await next; batch !== null; batch = await next) {
      next = ahead(stager);
      const { records } = await loadBatch(store, batch, now());
      unread.commit(batch.objects);
      await batch.folder.remove();
      const bytes = batch.objects.reduce((sum, object) => sum + (object.bytes ?? 0), 0);
      total.objects += batch.objects.length;
      total.bytes += bytes;
      progress.add({ objects: batch.objects.length, bytes, records });
    }
  } finally {
    progress.done();
    await next.catch(() => {});
    ledger.close();
    await rm(folder, { recursive: true, force: true });
  }
  const accounts = await accountsFrom(store, firstObjectId);
  return { ...total, ...accounts, firstObjectId, knownObjects: unread.known };
}

/** The next batch under way; its failure waits until somebody asks for the batch. */
function ahead(stager: Stager): ReturnType<Stager['next']> {
  const next = stager.next();
  next.catch(() => {});
  return next;
}
