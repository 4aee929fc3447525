import { type Command, Option } from 'commander';
import type { Config } from '../config/config.ts';
import { type Ingested, ingest } from '../ingest/ingest.ts';
import { createProgress } from '../ingest/progress.ts';
import type { LogObject, Skipped, TimeWindow } from '../ingest/source.ts';
import { listSources } from '../ingest/sources/index.ts';
import { readDeadLetters } from '../readers/dead-letters.ts';
import { KnownError } from '../store/errors.ts';
import { printable } from '../store/printable.ts';
import type { Store } from '../store/store.ts';
import type { Io } from './io.ts';

export interface SourceSelection {
  account?: string[];
  region?: string[];
}

export const SOURCE_HELP = 'file, folder, quoted glob, s3://bucket/prefix, or - for stdin';

export function addSourceOptions(command: Command): Command {
  return command
    .addOption(new Option('--account <id...>', 'only these accounts, by the key layout'))
    .addOption(new Option('--region <name...>', 'only these regions, by the key layout'));
}

/** Sources that have been opened: each exists and has something to read. */
export interface OpenedSources {
  readonly objects: AsyncIterable<LogObject>;
  readonly skipped: ReadonlyMap<Skipped['reason'], number>;
}

/** Before the store is opened: a mistyped source must not make one. */
export async function openSources(
  io: Io,
  sources: readonly string[],
  { account = [], region = [] }: SourceSelection,
  window: TimeWindow,
): Promise<OpenedSources> {
  const skipped = new Map<Skipped['reason'], number>();
  const wrong = account.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) {
    throw new KnownError(`--account ${printable(wrong)}: not an account id`, {
      hint: 'an account id has twelve digits',
    });
  }
  const objects = await listSources(
    sources,
    {
      ...window,
      accounts: account,
      regions: region,
      onSkip: ({ reason }) => skipped.set(reason, (skipped.get(reason) ?? 0) + 1),
    },
    { stdin: io.stdin },
  );
  return { objects, skipped };
}

/** Ingests what was opened, with progress and warnings on stderr. */
export async function ingestSources(
  io: Io,
  store: Store,
  config: Config,
  { objects, skipped }: OpenedSources,
): Promise<Ingested> {
  const progress = createProgress({
    stream: { write: (text) => io.err(text), columns: io.errColumns },
    isTerminal: io.isErrTerminal,
    now: () => performance.now(),
  });
  const ingested = await ingest(store, objects, {
    maximumObjectBytes: config.ingest.maximumObjectBytes,
    progress,
    now: io.now,
  });
  for (const [reason, count] of [...skipped].sort()) {
    io.err(`passed over: ${count} ${reason}\n`);
  }
  await warnOfDeadLetters(io, store, ingested);
  return ingested;
}

async function warnOfDeadLetters(io: Io, store: Store, ingested: Ingested): Promise<void> {
  if (ingested.deadLetters === 0) return;
  const letters = await readDeadLetters(store, ingested.firstObjectId);
  for (const { uri, position, reason } of letters) {
    const place = position === null ? uri : `${uri}: record ${position}`;
    io.err(`${printable(place)}: ${printable(reason)}\n`);
  }
  const more = ingested.deadLetters - letters.length;
  if (more > 0) io.err(`and ${more} more\n`);
  io.err('hint: agenttrail query "select * from dead_letters" shows what was set aside\n');
}
