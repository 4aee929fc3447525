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

/** On disk, and twice that while one batch is loaded. Each leaves two row groups half full, which are written twice. */
const BATCH_BYTES = 1024 * 1024 * 1024;
const BATCH_OBJECTS = 10_000;
/** Downloads and unpacking side by side. */
const PARALLEL = 8;

/** Cuts a stream of objects into batches and unpacks each into files. */
export class Stager {
  readonly #objects: AsyncIterator<LogObject>;
  readonly #folder: string;
  readonly #limits: InflateLimits;
  #nextObjectId: number;

  constructor(
    objects: AsyncIterable<LogObject>,
    options: { folder: string; limits: InflateLimits; firstObjectId: number },
  ) {
    this.#objects = objects[Symbol.asyncIterator]();
    this.#folder = options.folder;
    this.#limits = options.limits;
    this.#nextObjectId = options.firstObjectId;
  }

  /** Null when there are no more objects. */
  async next(): Promise<Batch | null> {
    const folder = await BatchFolder.make(join(this.#folder, String(this.#nextObjectId)));
    const objects: StagedObject[] = [];
    const budget = { bytes: BATCH_BYTES, objects: BATCH_OBJECTS };
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
    await Promise.all(Array.from({ length: PARALLEL }, work));
    if (objects.length > 0) return { objects, folder };
    await folder.remove();
    return null;
  }
}
