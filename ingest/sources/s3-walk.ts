import type { Skipped, SourceOptions } from '../source.ts';
import { mapBounded } from './bounded.ts';
import { type Place, placeOf, publishDays, skipReason } from './key-layout.ts';
import type { Bucket, S3Key } from './s3-bucket.ts';

/** Keys to list in one go: those below `prefix`, after `after`, to the end of `lastDay`. */
export interface KeyRange {
  readonly prefix: string;
  readonly after: string | undefined;
  /** The region's folder and the last day wanted in it; null outside the layout. */
  readonly days: { readonly folder: string; readonly last: string } | null;
}

export interface Walk {
  readonly ranges: readonly KeyRange[];
  /** Keys met on the way. */
  readonly keys: readonly S3Key[];
}

interface Step extends Walk {
  readonly folders: readonly string[];
}

/** Requests in flight. */
export const PARALLEL = 16;
/** Folders outside the layout that are looked into for an `AWSLogs/`; a wider tree is listed as it is. */
const MAX_DETOURS = 100;

/**
 * Finds the region folders below a prefix, from wherever it stands, by the names of the folders
 * alone. In a region's folder keys sort by day, so one listing that starts at the first day wanted
 * and stops after the last costs less than asking for each day.
 */
export async function walk(
  bucket: Bucket,
  prefix: string,
  name: string,
  options: SourceOptions,
): Promise<Walk> {
  const ranges: KeyRange[] = [];
  const keys: S3Key[] = [];
  let detours = 0;
  let level: readonly string[] = [prefix];
  while (level.length > 0) {
    const strays = level.filter((folder) => isStray(placeOf(folder))).length;
    detours += strays;
    const mayDetour = detours <= MAX_DETOURS;
    const steps = await mapBounded(level, PARALLEL, (folder) =>
      step(bucket, folder, `s3://${name}/`, mayDetour, options),
    );
    for (const found of steps) {
      ranges.push(...found.ranges);
      keys.push(...found.keys);
    }
    level = steps.flatMap(({ folders }) => folders);
  }
  return { ranges, keys };
}

async function step(
  bucket: Bucket,
  folder: string,
  root: string,
  mayDetour: boolean,
  options: SourceOptions,
): Promise<Step> {
  const place = placeOf(folder);
  const reason = folderReason(folder, place, options);
  if (reason !== null) {
    options.onSkip?.({ uri: root + folder, reason });
    return { ranges: [], keys: [], folders: [] };
  }
  if (place?.region) return { ranges: [daysOf(folder, place, options)], keys: [], folders: [] };
  if (isStray(place) && !mayDetour) return asItIs(folder);
  return children(bucket, folder, place);
}

async function children(bucket: Bucket, folder: string, place: Place | null): Promise<Step> {
  const keys: S3Key[] = [];
  const folders: string[] = [];
  let next: string | undefined;
  do {
    const page = await bucket.list({ prefix: folder, isShallow: true, next });
    // A folder so full of objects is no place to look for AWSLogs/ in.
    if (page.next !== null && (place === null || place.rest !== '')) return asItIs(folder);
    keys.push(...page.keys);
    folders.push(...page.folders);
    next = page.next ?? undefined;
  } while (next !== undefined);
  return { ranges: [], keys, folders };
}

/** Outside the layout, where there may yet be an `AWSLogs/` further down. */
function isStray(place: Place | null): boolean {
  return place === null || (place.account === null && place.rest.endsWith('/'));
}

function asItIs(prefix: string): Step {
  return { ranges: [{ prefix, after: undefined, days: null }], keys: [], folders: [] };
}

function daysOf(prefix: string, { folder }: Place, options: SourceOptions): KeyRange {
  const { first, last } = publishDays(options);
  const after = first === '' ? '' : folder + first;
  return { prefix, after: after > prefix ? after : undefined, days: { folder, last } };
}

function folderReason(
  folder: string,
  place: Place | null,
  options: SourceOptions,
): Skipped['reason'] | null {
  if (place === null) return null;
  const reason = skipReason(folder, options);
  if (reason !== null) return reason;
  if (place.region === null) return null;
  // The prefix may name a year, a month or a day, whole or in part.
  const named = place.rest.slice(0, 'YYYY/MM/DD'.length);
  const { first, last } = publishDays(options);
  const isOutside = named < first.slice(0, named.length) || named > last.slice(0, named.length);
  return isOutside ? 'outside-window' : null;
}
