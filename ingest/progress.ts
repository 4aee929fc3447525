export interface Progress {
  /** What has been done since the last call. */
  add(done: Partial<Tally>): void;
  /** What there is to do, as far as it is known; `listing` while more may be found. */
  total(known: { objects: number; bytes: number; listing?: boolean }): void;
  /** The last word. */
  done(): void;
}

interface Tally {
  objects: number;
  bytes: number;
  records: number;
}

interface ProgressIo {
  stream: { write(text: string): unknown; readonly columns?: number | undefined };
  isTerminal: boolean;
  /** Milliseconds, never running backwards. */
  now(): number;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;
const BAR_WIDTH = 20;
/** A rate measured over less than this says nothing about the time left. */
const WARM_UP_MS = 2_000;

/** One line redrawn in place on a terminal; elsewhere a line now and then, and none for a short run. */
export function createProgress({ stream, isTerminal, now }: ProgressIo): Progress {
  const tally: Tally = { objects: 0, bytes: 0, records: 0 };
  const known = { objects: 0, bytes: 0, listing: true };
  const startedAt = now();
  const interval = isTerminal ? REDRAW_MS : LINE_MS;
  let shownAt = isTerminal ? startedAt - interval : startedAt;
  let isShown = false;

  const show = (end: string): void => {
    const line = describe(tally, known, now() - startedAt, isTerminal);
    const width = (stream.columns || 80) - 1;
    stream.write(isTerminal ? `\r${line.slice(0, width)}\x1b[K${end}` : `${line}\n`);
    shownAt = now();
    isShown = true;
  };

  return {
    add({ objects = 0, bytes = 0, records = 0 }) {
      tally.objects += objects;
      tally.bytes += bytes;
      tally.records += records;
      if (now() - shownAt >= interval) show('');
    },
    total({ objects, bytes, listing = false }) {
      Object.assign(known, { objects, bytes, listing });
    },
    done() {
      if (isShown) show('\n');
    },
  };
}

function describe(
  tally: Tally,
  known: { objects: number; bytes: number; listing: boolean },
  elapsedMs: number,
  withBar: boolean,
): string {
  const share = shareDone(tally, known);
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const parts = [
    `${count(tally.objects)}${known.objects > 0 ? `/${count(known.objects)}${known.listing ? '+' : ''}` : ''} objects`,
    `${count(tally.records)} records`,
    `${count(tally.records / seconds)} records/s`,
    `${(tally.bytes / 1e6 / seconds).toFixed(1)} MB/s`,
  ];
  const isEstimable = !known.listing && share > 0 && share < 1 && elapsedMs >= WARM_UP_MS;
  if (isEstimable) parts.push(`${duration((elapsedMs / share) * (1 - share))} left`);
  return `${withBar ? `${bar(known.listing ? 0 : share)} ` : ''}${parts.join('  ')}`;
}

/** By bytes, which predict time better than objects do, where the sizes are known. */
function shareDone(tally: Tally, known: { objects: number; bytes: number }): number {
  const share =
    known.bytes > 0
      ? tally.bytes / known.bytes
      : known.objects > 0
        ? tally.objects / known.objects
        : 0;
  return Math.min(share, 1);
}

function bar(share: number): string {
  const filled = Math.floor(share * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}m${String(seconds % 60).padStart(2, '0')}s`
    : `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}m`;
}
