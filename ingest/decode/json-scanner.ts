/** Deeper JSON than CloudTrail ever wrote; what is within cannot overflow a recursive function. */
export const MOST_DEPTH = 500;

export type ScanResult =
  /** `at` is behind the value. */
  | 'done'
  /** `at` is behind the `[` of a member that was asked for. */
  | 'array'
  /** All bytes fit so far. */
  | 'more'
  /** The byte at `at` cannot stand there. */
  | 'error';

const VALUE = 0;
const VALUE_OR_CLOSE = 1;
const KEY_OR_CLOSE = 2;
const KEY = 3;
const COLON = 4;
const AFTER = 5;
const STRING = 6;
const ESCAPE = 7;
const SCALAR = 8;

const LONGEST_NAME = 16;

/**
 * Finds where a JSON value ends, in pieces as they come. Strict about structure, so that damage shows
 * within a few bytes and not at the end of the file; what a word or a number says is the parser's to judge.
 */
export class JsonScanner {
  at = 0;
  readonly #arrays: ReadonlySet<string>;
  #state = VALUE;
  #isKey = false;
  /** Name of the last member at depth 1, as far as it matters. */
  #name = '';
  /** One for each open container: true for an object. */
  readonly #open: boolean[] = [];

  /** Stops at the `[` of a member of the outermost object that has one of these names. */
  constructor(arrays: ReadonlySet<string> = new Set()) {
    this.#arrays = arrays;
  }

  /** The array that was stopped at has come to its end. */
  afterArray(): void {
    this.#state = AFTER;
  }

  scan(bytes: Buffer, from: number, to: number): ScanResult {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] as number;
      switch (this.#state) {
        case STRING:
          if (byte === 0x22) this.#state = this.#isKey ? COLON : AFTER;
          else if (byte === 0x5c) this.#state = ESCAPE;
          else if (byte < 0x20) return this.#stop('error', at);
          else if (this.#isKey && this.#open.length === 1) this.#addToName(byte);
          if (this.#state === AFTER && this.#open.length === 0) return this.#stop('done', at + 1);
          continue;
        case ESCAPE:
          if (!isEscape(byte)) return this.#stop('error', at);
          this.#state = STRING;
          continue;
        case SCALAR:
          if (isWord(byte)) continue;
          this.#state = AFTER;
          if (this.#open.length === 0) return this.#stop('done', at);
          break;
      }
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      const result = this.#structure(byte);
      if (result === 'more') continue;
      return this.#stop(result, result === 'error' ? at : at + 1);
    }
    return this.#stop('more', to);
  }

  /** At the end of all bytes, a word or a number is whole. */
  get isWhole(): boolean {
    return this.#state === SCALAR && this.#open.length === 0;
  }

  #structure(byte: number): ScanResult {
    switch (this.#state) {
      case VALUE_OR_CLOSE:
        return byte === 0x5d ? this.#close(false) : this.#value(byte);
      case VALUE:
        return this.#value(byte);
      case KEY_OR_CLOSE:
        return byte === 0x7d ? this.#close(true) : this.#key(byte);
      case KEY:
        return this.#key(byte);
      case COLON:
        if (byte !== 0x3a) return 'error';
        this.#state = VALUE;
        return 'more';
      default:
        if (byte === 0x2c && this.#open.length > 0) {
          this.#state = this.#open.at(-1) ? KEY : VALUE;
          return 'more';
        }
        if (byte === 0x7d) return this.#close(true);
        return byte === 0x5d ? this.#close(false) : 'error';
    }
  }

  #value(byte: number): ScanResult {
    if (byte === 0x22) {
      this.#state = STRING;
      this.#isKey = false;
    } else if (byte === 0x7b || byte === 0x5b) {
      const isArray = byte === 0x5b;
      const isWanted = isArray && this.#open.length === 1 && this.#open[0] === true;
      if (isWanted && this.#arrays.has(this.#name)) return 'array';
      if (this.#open.length >= MOST_DEPTH) return 'error';
      this.#open.push(!isArray);
      this.#state = isArray ? VALUE_OR_CLOSE : KEY_OR_CLOSE;
    } else if (isWord(byte)) {
      this.#state = SCALAR;
    } else {
      return 'error';
    }
    return 'more';
  }

  #key(byte: number): ScanResult {
    if (byte !== 0x22) return 'error';
    this.#state = STRING;
    this.#isKey = true;
    if (this.#open.length === 1) this.#name = '';
    return 'more';
  }

  #close(isObject: boolean): ScanResult {
    if (this.#open.pop() !== isObject) return 'error';
    this.#state = AFTER;
    return this.#open.length === 0 ? 'done' : 'more';
  }

  #addToName(byte: number): void {
    if (this.#name.length < LONGEST_NAME) this.#name += String.fromCharCode(byte);
  }

  #stop(result: ScanResult, at: number): ScanResult {
    this.at = at;
    return result;
  }
}

/** `"\/bfnrtu`: the four digits after a `u` are left to the parser. */
function isEscape(byte: number): boolean {
  return (
    byte === 0x22 ||
    byte === 0x5c ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74 ||
    byte === 0x75
  );
}

/** Letters, digits and `+ - .`: all that `true`, `null` and numbers are made of. */
function isWord(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2d ||
    byte === 0x2b ||
    byte === 0x2e
  );
}
