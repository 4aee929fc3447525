import { join } from 'node:path';
import { BatchFolder } from './batch-folder.ts';
import type { InflateLimits } from './decode/gunzip.ts';
import type { LogObject } from './source.ts';
import { type StagedObject, stageObject } from './stage.ts';

/** What is loaded and committed together. */
export interface Batch {
  readonly objects: readonly StagedObject[];
  readonly folder: BatchFolder;
}

/** A batch is full at either. */
export interface BatchLimits {
  /** On disk, and twice that while one batch is loaded. */
  readonly bytes: number;
  readonly objects: number;
}

/** Each batch leaves two row groups of the store half full, which are written twice. */
export const BATCH_LIMITS: BatchLimits = { bytes: 1024 * 1024 * 1024, objects: 10_000 };
/** Downloads and unpacking side by side. */
const PARALLEL = 8;

/** Cuts a stream of objects into batches and unpacks each into files. */
export class Stager {
  readonly #objects: AsyncIterator<LogObject>;
  readonly #folder: string;
  readonly #limits: InflateLimits;
  readonly #batch: BatchLimits;
  #nextObjectId: number;

  constructor(
    objects: AsyncIterable<LogObject>,
    options: {
      folder: string;
      limits: InflateLimits;
      batch: BatchLimits;
      firstObjectId: number;
    },
  ) {
    this.#objects = objects[Symbol.asyncIterator]();
    this.#folder = options.folder;
    this.#limits = options.limits;
    this.#batch = options.batch;
    this.#nextObjectId = options.firstObjectId;
  }

  /** Null when there are no more objects. */
  async next(): Promise<Batch | null> {
    const folder = await BatchFolder.make(join(this.#folder, String(this.#nextObjectId)));
    const objects: StagedObject[] = [];
    const budget = { ...this.#batch };
    const work = async (): Promise<void> => {
      while (budget.bytes > 0 && budget.objects > 0) {
        budget.objects -= 1;
        const next = await this.#objects.next();
        if (next.done) return;
        const objectId = this.#nextObjectId++;
        const staged = await stageObject(next.value, objectId, folder, this.#limits);
        budget.bytes -= staged.stagedBytes;
        objects.push(staged);
      }
    };
    // All of them, also when one fails: none may write on into a folder that is being removed.
    const workers = await Promise.allSettled(Array.from({ length: PARALLEL }, work));
    const failed = workers.find((worker) => worker.status === 'rejected');
    if (failed) throw failed.reason;
    if (objects.length > 0) return { objects, folder };
    await folder.remove();
    return null;
  }
}
