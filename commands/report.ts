import { Command } from 'commander';
import type { Io } from './io.ts';
import { addScoredOptions, configured, type ScoredOptions, windowOf } from './options.ts';

export function reportCommand(io: Io, exit: (code: number) => void): Command {
  return addScoredOptions(
    new Command('report').description('print the findings of the last detect'),
  ).action(async (options: ScoredOptions) => {
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
