import { Command } from 'commander';
import { GRAPH_FORMATS, type GraphFormat, renderGraph } from '../report/index.ts';
import { emit, type Io } from './io.ts';
import {
  configOption,
  configured,
  formatOption,
  outOption,
  type ReportOptions,
  type StoreOptions,
  storeOption,
} from './options.ts';

type Options = StoreOptions & ReportOptions<GraphFormat> & { agent?: string };

export function graphCommand(io: Io): Command {
  return new Command('graph')
    .description("print one task's action graph")
    .argument('<task>', 'a task id')
    .option('--agent <id>', 'the agent, where several have a task of this id')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(formatOption(GRAPH_FORMATS))
    .addOption(outOption())
    .action(async (task: string, options: Options) => {
      const [{ Store }, { readTaskGraph }] = await Promise.all([
        import('../store/store.ts'),
        import('../readers/task-graph.ts'),
      ]);
      const { path } = await configured(options);
      const store = await Store.openToRead(path);
      try {
        const graph = await readTaskGraph(store, task, options.agent ?? null);
        await emit(io, renderGraph(graph, options.format), options.out);
      } finally {
        store.close();
      }
    });
}
