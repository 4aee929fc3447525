import { KnownError } from '../../store/errors.ts';
import type { Skipped, SourceOptions } from '../source.ts';

/** Passes on what a listing skips, and counts it, to explain a source that yields nothing. */
export class SkipTally {
  readonly counts = new Map<Skipped['reason'], number>();
  readonly onSkip: (skipped: Skipped) => void;

  constructor({ onSkip }: SourceOptions) {
    this.onSkip = (skipped) => {
      this.counts.set(skipped.reason, (this.counts.get(skipped.reason) ?? 0) + 1);
      onSkip?.(skipped);
    };
  }
}

/**
 * Throws for a source in which nothing was found, unless there was something outside the window: an
 * account may be quiet for a day.
 */
export function nothingFound(source: string, { counts }: SkipTally): void {
  if (counts.has('outside-window')) return;
  const passedOver = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  const problem = counts.has('not-selected')
    ? 'no CloudTrail log files of the accounts and regions asked for'
    : 'no CloudTrail log files here or below';
  throw new KnownError(`${source}: ${problem}`, {
    hint:
      passedOver.length > 0
        ? `passed over: ${passedOver.join(', ')}`
        : 'check the spelling; logs end in .json.gz, .gz, .json, .jsonl, .ndjson or .log, and a file named in full is taken whatever its ending',
  });
}
