import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BadObjectError, KnownError } from '../../store/errors.ts';
import type { LogObject } from '../source.ts';
import { Cursor, entryOf, type Run } from './merge.ts';
import { Cutter, type Part, type StdinLimits } from './stdin-cutter.ts';

export type StdinStream = AsyncIterable<Uint8Array> & {
  readonly isTTY?: boolean;
  /** Lets go of what has not been read. */
  destroy?(): unknown;
};

const MIB = 1024 * 1024;
const LIMITS: StdinLimits = { chunkBytes: 32 * MIB, documentBytes: 256 * MIB };

/** Standard input as objects; read only as far as they are asked for, and held until they are let go. */
export async function openStdin(stream: StdinStream, limits = LIMITS): Promise<Cursor> {
  const hint =
    'pipe CloudTrail records in, one a line: `zcat logs/*.json.gz | agenttrail ingest -`';
  if (stream.isTTY) throw new KnownError('stdin: a terminal, not a pipe', { hint });
  const cursor = await Cursor.open(stdinRun(stream, limits));
  if (cursor === null) throw new KnownError('stdin: nothing came in', { hint });
  return cursor;
}

async function* stdinRun(stream: StdinStream, limits: StdinLimits): Run {
  const seen = new Set<string>();
  for await (const part of parts(stream, limits)) {
    const entry = entryOf(stdinObject(part));
    // A repeated part has the same name: it is the same object.
    if (!seen.has(entry.object.uri)) yield [entry];
    seen.add(entry.object.uri);
  }
}

async function* parts(stream: StdinStream, limits: StdinLimits): AsyncGenerator<Part> {
  const cutter = new Cutter(limits);
  for await (const piece of contents(stream)) {
    if (piece.problem === undefined) {
      yield* cutter.push(piece.bytes);
    } else {
      const rest = cutter.end();
      yield* rest;
      // Named after what came before, so that two streams that break are not taken for one.
      yield { bytes: rest.at(-1)?.bytes ?? piece.bytes, problem: piece.problem };
      return;
    }
  }
  yield* cutter.end();
}

/** Decompressed where it is gzip; a stream that breaks ends in a part that says so. */
async function* contents(stream: StdinStream): AsyncGenerator<Part> {
  try {
    for await (const bytes of gunzipped(stream)) yield { bytes };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const isCut = code === 'Z_BUF_ERROR';
    yield {
      bytes: Buffer.from(code),
      problem: isCut ? 'the gzip stream is cut off' : `broken off: ${code}`,
    };
  } finally {
    stream.destroy?.();
  }
}

async function* gunzipped(stream: StdinStream): AsyncGenerator<Buffer> {
  const iterator = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.length >= 2) break;
  }
  const whole = (async function* () {
    yield head;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      yield Buffer.from(next.value);
    }
  })();
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: MIB });
  // The error reaches whoever reads `gunzip`.
  pipeline(Readable.from(whole), gunzip, () => {});
  yield* gunzip;
}

function stdinObject({ bytes, problem }: Part): LogObject {
  const digest = createHash('sha256')
    .update(bytes)
    .update(problem ?? '')
    .digest('hex');
  const uri = `stdin#${digest.slice(0, 16)}`;
  return {
    uri,
    bytes: bytes.length,
    version: digest,
    read: () =>
      problem === undefined
        ? Promise.resolve(bytes)
        : Promise.reject(new BadObjectError(uri, problem)),
  };
}
