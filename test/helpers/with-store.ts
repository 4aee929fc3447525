import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../config/config.ts';
import { refreshGraph } from '../../graph/refresh.ts';
import { ingest } from '../../ingest/ingest.ts';
import { listSources } from '../../ingest/sources/index.ts';
import { Store } from '../../store/store.ts';

interface Contents {
  /** Files, folders or globs from the project's root. */
  logs?: readonly string[];
  /** The text of an `agenttrail.yaml`. */
  config?: string;
}

const NO_PROGRESS = { add() {}, total() {}, done() {} };

/** Runs `work` on a store of its own that has ingested the logs and attributed them. */
export async function withStore<Result>(
  { logs = [], config = '' }: Contents,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'agenttrail-'));
  const store = await Store.openToWrite(join(folder, 'test.duckdb'));
  try {
    if (logs.length > 0) {
      await ingest(store, await listSources(logs), {
        maximumObjectBytes: 2 ** 30,
        progress: NO_PROGRESS,
        now: () => new Date('2026-11-02T00:00:00Z'),
      });
    }
    await refreshGraph(store, parseConfig(config, 'agenttrail.yaml'));
    return await work(store);
  } finally {
    store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
