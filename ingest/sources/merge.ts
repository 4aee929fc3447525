import type { LogObject } from '../source.ts';
import { fileTime } from './key-layout.ts';

/** A listed object and when it was delivered, as text that sorts. */
export interface Entry {
  readonly time: string;
  readonly object: LogObject;
}

/** Pages of entries, each page and the pages among themselves in the order of `compareEntries`. */
export type Run = AsyncGenerator<Entry[], void, undefined>;

/** After every time stamp: what has no time comes last, stdin too, so that it holds nothing up. */
const UNTIMED = '~';

export function entryOf(object: LogObject): Entry {
  return { time: fileTime(object.uri) ?? UNTIMED, object };
}

/** By the time in the file name, then by uri: neighbours in time become neighbours in the store. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return a.object.uri < b.object.uri ? -1 : a.object.uri > b.object.uri ? 1 : 0;
}

/** A run that has been started, standing at its first unread entry. */
export class Cursor {
  readonly #run: Run;
  #page: Entry[] = [];
  #index = 0;

  private constructor(run: Run) {
    this.#run = run;
  }

  /** Null for a run without entries. */
  static async open(run: Run): Promise<Cursor | null> {
    const cursor = new Cursor(run);
    return (await cursor.#turn()) ? cursor : null;
  }

  get head(): Entry {
    const entry = this.#page[this.#index];
    if (entry === undefined) throw new Error('a cursor was read past its end');
    return entry;
  }

  /** False at the end. */
  async advance(): Promise<boolean> {
    this.#index += 1;
    return this.#index < this.#page.length || (await this.#turn());
  }

  async close(): Promise<void> {
    await this.#run.return();
  }

  async #turn(): Promise<boolean> {
    for (;;) {
      const { value, done } = await this.#run.next();
      this.#page = value ?? [];
      this.#index = 0;
      if (done) return false;
      if (this.#page.length > 0) return true;
    }
  }
}

/** One ordered listing out of many, holding one page of each and no more. */
export async function* merge(
  cursors: readonly Cursor[],
): AsyncGenerator<LogObject, void, undefined> {
  const heap = cursors.toSorted((a, b) => compareEntries(a.head, b.head));
  try {
    for (let first = heap[0]; first !== undefined; first = heap[0]) {
      yield first.head.object;
      if (!(await first.advance())) {
        const last = heap.pop();
        if (last === undefined || last === first) continue;
        heap[0] = last;
      }
      sink(heap);
    }
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()));
  }
}

/** Puts the top of a binary heap in its place. */
function sink(heap: Cursor[]): void {
  const top = heap[0];
  if (top === undefined) return;
  let hole = 0;
  for (;;) {
    const child = lesser(heap, 2 * hole + 1, 2 * hole + 2);
    const below = heap[child];
    if (below === undefined || compareEntries(top.head, below.head) <= 0) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = top;
}

function lesser(heap: readonly Cursor[], left: number, right: number): number {
  const a = heap[left];
  const b = heap[right];
  return a !== undefined && b !== undefined && compareEntries(b.head, a.head) < 0 ? right : left;
}
