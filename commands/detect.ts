import { Command } from 'commander';
import { DIFFERENCE_FORMATS, type DifferenceFormat } from '../report/difference.ts';
import type { ReportFormat } from '../report/index.ts';
import { KnownError } from '../store/errors.ts';
import type { Io } from './io.ts';
import { addScoredOptions, configured, type ScoredOptions, windowOf } from './options.ts';

type Options = ScoredOptions & { dryRun?: boolean };

export function detectCommand(io: Io, exit: (code: number) => void): Command {
  return addScoredOptions(new Command('detect').description('score all that is stored, and report'))
    .option('--dry-run', 'store nothing; say which findings --config would add, remove or change')
    .action(async (options: Options) => {
      const [{ Store }, { printDifference, printReport, score }] = await Promise.all([
        import('../store/store.ts'),
        import('./scoring.ts'),
      ]);
      const { config, path } = await configured(options);
      const window = windowOf(io, options);
      const store = await Store.openToUpdate(path);
      try {
        if (options.dryRun) {
          const { format, out } = options;
          await printDifference(io, store, config, window, { format: dryRunFormat(format), out });
        } else {
          exit(await printReport(io, await score(store, config, window), options));
        }
      } finally {
        store.close();
      }
    });
}

function dryRunFormat(format: ReportFormat): DifferenceFormat {
  const known = DIFFERENCE_FORMATS.find((one) => one === format);
  if (known !== undefined) return known;
  throw new KnownError(`--dry-run --format ${format}: not a format of it`, {
    hint: `it prints ${DIFFERENCE_FORMATS.join(' or ')}`,
  });
}
