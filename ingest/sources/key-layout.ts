import type { Skipped, SourceOptions, TimeWindow } from '../source.ts';

/** Where a key or folder stands in `[any/]AWSLogs/[o-ORG/]ACCOUNT/SERVICE/REGION/YYYY/MM/DD/file`. */
export interface Place {
  /** The part of the path that the fields below were read from. */
  readonly folder: string;
  readonly account: string | null;
  /** `CloudTrail`, `CloudTrail-Digest`, `Config`… */
  readonly service: string | null;
  readonly region: string | null;
  /** `YYYY/MM/DD`, the day of publication. */
  readonly day: string | null;
  /** What follows `folder`. */
  readonly rest: string;
}

type Reason = Skipped['reason'];

// Greedy up to AWSLogs: Control Tower's `o-x/AWSLogs/o-x/…` and prefixes of any depth fall out of it.
const PLACE =
  /^(?:.*\/)?AWSLogs\/(?:o-[^/]+\/)?(?:(?<account>\d{12})\/(?:(?<service>[^/]+)\/(?:(?<region>[^/]+)\/)?)?)?/s;
const DAY = /^\d{4}\/\d{2}\/\d{2}(?=\/)/;
const FILE =
  /^(?<account>\d{12})_(?<service>CloudTrail(?:-[A-Za-z]+)?)_(?<region>[a-z0-9-]+)_(?:.*_)?(?<date>\d{8})T(?<clock>\d{4})(?:\d{2})?Z(?=[_.])/s;
// VPC flow logs with Hive's folder names stand where accounts do.
const HIVE = /(?:^|\/)AWSLogs\/aws-account-id=/;
const LOG_NAME = /\.(?:json|gz|jsonl|ndjson|log)$/i;
/** The fleet simulator's labels lie beside its logs. */
const NOT_LOGS: ReadonlySet<string> = new Set(['truth.json']);

/** Siblings below an account's folder; null for those that hold records. */
const SERVICES: ReadonlyMap<string, Reason | null> = new Map<string, Reason | null>([
  ['CloudTrail', null],
  ['CloudTrail-NetworkActivity', null],
  ['CloudTrail-Digest', 'digest'],
  ['CloudTrail-Insight', 'insight'],
  ['CloudTrail-Aggregated', 'aggregated'],
]);

/** CloudTrail publishes within minutes as a rule, but late files are filed under the day they appear. */
const LATE_DAYS = 2;
const DAY_MS = 86_400_000;

export function placeOf(path: string): Place | null {
  const match = PLACE.exec(path);
  if (!match) return null;
  const { account = null, service = null, region = null } = match.groups ?? {};
  const rest = path.slice(match[0].length);
  const day = region === null ? null : (DAY.exec(rest)?.[0] ?? null);
  return { folder: match[0], account, service, region, day, rest };
}

/** When a log file was delivered, by its name: `YYYYMMDDTHHmm`. Such stamps sort as text. */
export function fileTime(path: string): string | null {
  const { date, clock } = FILE.exec(nameOf(path))?.groups ?? {};
  return date && clock ? `${date}T${clock}` : null;
}

/** Whether a file found in a folder looks like a log; one that is named by the user need not. */
export function isLogName(path: string): boolean {
  const name = nameOf(path);
  return !name.startsWith('.') && !NOT_LOGS.has(name) && LOG_NAME.test(name);
}

/**
 * Days whose folders can hold events of the window, first and last included. The folder is the day
 * of publication, so a file with an event of the last hour may lie under a later day.
 */
export function publishDays({ since, until }: TimeWindow): { first: string; last: string } {
  return {
    first: since ? dayOf(since) : '',
    last: until ? dayOf(new Date(until.getTime() + LATE_DAYS * DAY_MS)) : '9999/99/99',
  };
}

/** Why a key, or a folder with its `/`, is passed over; null for what is wanted. */
export function skipReason(path: string, options: SourceOptions): Reason | null {
  const at = factsOf(path);
  if (at.service !== null) {
    const reason = SERVICES.get(at.service);
    if (reason !== null) return reason ?? 'other-service';
  }
  if (HIVE.test(path)) return 'other-service';
  if (isUnselected(at.account, options.accounts)) return 'not-selected';
  if (isUnselected(at.region, options.regions)) return 'not-selected';
  const { first, last } = publishDays(options);
  return at.day !== null && (at.day < first || at.day > last) ? 'outside-window' : null;
}

/** The folders say it, or, for files that were copied out of them, the file's own name. */
function factsOf(path: string): Pick<Place, 'account' | 'service' | 'region' | 'day'> {
  const place = placeOf(path);
  if (place !== null && place.account !== null) return place;
  const { account, service, region, date } = FILE.exec(nameOf(path))?.groups ?? {};
  return {
    account: account ?? null,
    service: service ?? null,
    region: region ?? null,
    day: date ? `${date.slice(0, 4)}/${date.slice(4, 6)}/${date.slice(6)}` : null,
  };
}

function isUnselected(value: string | null, wanted: readonly string[] | undefined): boolean {
  return value !== null && wanted !== undefined && wanted.length > 0 && !wanted.includes(value);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10).replaceAll('-', '/');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
