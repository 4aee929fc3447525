import { KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';
import type { SourceOptions } from '../source.ts';
import { mapBounded } from './bounded.ts';
import { isLogName, skipReason } from './key-layout.ts';
import { Cursor, compareEntries, type Entry, entryOf, type Run } from './merge.ts';
import { nothingFound, SkipTally } from './nothing-found.ts';
import type { Bucket, S3Key } from './s3-bucket.ts';
import { type KeyRange, PARALLEL, walk } from './s3-walk.ts';

export type OpenBucket = (name: string) => Bucket;

interface Target {
  readonly bucket: Bucket;
  readonly name: string;
  /** A key, a folder with its `/`, or the beginning of keys. */
  readonly prefix: string;
  /** Set where the user named one object. */
  readonly object: S3Key | null;
}

/** Keys held of all regions together, one page of each: about 60 MB. */
const MAX_HELD_KEYS = 200_000;
const PAGE = { least: 100, most: 1_000 } as const;

export async function openS3(
  sources: readonly string[],
  options: SourceOptions,
  openBucket: OpenBucket,
): Promise<Cursor[]> {
  const targets = await mapBounded(sources, PARALLEL, (source) => targetOf(source, openBucket));
  const cursors: Cursor[] = [];
  for (const target of targets.filter(isFirstOfItsKeys)) {
    cursors.push(...(await openTarget(target, options)));
  }
  return cursors;
}

async function openTarget(target: Target, options: SourceOptions): Promise<Cursor[]> {
  const { bucket, name, prefix, object } = target;
  const tally = new SkipTally(options);
  const wanted = { ...options, onSkip: tally.onSkip };
  const toEntries = (keys: readonly S3Key[]) => entriesOf(keys, target, wanted);

  const { ranges, keys } = object
    ? { ranges: [], keys: [object] }
    : await walk(bucket, prefix, name, wanted);
  const pageSize = Math.floor(MAX_HELD_KEYS / Math.max(ranges.length, 1));
  const runs = ranges.map((range) =>
    range.days === null
      ? plainRun(bucket, range, toEntries)
      : dayRun(bucket, range, Math.min(Math.max(pageSize, PAGE.least), PAGE.most), toEntries),
  );
  const opened = await mapBounded([...runs, looseRun(keys, toEntries)], PARALLEL, Cursor.open);
  const cursors = opened.filter((cursor) => cursor !== null);
  if (cursors.length === 0 && !(await isQuiet(target, ranges, options))) {
    nothingFound(printable(`s3://${name}/${prefix}`), tally);
  }
  return cursors;
}

/** Whether there are logs, only none of the window: an account may do nothing for a day. */
async function isQuiet(
  { bucket, prefix }: Target,
  ranges: readonly KeyRange[],
  { since, until }: SourceOptions,
): Promise<boolean> {
  if (!(since || until) || ranges.every(({ days }) => days === null)) return false;
  const { keys } = await bucket.list({ prefix, pageSize: 1 });
  return keys.length > 0;
}

/** `s3://b/logs` is the folder `logs/` where there is one, the object `logs` where that exists, else all keys that begin so. */
async function targetOf(source: string, openBucket: OpenBucket): Promise<Target> {
  const [, name = '', prefix = ''] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(source) ?? [];
  if (name === '') {
    throw new KnownError(`${printable(source)}: no bucket named`, {
      hint: 'write s3://bucket/prefix',
    });
  }
  const bucket = openBucket(name);
  if (prefix === '' || prefix.endsWith('/')) return { bucket, name, prefix, object: null };
  const { keys, folders } = await bucket.list({ prefix, isShallow: true });
  const object = keys.find(({ key }) => key === prefix) ?? null;
  const isFolder = object === null && folders.includes(`${prefix}/`);
  return { bucket, name, prefix: isFolder ? `${prefix}/` : prefix, object };
}

/** False for what an earlier source lists already, or a wider one: prefixes nest or are apart. */
function isFirstOfItsKeys(target: Target, index: number, targets: readonly Target[]): boolean {
  return !targets.some((other, at) => {
    if (at === index || other.name !== target.name) return false;
    if (other.prefix === target.prefix && Boolean(other.object) === Boolean(target.object)) {
      return at < index;
    }
    if (other.object || !target.prefix.startsWith(other.prefix)) return false;
    // An object may have been named because no listing would take it.
    return target.object === null || isLogName(target.prefix);
  });
}

function entriesOf(
  keys: readonly S3Key[],
  { bucket, name, object }: Target,
  options: SourceOptions,
): Entry[] {
  const entries: Entry[] = [];
  for (const { key, bytes, version } of keys) {
    // The console makes folders of empty objects.
    if (key.endsWith('/') && bytes === 0) continue;
    const uri = `s3://${name}/${key}`;
    const reason = skipReason(key, options) ?? (object || isLogName(key) ? null : 'not-a-log');
    if (reason !== null) options.onSkip?.({ uri, reason });
    else entries.push(entryOf({ uri, bytes, version, read: () => bucket.read(key) }));
  }
  return entries.sort(compareEntries);
}

type ToEntries = (keys: readonly S3Key[]) => Entry[];

/** A region's keys: S3 lists them by day, account, region and time, so each page follows the one before. */
async function* dayRun(
  bucket: Bucket,
  { prefix, after, days }: KeyRange,
  pageSize: number,
  toEntries: ToEntries,
): Run {
  let next: string | undefined;
  do {
    const page = await bucket.list({ prefix, after: next ? undefined : after, next, pageSize });
    const wanted = page.keys.filter(({ key }) => isUpTo(key, days));
    yield toEntries(wanted);
    const isPastLastDay = wanted.length < page.keys.length;
    next = isPastLastDay ? undefined : (page.next ?? undefined);
  } while (next !== undefined);
}

function isUpTo(key: string, days: KeyRange['days']): boolean {
  if (days === null) return true;
  return key.slice(days.folder.length, days.folder.length + days.last.length) <= days.last;
}

/** Keys outside the layout come in no order of time: they are gathered and sorted, so many at once. */
async function* plainRun(bucket: Bucket, { prefix }: KeyRange, toEntries: ToEntries): Run {
  let gathered: S3Key[] = [];
  let next: string | undefined;
  do {
    const page = await bucket.list({ prefix, next });
    gathered.push(...page.keys);
    next = page.next ?? undefined;
    if (gathered.length >= MAX_HELD_KEYS) {
      yield toEntries(gathered);
      gathered = [];
    }
  } while (next !== undefined);
  yield toEntries(gathered);
}

async function* looseRun(keys: readonly S3Key[], toEntries: ToEntries): Run {
  yield toEntries(keys);
}
