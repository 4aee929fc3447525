import { gunzipSync } from 'node:zlib';
import { isObject, type JsonObject, parseJson } from './json.ts';

/** What a value comes down to: a record to be, or what it is instead. */
export type Leaf =
  | { readonly record: JsonObject }
  | { readonly problem: string; readonly value: unknown; readonly isForeign: boolean };

const MOST_WRAPPERS = 8;
const UNZIPPED_BYTES = 64 * 1024 * 1024;
const LISTS = ['Records', 'Events', 'logEvents'] as const;
/** Members that hold a record, or the JSON text of one: EventBridge, LookupEvents, log shippers. */
const WRAPPERS =
  `detail CloudTrailEvent message @message Message body Sns input _source result _raw event
  original`.split(/\s+/);
const MARKS = 'eventVersion eventID eventId eventName eventSource eventTime userIdentity'.split(
  ' ',
);

/** Every record in a JSON value, whatever it is wrapped in. */
export function* unwrap(value: unknown, depth = 0): Generator<Leaf> {
  if (typeof value === 'string' && isJsonText(value)) {
    const parsed = parseJson(value);
    if (parsed !== undefined && depth < MOST_WRAPPERS) yield* unwrap(parsed, depth + 1);
    else yield { problem: 'JSON within JSON is damaged', value, isForeign: false };
  } else if (!isObject(value) || depth >= MOST_WRAPPERS) {
    yield foreign(value);
  } else if (looksLikeRecord(value)) {
    yield value['eventSource'] === 'aws:s3' ? foreign(value) : { record: value };
  } else {
    yield* unwrapObject(value, depth);
  }
}

/** True where a record was found, good or bad. */
export function holdsRecord(text: string): boolean {
  for (const leaf of unwrap(parseJson(text))) if ('record' in leaf) return true;
  return false;
}

function* unwrapObject(value: JsonObject, depth: number): Generator<Leaf> {
  const lists = LISTS.map((name) => value[name]).filter(Array.isArray);
  if (lists.length > 0) {
    for (const element of lists.flat()) yield* unwrap(element, depth + 1);
    return;
  }
  const awslogs = unzipped(value);
  if (awslogs !== null) {
    yield* unwrap(awslogs, depth + 1);
    return;
  }
  for (const name of WRAPPERS) {
    const inner = value[name];
    // The health check that CloudWatch Logs sends to a new subscription.
    if (typeof inner === 'string' && inner.startsWith('CWL CONTROL MESSAGE')) return;
    if (!isObject(inner) && !(typeof inner === 'string' && isJsonText(inner))) continue;
    const leaves = [...unwrap(inner, depth + 1)];
    if (leaves.some((leaf) => 'record' in leaf || !leaf.isForeign)) {
      yield* leaves;
      return;
    }
  }
  const others = Object.values(value).filter(Array.isArray).flat();
  if (others.some((other) => isObject(other) && looksLikeRecord(other))) {
    for (const other of others) yield* unwrap(other, depth + 1);
  } else {
    yield foreign(value);
  }
}

function looksLikeRecord(value: JsonObject): boolean {
  return MARKS.filter((name) => Object.hasOwn(value, name)).length >= 2;
}

function isJsonText(text: string): boolean {
  return /^\ufeff?\s*[{[]/.test(text);
}

/** What CloudWatch Logs hands to a Lambda function: `{"awslogs":{"data":"<gzip, base64>"}}`. */
function unzipped({ awslogs }: JsonObject): unknown {
  if (!isObject(awslogs) || typeof awslogs['data'] !== 'string') return null;
  try {
    const bytes = Buffer.from(awslogs['data'], 'base64');
    return parseJson(gunzipSync(bytes, { maxOutputLength: UNZIPPED_BYTES }).toString()) ?? null;
  } catch {
    return null;
  }
}

function foreign(value: unknown): Leaf {
  return { problem: `no CloudTrail record: ${kindOf(value)}`, value, isForeign: true };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list within a list';
  if (!isObject(value)) return `a ${typeof value}`;
  if (value['eventSource'] === 'aws:s3') return 'an S3 event notification';
  if ('digestS3Object' in value) return 'a digest file';
  if (value['Event'] === 's3:TestEvent') return "Amazon S3's test message";
  if ('s3ObjectKey' in value) return 'a notification of new log files';
  if ('awslogs' in value) return 'a CloudWatch Logs payload that cannot be unpacked';
  if ('detail-type' in value) return 'an EventBridge event of another kind';
  if ('configurationItems' in value) return "AWS Config's";
  // Names only, and only such as a schema has: values may be secret.
  const names = Object.keys(value).filter((name) => /^[\w@.-]{1,40}$/.test(name));
  if (names.length === 0) return 'an empty object';
  return `an object with ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}
