import { type CanonicalRecord, canonicalRecord } from './canonical.ts';
import { parseJson } from './json.ts';
import { needsRedaction, redact, redactText, wellFormed } from './redact.ts';
import { type Piece, type SplitLimits, Splitter } from './splitter.ts';
import { unwrap } from './unwrap.ts';

/** A record, or what stands in its place: why it is none, and its text without secrets. */
export type Decoded =
  | { readonly position: number; readonly record: CanonicalRecord }
  | { readonly position: number; readonly reason: string; readonly raw: string };

type Outcome =
  | { readonly record: CanonicalRecord }
  | { readonly reason: string; readonly raw: string; readonly isForeign: boolean };

type Aside = Extract<Decoded, { reason: string }>;

const LIMITS: SplitLimits = { recordBytes: 16 * 1024 * 1024, rawBytes: 256 * 1024 };
const SLICE_BYTES = 256 * 1024;
/** So many values that are no records are held until a record is seen. */
const MOST_FOREIGN = 100;

/**
 * The records in an object's bytes, whatever they come wrapped in, in bounded memory. `position` counts
 * what stands where a record should. Never throws, unless `source` does.
 */
export async function* decodeRecords(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  limits: SplitLimits = LIMITS,
): AsyncGenerator<Decoded> {
  const splitter = new Splitter(limits);
  const judge = new Judge();
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      for (const piece of splitter.push(chunk.subarray(at, at + SLICE_BYTES))) {
        for (const outcome of outcomesOf(piece, limits)) yield* judge.next(outcome);
      }
    }
  }
  for (const piece of splitter.end()) {
    for (const outcome of outcomesOf(piece, limits)) yield* judge.next(outcome);
  }
  yield* judge.end();
}

/** An object of another kind is set aside once, not value by value. */
class Judge {
  #position = 0;
  #isLog = false;
  #held: Aside[] = [];
  #more = 0;

  *next(outcome: Outcome): Generator<Decoded> {
    const position = this.#position;
    this.#position += 1;
    if ('record' in outcome) {
      yield* this.#release();
      yield { position, record: outcome.record };
      return;
    }
    const { reason, raw, isForeign } = outcome;
    if (!isForeign) yield* this.#release();
    if (this.#isLog) yield { position, reason, raw };
    else if (this.#held.length < MOST_FOREIGN) this.#held.push({ position, reason, raw });
    else this.#more += 1;
  }

  *end(): Generator<Decoded> {
    const [first] = this.#held;
    if (this.#isLog || first === undefined) return;
    const count = this.#held.length + this.#more;
    yield count === 1 ? first : { ...first, reason: `${first.reason}; ${count} values like it` };
  }

  *#release(): Generator<Decoded> {
    if (this.#isLog) return;
    this.#isLog = true;
    yield* this.#held.splice(0);
    if (this.#more === 0) return;
    const reason = `no CloudTrail record: ${this.#more} more values before the first record`;
    yield { position: MOST_FOREIGN, reason, raw: '' };
  }
}

function* outcomesOf(piece: Piece, { rawBytes }: SplitLimits): Generator<Outcome> {
  const aside = (reason: string, text: string, isForeign: boolean): Outcome => {
    // The cut may go through a pair.
    return { reason, raw: redactText(wellFormed(text.slice(0, rawBytes))), isForeign };
  };
  const { text, problem } = piece;
  if (problem !== undefined) {
    const isJson = text === '' || text.includes('{"') || text.startsWith('{');
    yield aside(isJson ? problem : `no CloudTrail record: ${kindOfText(text)}`, text, !isJson);
    return;
  }
  const value = parseJson(text);
  if (value === undefined) {
    yield aside('not JSON', text, false);
    return;
  }
  const leaves = [...unwrap(value)];
  const isSafe = !needsRedaction(text);
  const textOf = (part: unknown): string => (leaves.length === 1 ? text : jsonOf(part));
  for (const leaf of leaves) {
    if ('problem' in leaf) {
      yield aside(leaf.problem, textOf(leaf.value), leaf.isForeign);
      continue;
    }
    const record = canonicalRecord(leaf.record);
    if ('reason' in record) yield aside(record.reason, textOf(leaf.record), false);
    else yield { record: isSafe ? record : redact(record) };
  }
}

function jsonOf(value: unknown): string {
  try {
    return typeof value === 'string' ? value : JSON.stringify(value);
  } catch {
    // Nested too deeply to be written.
    return '';
  }
}

function kindOfText(text: string): string {
  if (text.startsWith('PAR1')) return 'a Parquet file';
  if (text.startsWith('PK\u0003\u0004')) return 'a zip archive';
  if (text.startsWith('\u001f\ufffd')) return 'gzip within gzip';
  if (text.startsWith('\ufffd\ufffd') && text.includes('\0')) return 'UTF-16 text; UTF-8 is read';
  return text.startsWith('<') ? 'XML or HTML' : 'text that is not JSON';
}
