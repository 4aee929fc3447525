import { Command } from 'commander';
import { BASELINE_FORMATS, type BaselineFormat, renderBaseline } from '../report/index.ts';
import { emit, type Io } from './io.ts';
import {
  configOption,
  configured,
  formatOption,
  outOption,
  type ReportOptions,
  type StoreOptions,
  storeOption,
  textOptions,
} from './options.ts';

type Options = StoreOptions & ReportOptions<BaselineFormat> & { taskType?: string };

export function baselineCommand(io: Io): Command {
  return new Command('baseline')
    .description('show what is normal for an agent, from how many tasks, and since when')
    .argument('<agent>', 'an agent id')
    .option('--task-type <type>', 'only this type of its tasks')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(formatOption(BASELINE_FORMATS))
    .addOption(outOption())
    .action(async (agent: string, options: Options) => {
      const [{ Store }, { readBaseline }] = await Promise.all([
        import('../store/store.ts'),
        import('../readers/baseline.ts'),
      ]);
      const { config, path } = await configured(options);
      const store = await Store.openToRead(path);
      try {
        const baseline = await readBaseline(store, config, agent, options.taskType ?? null);
        const text = renderBaseline(baseline, options.format, textOptions(io, options));
        await emit(io, text, options.out);
      } finally {
        store.close();
      }
    });
}
