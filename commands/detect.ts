import { Command } from 'commander';
import { REPORT_FORMATS, type ReportFormat } from '../report/index.ts';
import type { Io } from './io.ts';
import {
  configOption,
  configured,
  type FailOptions,
  failOnOption,
  formatOption,
  outOption,
  type ReportOptions,
  type StoreOptions,
  sinceOption,
  storeOption,
  untilOption,
  type WindowOptions,
  windowOf,
} from './options.ts';

type Options = StoreOptions & WindowOptions & ReportOptions<ReportFormat> & FailOptions;

export function detectCommand(io: Io, exit: (code: number) => void): Command {
  return new Command('detect')
    .description('score all that is stored, and report')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(sinceOption())
    .addOption(untilOption())
    .addOption(formatOption(REPORT_FORMATS))
    .addOption(outOption())
    .addOption(failOnOption())
    .action(async (options: Options) => {
      const [{ Store }, { printReport, score }] = await Promise.all([
        import('../store/store.ts'),
        import('./scoring.ts'),
      ]);
      const { config, path } = await configured(options);
      const window = windowOf(io, options);
      const store = await Store.openToUpdate(path);
      try {
        exit(await printReport(io, await score(store, config, window), options));
      } finally {
        store.close();
      }
    });
}
