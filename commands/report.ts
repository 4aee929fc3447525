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

export function reportCommand(io: Io, exit: (code: number) => void): Command {
  return new Command('report')
    .description('print the findings of the last detect')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(sinceOption())
    .addOption(untilOption())
    .addOption(formatOption(REPORT_FORMATS))
    .addOption(outOption())
    .addOption(failOnOption())
    .action(async (options: Options) => {
      const [{ Store }, { readReport }, { printReport }] = await Promise.all([
        import('../store/store.ts'),
        import('../readers/report.ts'),
        import('./scoring.ts'),
      ]);
      const { path } = await configured(options);
      const window = windowOf(io, options);
      const store = await Store.openToRead(path);
      try {
        exit(await printReport(io, await readReport(store, window), options));
      } finally {
        store.close();
      }
    });
}
