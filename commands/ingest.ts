import { Command } from 'commander';
import { printable } from '../store/printable.ts';
import { ingestedText } from './ingested-text.ts';
import type { Io } from './io.ts';
import {
  configOption,
  configured,
  type StoreOptions,
  sinceOption,
  storeOption,
  untilOption,
  type WindowOptions,
  windowOf,
} from './options.ts';
import {
  addSourceOptions,
  ingestSources,
  openSources,
  SOURCE_HELP,
  type SourceSelection,
} from './sources.ts';

type Options = StoreOptions & WindowOptions & SourceSelection;

export function ingestCommand(io: Io): Command {
  const command = new Command('ingest')
    .description('read CloudTrail logs into the store, and attribute them')
    .argument('<source...>', SOURCE_HELP)
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(sinceOption())
    .addOption(untilOption());
  return addSourceOptions(command).action(async (sources: string[], options: Options) => {
    const [{ Store }, { refreshGraph }] = await Promise.all([
      import('../store/store.ts'),
      import('../graph/refresh.ts'),
    ]);
    const { config, path } = await configured(options);
    const opened = await openSources(io, sources, options, windowOf(io, options));
    const store = await Store.openToWrite(path);
    try {
      const ingested = await ingestSources(io, store, config, opened);
      await refreshGraph(store, config);
      io.out(`${ingestedText(ingested)}\n${printable(path)}\n`);
    } finally {
      store.close();
    }
  });
}
