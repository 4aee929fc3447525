import { createGunzip, type Gunzip } from 'node:zlib';

export interface InflateLimits {
  /** No more than this comes out of one object; the rest is a problem. */
  readonly maximumBytes: number;
}

export interface Inflated {
  readonly bytes: Buffer;
  /** Why there is not more, or null when this is all. */
  readonly problem: string | null;
}

/** The content in pieces; `problem` is known once they have come to an end. */
export interface Inflating extends AsyncIterable<Buffer> {
  readonly problem: string | null;
}

const MIB = 1024 * 1024;
/** What inflates to more is only to be had from `inflateStream`. */
const IN_MEMORY_BYTES = 64 * MIB;
const LEAST_PIECE_BYTES = 16 * 1024;
/** Deflate packs 1,032 to 1 at most: no slice of input becomes more than 17 MB. */
const SLICE_BYTES = 16 * 1024;
/** What zlib had made of a slice that turns out damaged is lost, and a stream cannot be read again. */
const STREAM_SLICE_BYTES = 4 * 1024;

/** Null when the content is within the limit, but too large to be held at once. */
export async function inflate(
  stored: Buffer,
  { maximumBytes }: InflateLimits,
): Promise<Inflated | null> {
  const most = Math.min(maximumBytes, IN_MEMORY_BYTES);
  const whole = isGzip(stored) ? await gunzipWhole(stored, most) : stored;
  if (whole !== null && whole.length <= most) return { bytes: whole, problem: null };
  if (whole !== null && most < maximumBytes) return null;
  const pieces: Buffer[] = [];
  let size = 0;
  const inflating = inflateStream(stored, { maximumBytes });
  for await (const piece of inflating) {
    pieces.push(piece);
    size += piece.length;
    if (size > most) return null;
  }
  return { bytes: Buffer.concat(pieces), problem: inflating.problem };
}

/** Gunzips where the first bytes say gzip, and holds a few megabytes at most. */
export function inflateStream(
  stored: Buffer | AsyncIterable<Buffer>,
  { maximumBytes }: InflateLimits,
): Inflating {
  let problem: string | null = null;
  async function* pieces(): AsyncGenerator<Buffer> {
    const contents = Buffer.isBuffer(stored) ? contentsOf(stored) : contentsOfStream(stored);
    let left = maximumBytes;
    try {
      for (let next = await contents.next(); ; next = await contents.next()) {
        if (next.done) {
          problem = next.value;
          return;
        }
        if (next.value.length > left) {
          problem = `more than ${maximumBytes} bytes of content; what follows is not read`;
          if (left > 0) yield next.value.subarray(0, left);
          return;
        }
        left -= next.value.length;
        yield next.value;
      }
    } finally {
      await contents.return(null);
    }
  }
  return {
    [Symbol.asyncIterator]: pieces,
    get problem() {
      return problem;
    },
  };
}

/** Yields content, returns what is wrong with it. */
type Contents = AsyncGenerator<Buffer, string | null>;

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** All of it in one pass; more than `most` bytes where there is too much; null where something is wrong. */
function gunzipWhole(stored: Buffer, most: number): Promise<Buffer | null> {
  const { promise, resolve } = deferred<Buffer | null>();
  const engine = createGunzip({ chunkSize: pieceSize(stored, most) });
  const pieces: Buffer[] = [];
  let size = 0;
  engine.on('data', (piece: Buffer) => {
    pieces.push(piece);
    size += piece.length;
    if (size > most) engine.destroy();
  });
  engine.on('error', () => resolve(null));
  engine.on('end', () => {
    resolve(isPadding(stored, engine.bytesWritten) ? joined(pieces) : null);
  });
  engine.on('close', () => resolve(size > most ? Buffer.concat(pieces) : null));
  engine.end(stored);
  return promise;
}

/**
 * As much as the last four bytes say there is, so that all comes in one piece; a lie, or a member more,
 * only means more pieces.
 */
function pieceSize(stored: Buffer, most: number): number {
  const stated = stored.length < 4 ? 0 : stored.readUInt32LE(stored.length - 4);
  return Math.min(Math.max(stated + 1, LEAST_PIECE_BYTES), most + 1);
}

function joined([first, ...rest]: readonly Buffer[]): Buffer {
  if (first === undefined) return Buffer.alloc(0);
  return rest.length === 0 ? first : Buffer.concat([first, ...rest]);
}

/** The slice that fails is read again byte by byte, so that all before the damage is kept. */
async function* contentsOf(stored: Buffer): Contents {
  if (!isGzip(stored)) {
    yield stored;
    return null;
  }
  const engine = new Engine();
  const size = Math.min(Math.max(Math.ceil(stored.length / 256), 64), SLICE_BYTES);
  let given = 0;
  let at = 0;
  for (; at < stored.length && engine.isOpen; at += size) {
    for (const piece of await engine.push(stored.subarray(at, at + size))) {
      given += piece.length;
      yield piece;
    }
  }
  const last = await engine.finish();
  if (engine.failure === null) {
    yield* last;
    return isPadding(stored, engine.taken) ? null : TRAILING;
  }
  const again = new Engine();
  for (let from = 0; from < stored.length && again.isOpen; ) {
    const isNear = from >= at - size;
    const to = isNear ? from + 1 : Math.min(from + SLICE_BYTES, at - size);
    for (const piece of await again.push(stored.subarray(from, to))) {
      const rest = piece.subarray(Math.min(given, piece.length));
      given -= piece.length - rest.length;
      if (rest.length > 0) yield rest;
    }
    from = to;
  }
  await again.finish();
  return engine.failure;
}

async function* contentsOfStream(stored: AsyncIterable<Buffer>): Contents {
  let engine: Engine | null | undefined;
  let fed = 0;
  let isPadded = true;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of stored) {
    head = Buffer.concat([head, chunk]);
    if (engine === undefined && head.length < 2) continue;
    engine ??= isGzip(head) ? new Engine() : null;
    if (engine === null) {
      yield head;
    } else {
      for (let at = 0; at < head.length; at += STREAM_SLICE_BYTES) {
        const slice = head.subarray(at, at + STREAM_SLICE_BYTES);
        if (engine.isOpen) yield* await engine.push(slice);
        if (engine.failure !== null) return engine.failure;
        isPadded &&= isPadding(slice, engine.taken - fed);
        fed += slice.length;
      }
    }
    head = Buffer.alloc(0);
  }
  if (!engine) {
    yield head;
    return null;
  }
  yield* await engine.finish();
  return engine.failure ?? (isPadded ? null : TRAILING);
}

const TRAILING = 'what follows the gzip data is not gzip';

function isPadding(bytes: Buffer, from: number): boolean {
  return bytes.subarray(Math.max(from, 0)).every((byte) => byte === 0);
}

/** zlib, one slice at a time. */
class Engine {
  failure: string | null = null;
  isOpen = true;
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: 64 * 1024 });
  #pieces: Buffer[] = [];
  #wake: () => void = () => {};

  constructor() {
    this.#gunzip.on('data', (piece: Buffer) => this.#pieces.push(piece));
    this.#gunzip.on('end', () => this.#close());
    this.#gunzip.on('close', () => this.#close());
    this.#gunzip.on('error', (error: Error) => {
      this.failure = problemOf(error, this.#gunzip.bytesWritten);
      this.#close();
    });
  }

  /** How much of the input was gzip. */
  get taken(): number {
    return this.#gunzip.bytesWritten;
  }

  async push(slice: Buffer): Promise<Buffer[]> {
    await this.#settled((done) => this.#gunzip.write(slice, done));
    return this.#pieces.splice(0);
  }

  async finish(): Promise<Buffer[]> {
    if (this.isOpen) await this.#settled(() => this.#gunzip.end());
    this.#gunzip.destroy();
    return this.#pieces.splice(0);
  }

  /** An engine that fails never calls back: whichever comes first. */
  #settled(start: (done: () => void) => void): Promise<void> {
    const { promise, resolve } = deferred<void>();
    this.#wake = resolve;
    start(resolve);
    return promise;
  }

  #close(): void {
    this.isOpen = false;
    this.#wake();
  }
}

function problemOf(error: Error, taken: number): string {
  if ('code' in error && error.code === 'Z_BUF_ERROR') return 'the gzip data is cut off';
  if (error.message === 'incorrect header check' && taken > 0) return TRAILING;
  return `the gzip data is damaged (${error.message})`;
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}
