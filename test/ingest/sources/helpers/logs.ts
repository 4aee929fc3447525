import type { LogObject, Skipped, SourceOptions } from '../../../../ingest/source.ts';
import { listSources, type SourceDeps } from '../../../../ingest/sources/index.ts';
import { KnownError } from '../../../../store/errors.ts';

interface LogName {
  account?: string;
  region?: string;
  /** `YYYYMMDDTHHmm` */
  time: string;
  service?: string;
  /** `o-abc/`, where the trail is an organization's. */
  organization?: string;
}

/** A key as CloudTrail makes it, from `AWSLogs/` on. */
export function logKey({
  account = '111122223333',
  region = 'us-east-1',
  time,
  service = 'CloudTrail',
  organization = '',
}: LogName): string {
  const day = `${time.slice(0, 4)}/${time.slice(4, 6)}/${time.slice(6, 8)}`;
  const file = `${account}_${service}_${region}_${time}Z_0123456789abcdef.json.gz`;
  return `AWSLogs/${organization}${account}/${service}/${region}/${day}/${file}`;
}

export interface Listing {
  objects: LogObject[];
  uris: string[];
  skipped: Skipped[];
}

export async function list(
  sources: readonly string[],
  options: SourceOptions = {},
  deps: SourceDeps = {},
): Promise<Listing> {
  const skipped: Skipped[] = [];
  const objects: LogObject[] = [];
  const onSkip = (item: Skipped) => skipped.push(item);
  for await (const object of await listSources(sources, { ...options, onSkip }, deps)) {
    objects.push(object);
  }
  skipped.sort((a, b) => (a.uri < b.uri ? -1 : 1));
  return { objects, uris: objects.map(({ uri }) => uri), skipped };
}

/** What a user would see of a failure. */
export async function failureOf(
  promise: Promise<unknown>,
): Promise<{ name: string; message: string; hint: string | undefined }> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return { name: error.name, message: error.message, hint: error.hint };
  }
  throw new Error('expected a KnownError');
}
