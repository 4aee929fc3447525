import { Command } from 'commander';
import { ingestedText } from './ingested-text.ts';
import type { Io } from './io.ts';
import { addScoredOptions, configured, type ScoredOptions, windowOf } from './options.ts';
import {
  addSourceOptions,
  ingestSources,
  openSources,
  SOURCE_HELP,
  type SourceSelection,
} from './sources.ts';

type Options = ScoredOptions & SourceSelection;

export function auditCommand(io: Io, exit: (code: number) => void): Command {
  const command = addScoredOptions(
    new Command('audit')
      .description('ingest, detect and report: the nightly job')
      .argument('<source...>', SOURCE_HELP),
  );
  return addSourceOptions(command).action(async (sources: string[], options: Options) => {
    const [{ Store }, { printReport, score }] = await Promise.all([
      import('../store/store.ts'),
      import('./scoring.ts'),
    ]);
    const { config, path } = await configured(options);
    const window = windowOf(io, options);
    const opened = await openSources(io, sources, options, window);
    const store = await Store.openToWrite(path);
    try {
      const ingested = await ingestSources(io, store, config, opened);
      io.err(`${ingestedText(ingested)}\n`);
      exit(await printReport(io, await score(store, config, window), options));
    } finally {
      store.close();
    }
  });
}
