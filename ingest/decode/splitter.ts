import {
  beginsValue,
  CLOSE_LIST,
  COMMA,
  firstMember,
  followsElement,
  isRemnant,
  isSpace,
  LOOKAROUND,
} from './boundaries.ts';
import { JsonScanner } from './json-scanner.ts';
import { holdsRecord } from './unwrap.ts';

/** The text of one JSON value, or, with a problem, of what stands where one should. */
export interface Piece {
  readonly text: string;
  readonly problem?: string;
}

export interface SplitLimits {
  /** A longer value is set aside, and read past. */
  readonly recordBytes: number;
  /** So much is kept of what is set aside. */
  readonly rawBytes: number;
}

/** Members whose elements are values of their own, however many there are. */
const LISTS = new Set(['Records', 'Events', 'logEvents']);
const NESTED_LISTS = 3;
/** After damage, so much of a file may be read again and again in search of the next record. */
const SEARCHES = 8;
const LONGEST_PREFIX = 1024;
const LIST_CUT = 'cut off before the list of records ends';

/**
 * Splits bytes, however they arrive, into the values they hold: elements of a list, lines, documents in
 * a row. Where a value is damaged, what follows is taken up again at the next record.
 */
export class Splitter {
  readonly #limits: SplitLimits;
  #bytes: Buffer = Buffer.alloc(64 * 1024);
  #end = 0;
  /** All before this has been dealt with. */
  #start = 0;
  #at = 0;
  #mode: 'between' | 'value' | 'tail' | 'lost' = 'between';
  #scanner = new JsonScanner();
  /** The open lists, each with the object that it is a member of, if any. */
  #lists: (JsonScanner | null)[] = [];
  /** The beginning of a value whose bytes have been let go. */
  #head: string | null = null;
  #problem = '';
  #hasLost = false;
  /** Reads what may be the next record, at `#at`; so many bytes of it so far. */
  #candidate: JsonScanner | null = null;
  #tried = 0;
  #searched = 0;
  #isEnd = false;
  #pieces: Piece[] = [];

  constructor(limits: SplitLimits) {
    this.#limits = limits;
  }

  push(chunk: Buffer): Piece[] {
    this.#hold(chunk);
    this.#run();
    return this.#pieces.splice(0);
  }

  end(): Piece[] {
    this.#isEnd = true;
    this.#run();
    if (this.#lists.length > 0 && !this.#hasLost) this.#setAside('', LIST_CUT);
    return this.#pieces.splice(0);
  }

  #hold(chunk: Buffer): void {
    if (this.#end + chunk.length > this.#bytes.length) {
      const held = this.#end - this.#start;
      const size = held + chunk.length;
      const room = size * 2 > this.#bytes.length ? Buffer.alloc(size * 2) : this.#bytes;
      this.#bytes.copy(room, 0, this.#start, this.#end);
      this.#bytes = room;
      this.#at -= this.#start;
      this.#end = held;
      this.#start = 0;
    }
    this.#end += chunk.copy(this.#bytes, this.#end);
  }

  #run(): void {
    while (this.#step()) {}
  }

  /** False when more bytes are needed. */
  #step(): boolean {
    switch (this.#mode) {
      case 'between':
        return this.#between();
      case 'value':
        return this.#value();
      case 'tail':
        return this.#tail();
      case 'lost':
        return this.#candidate === null ? this.#search() : this.#try(this.#candidate);
    }
  }

  #between(): boolean {
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at] as number;
      const isTop = this.#lists.length === 0;
      if (isSpace(byte) || (byte === COMMA && !isTop)) {
        this.#at += 1;
      } else if (byte === CLOSE_LIST && !isTop) {
        this.#at += 1;
        this.#closeList();
        if (this.#mode !== 'between') return true;
      } else if (byte === 0x5b && isTop) {
        this.#at += 1;
        this.#lists.push(null);
      } else if (beginsValue(byte, isTop)) {
        this.#start = this.#at;
        this.#scanner = new JsonScanner(this.#lists.length < NESTED_LISTS ? LISTS : undefined);
        this.#mode = 'value';
        return true;
      } else if (byte === 0xef && isTop) {
        if (this.#end - this.#at < 3 && !this.#isEnd) return false;
        if (this.#bytes.readUIntBE(this.#at, Math.min(3, this.#end - this.#at)) !== 0xefbbbf) {
          return this.#lose('not JSON', this.#at);
        }
        this.#at += 3;
      } else if (this.#hasLost && isRemnant(byte)) {
        this.#at += 1;
      } else {
        return this.#lose('not JSON', this.#at);
      }
      this.#start = this.#at;
    }
    return false;
  }

  #closeList(): void {
    const owner = this.#lists.pop() ?? null;
    if (owner === null) return;
    owner.afterArray();
    this.#scanner = owner;
    this.#mode = 'tail';
  }

  #value(): boolean {
    const scanned = this.#scanner.scan(this.#bytes, this.#at, this.#end);
    this.#at = this.#scanner.at;
    const isWhole = scanned === 'done' || (this.#isEnd && this.#scanner.isWhole);
    if (isWhole || scanned === 'array') {
      const isTooLong = this.#head !== null || this.#at - this.#start > this.#limits.recordBytes;
      if (isTooLong) this.#setAside(this.#lostText(this.#at), this.#tooLong);
      else if (isWhole) this.#give(this.#text(this.#start, this.#at));
      if (scanned === 'array') this.#lists.push(this.#scanner);
      return this.#resume(this.#at);
    }
    if (scanned === 'error') {
      const place = `not JSON at byte ${this.#at - this.#start} of the record`;
      return this.#lose(this.#head === null ? place : this.#tooLong, this.#start);
    }
    if (this.#isEnd) return this.#lose('cut off', this.#start);
    if (this.#at - this.#start > this.#limits.recordBytes) this.#letGo(this.#at);
    return false;
  }

  #give(text: string): void {
    const isNothing = this.#lists.length === 0 && /^\{\s*\}$/.test(text);
    if (!isNothing) this.#pieces.push({ text });
  }

  /** What follows a list in its object. */
  #tail(): boolean {
    const scanned = this.#scanner.scan(this.#bytes, this.#at, this.#end);
    this.#at = this.#scanner.at;
    if (scanned === 'array') this.#lists.push(this.#scanner);
    if (scanned === 'done' || scanned === 'array') return this.#resume(this.#at);
    if (scanned === 'error') return this.#lose('not JSON after the list of records', this.#start);
    if (this.#isEnd) {
      this.#setAside('', LIST_CUT);
      return this.#resume(this.#end);
    }
    this.#start = this.#at;
    return false;
  }

  #lose(problem: string, from: number): true {
    this.#problem = problem;
    this.#start = from;
    this.#at = this.#head === null ? from + 1 : from;
    this.#searched = 0;
    this.#mode = 'lost';
    return true;
  }

  /** Looks for where a record may begin. */
  #search(): boolean {
    while (true) {
      const brace = this.#bytes.subarray(0, this.#end).indexOf(0x7b, this.#at);
      if (brace === -1 && this.#isEnd) {
        this.#setAside(this.#lostText(this.#end), this.#problem);
        this.#lists = [];
        return this.#resume(this.#end);
      }
      this.#at = brace === -1 ? this.#end : brace;
      if (this.#end - this.#at < LOOKAROUND && !this.#isEnd) {
        if (this.#at - this.#start > 4 * this.#limits.rawBytes) this.#letGo(this.#at - LOOKAROUND);
        return false;
      }
      const kind = firstMember(this.#bytes, brace, this.#end);
      const isBeginning =
        (this.#lists.length === 0 && this.#bytes[brace - 1] === 0x0a) ||
        (kind === 'record' && followsElement(this.#bytes, brace, this.#start));
      if (isBeginning) return this.#takeUp(brace);
      if (kind !== null && this.#searched < SEARCHES * this.#limits.recordBytes) {
        this.#candidate = new JsonScanner(LISTS);
        this.#candidate.at = brace;
        return true;
      }
      this.#at = brace + 1;
    }
  }

  /** Reads on from where a record may begin, at `#at`. */
  #try(candidate: JsonScanner): boolean {
    const scanned = candidate.scan(this.#bytes, this.#at + this.#tried, this.#end);
    const tried = candidate.at - this.#at;
    this.#searched += tried - this.#tried;
    this.#tried = tried;
    if (scanned === 'more' && !this.#isEnd && tried <= this.#limits.recordBytes) return false;
    this.#candidate = null;
    this.#tried = 0;
    if (scanned === 'array') return this.#takeUp(this.#at, []);
    const isRecord = scanned === 'done' && holdsRecord(this.#text(this.#at, this.#at + tried));
    if (isRecord) return this.#takeUp(this.#at);
    this.#at += 1;
    return true;
  }

  /** Sets aside what was lost before `at`, and goes on from there. */
  #takeUp(at: number, lists = this.#lists): true {
    // Log exports set the stream's name or the time before each record, on its line.
    const isPrefix =
      this.#lists.length === 0 &&
      this.#head === null &&
      at - this.#start <= LONGEST_PREFIX &&
      /^[^\n"{[]*$/.test(this.#text(this.#start, at));
    if (!isPrefix) this.#setAside(this.#lostText(at), this.#problem);
    this.#lists = lists;
    return this.#resume(at);
  }

  #resume(at: number): true {
    this.#start = at;
    this.#at = at;
    this.#head = null;
    this.#mode = 'between';
    return true;
  }

  #setAside(text: string, problem: string): void {
    this.#pieces.push({ text, problem });
    this.#hasLost = true;
  }

  #letGo(to: number): void {
    this.#head ??= this.#lostText(to);
    this.#start = Math.max(this.#start, to);
  }

  #lostText(to: number): string {
    const most = this.#start + this.#limits.rawBytes;
    return this.#head ?? this.#text(this.#start, Math.min(to, most)).trim();
  }

  #text(from: number, to: number): string {
    return this.#bytes.toString('utf8', from, to);
  }

  get #tooLong(): string {
    return `longer than ${this.#limits.recordBytes} bytes`;
  }
}
