import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { BadObjectError } from '../store/errors.ts';
import type { BatchFolder } from './batch-folder.ts';
import { type InflateLimits, inflate, inflateStream } from './decode/gunzip.ts';
import { type Decoded, decodeRecords } from './decode/records.ts';
import { recordsArray } from './decode/records-array.ts';
import { JsonArrayWriter } from './json-array-writer.ts';
import type { LogObject } from './source.ts';

/** An object of which all that will be loaded stands in the batch's folder. */
export interface StagedObject {
  readonly objectId: number;
  readonly uri: string;
  readonly version: string;
  readonly bytes: number | null;
  /** Why it could not be read, or not to its end. */
  readonly problem: string | null;
  /** Of JSON in the folder. */
  readonly stagedBytes: number;
  /** CloudTrail's own array, which DuckDB parses as it is; false: decoded here, record by record. */
  readonly isWhole: boolean;
}

/** Reads and unpacks one object into the folder. An object that nothing will make readable is a dead letter. */
export async function stageObject(
  object: LogObject,
  objectId: number,
  folder: BatchFolder,
  limits: InflateLimits,
): Promise<StagedObject> {
  const { uri, version, bytes } = object;
  const facts = { objectId, uri, version, bytes };
  try {
    const stored = object.open ? null : await object.read();
    const inflated = stored ? await inflate(stored, limits) : null;
    const array = inflated?.problem === null ? recordsArray(inflated.bytes) : null;
    if (array !== null) {
      await writeBytes(folder.file('whole', objectId), array);
      return { ...facts, problem: null, stagedBytes: array.length, isWhole: true };
    }
    if (inflated?.bytes.length === 0 && inflated.problem === null) {
      throw new BadObjectError(uri, 'empty');
    }
    if (inflated !== null) {
      const stagedBytes = await stageDecoded([inflated.bytes], objectId, folder);
      return { ...facts, problem: inflated.problem, stagedBytes, isWhole: false };
    }
    const content = inflateStream(stored ?? object.open?.() ?? Buffer.alloc(0), limits);
    const stagedBytes = await stageDecoded(content, objectId, folder);
    return { ...facts, problem: content.problem, stagedBytes, isWhole: false };
  } catch (error) {
    if (!(error instanceof BadObjectError)) throw error;
    return { ...facts, problem: error.problem, stagedBytes: 0, isWhole: false };
  }
}

/** An array that DuckDB refused, or in which it found what is no event: anew, record by record. */
export async function restageObject(
  object: StagedObject,
  folder: BatchFolder,
): Promise<StagedObject> {
  const content = recordsAround(folder.file('whole', object.objectId));
  const stagedBytes = await stageDecoded(content, object.objectId, folder);
  return { ...object, stagedBytes, isWhole: false };
}

/** What stood around the array: it may turn out to be several, of documents in a row. */
async function* recordsAround(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from('{"Records":');
  yield* createReadStream(file);
  yield Buffer.from('}');
}

async function stageDecoded(
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  objectId: number,
  folder: BatchFolder,
): Promise<number> {
  const records = await JsonArrayWriter.open(folder.file('decoded', objectId));
  const dead = await JsonArrayWriter.open(folder.file('dead', objectId));
  try {
    for await (const decoded of decodeRecords(content)) {
      await ('record' in decoded ? records.write(decoded.record) : dead.write(letterOf(decoded)));
    }
  } finally {
    await Promise.all([records.close(), dead.close()]);
  }
  return records.bytes + dead.bytes;
}

function letterOf({ position, reason, raw }: Extract<Decoded, { reason: string }>): object {
  return { position, reason, raw };
}

async function writeBytes(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
