export interface StdinLimits {
  /** Whole lines are handed on in objects of at most this size. */
  readonly chunkBytes: number;
  /** A line or a document that is longer is handed on alone, up to this size. */
  readonly documentBytes: number;
}

export interface Part {
  bytes: Buffer;
  /** Why the part cannot be read. */
  problem?: string;
}

const MIB = 1024 * 1024;
const NEWLINE = '\n';
// `zcat *.json.gz` sets CloudTrail's files, which end without a newline, one beside the other. None
// of these can stand inside a JSON string or a JSON value: there the quote or the newline is escaped.
const BETWEEN_FILES = '}{"Records":[';
const BETWEEN_DOCUMENTS = ['}\n{', '}\r\n{', BETWEEN_FILES];
/** So much must follow a place for every separator there to be whole. */
const LOOKAHEAD = BETWEEN_FILES.length;

/** Cuts a stream of JSON lines or documents into parts, the same ones however the bytes arrive. */
export class Cutter {
  readonly #limits: StdinLimits;
  #held: Buffer[] = [];
  #size = 0;
  /** Held bytes are looked at again when there are so many. */
  #enough: number;
  #isDocument: boolean | undefined;
  #skips: 'nothing' | 'line' | 'everything' = 'nothing';

  constructor(limits: StdinLimits) {
    this.#limits = limits;
    this.#enough = limits.chunkBytes + LOOKAHEAD;
  }

  push(bytes: Buffer): Part[] {
    if (this.#skips === 'everything') return [];
    if (this.#skips === 'line') {
      const end = bytes.indexOf(NEWLINE) + 1;
      if (end === 0) return [];
      this.#skips = 'nothing';
      this.#hold(bytes.subarray(end));
    } else {
      this.#hold(bytes);
    }
    return this.#size < this.#enough ? [] : this.#cut(this.#enoughToCut);
  }

  /** What is left. */
  end(): Part[] {
    const parts = this.#cut(this.#limits.chunkBytes + 1);
    return [...parts, ...this.#split(Buffer.concat(this.#held))];
  }

  get #enoughToCut(): number {
    return this.#limits.chunkBytes + LOOKAHEAD;
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#size += bytes.length;
  }

  #cut(enough: number): Part[] {
    const { chunkBytes, documentBytes } = this.#limits;
    const parts: Part[] = [];
    let block = Buffer.concat(this.#held);
    this.#isDocument ??= isOneDocument(block.subarray(0, Math.min(MIB, chunkBytes)));
    while (block.length >= enough) {
      const end = cutAt(block, chunkBytes, this.#isDocument);
      if (end === 0) break;
      parts.push(
        ...(end > documentBytes ? [this.#tooLong(block)] : this.#split(block.subarray(0, end))),
      );
      block = block.subarray(end);
    }
    if (block.length > documentBytes) {
      parts.push(this.#tooLong(block));
      this.#skips = this.#isDocument ? 'everything' : 'line';
      block = block.subarray(block.length);
    }
    // A copy, so that what is handed on can be let go.
    this.#held = [Buffer.from(block)];
    this.#size = block.length;
    this.#enough =
      this.#size < this.#enoughToCut
        ? this.#enoughToCut
        : Math.min(2 * this.#size, documentBytes + 1);
    return parts;
  }

  #tooLong(block: Buffer): Part {
    const { documentBytes } = this.#limits;
    const problem = this.#isDocument
      ? `a document of more than ${documentBytes} bytes; what follows it is not read`
      : `a line of more than ${documentBytes} bytes`;
    return { bytes: Buffer.from(block.subarray(0, documentBytes)), problem };
  }

  /** One part for each document; lines stay together. */
  #split(block: Buffer): Part[] {
    const separators = this.#isDocument ? BETWEEN_DOCUMENTS : [BETWEEN_FILES];
    const parts: Part[] = [];
    let start = 0;
    while (start < block.length) {
      const end = Math.min(...endsAfter(block, start, separators), block.length);
      const bytes = block.subarray(start, end);
      if (!isBlank(bytes)) parts.push({ bytes });
      start = end;
    }
    return parts;
  }
}

/** Where the last whole line, or document, within `limit` ends; else where the first one ends; 0 if none does. */
function cutAt(block: Buffer, limit: number, isDocument: boolean): number {
  const separators = isDocument ? BETWEEN_DOCUMENTS : [NEWLINE, BETWEEN_FILES];
  const within = Math.max(...separators.map((text) => block.lastIndexOf(text, limit - 1))) + 1;
  if (within > 0) return within;
  const beyond = endsAfter(block, limit, separators);
  return beyond.length > 0 ? Math.min(...beyond) : 0;
}

/** Each separator belongs with its first character to what it ends. */
function endsAfter(block: Buffer, start: number, separators: readonly string[]): number[] {
  return separators.map((text) => block.indexOf(text, start) + 1).filter((end) => end > 0);
}

/** JSON over several lines, as `jq` prints it, rather than one value a line. */
function isOneDocument(block: Buffer): boolean {
  const [first = '', second = ''] = block
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (first === '{' || first === '[') return true;
  // A first line that fails alone may be one bad record among good ones.
  return /^[{[]/.test(first) && second !== '' && !isJson(first) && !isJson(second);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
