import { KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';
import type { LogObject, SourceOptions } from '../source.ts';
import { openLocal } from './local.ts';
import { merge } from './merge.ts';
import { type OpenBucket, openS3 } from './s3.ts';
import { s3Buckets } from './s3-bucket.ts';
import { openStdin, type StdinStream } from './stdin.ts';
import type { StdinLimits } from './stdin-cutter.ts';

export interface SourceDeps {
  readonly cwd?: string;
  readonly stdin?: StdinStream;
  readonly stdinLimits?: StdinLimits;
  readonly openBucket?: OpenBucket;
}

const STDIN = '-';
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Opens every source, and fails here if one cannot be, before anything has been ingested. The
 * objects then come by the time in their names, then by uri, the untimed last, while S3 is still
 * being listed. Pull no further ahead than what may be held: stdin's objects carry their bytes.
 */
export async function listSources(
  sources: readonly string[],
  options: SourceOptions = {},
  deps: SourceDeps = {},
): Promise<AsyncIterable<LogObject>> {
  if (sources.length === 0) {
    throw new KnownError('no source given', {
      hint: 'a source is a file, a folder, a quoted glob, s3://bucket/prefix, or - for stdin',
    });
  }
  const { s3, local, stdin } = sorted(sources);
  const cursors = await openLocal(local, options, deps.cwd ?? process.cwd());
  if (s3.length > 0) cursors.push(...(await openS3(s3, options, deps.openBucket ?? s3Buckets())));
  if (stdin) cursors.push(await openStdin(deps.stdin ?? process.stdin, deps.stdinLimits));
  return merge(cursors);
}

function sorted(sources: readonly string[]): { s3: string[]; local: string[]; stdin: boolean } {
  const s3: string[] = [];
  const local: string[] = [];
  for (const source of new Set(sources)) {
    if (source.startsWith('s3://')) s3.push(source);
    else if (SCHEME.test(source)) {
      throw new KnownError(`${printable(source)}: not a source`, {
        hint: 'write s3://bucket/prefix for a bucket; download anything else first',
      });
    } else if (source !== STDIN) local.push(source);
  }
  return { s3, local, stdin: sources.includes(STDIN) };
}
