import { Command } from 'commander';
import { INVENTORY_FORMATS, type InventoryFormat, renderInventory } from '../report/index.ts';
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

type Options = StoreOptions & ReportOptions<InventoryFormat>;

export function inventoryCommand(io: Io): Command {
  return new Command('inventory')
    .description('list agents, known and suspected, and how they get credentials')
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(formatOption(INVENTORY_FORMATS))
    .addOption(outOption())
    .action(async (options: Options) => {
      const [{ Store }, { readInventory }] = await Promise.all([
        import('../store/store.ts'),
        import('../readers/inventory.ts'),
      ]);
      const { config, path } = await configured(options);
      const store = await Store.openToRead(path);
      try {
        const inventory = await readInventory(store, config);
        const text = renderInventory(inventory, options.format, textOptions(io, options));
        await emit(io, text, options.out);
      } finally {
        store.close();
      }
    });
}
