import { join } from 'node:path';
import { score } from '../../../commands/scoring.ts';
import { parseConfig } from '../../../config/config.ts';
import { FLEET_CONFIG } from '../../../fixtures/fleet/config.ts';
import { type Ingested, ingest } from '../../../ingest/ingest.ts';
import type { LogObject } from '../../../ingest/source.ts';
import { renderReport } from '../../../report/index.ts';
import { Store } from '../../../store/store.ts';

/** Each with all its columns, but for when something was done. */
const VIEWS = {
  events: 'select * from events order by all',
  sessions: 'select * from sessions order by all',
  tasks: 'select * from tasks order by all',
  agents: 'select * from agents order by all',
  task_actions: 'select * from task_actions order by all',
  task_edges: 'select * from task_edges order by all',
  task_resources: 'select * from task_resources order by all',
  delegations: 'select * from delegations order by all',
  findings: 'select * from findings order by all',
  dead_letters: 'select * from dead_letters order by all',
  objects: 'select * exclude (ingested_at) from objects order by all',
} as const;

export type Contents = Record<keyof typeof VIEWS, Record<string, unknown>[]>;

const CONFIG = parseConfig(FLEET_CONFIG, 'fleet.yaml');
let made = 0;

/** A path at which there is no store yet. */
export function freshStore(folder: string): string {
  made += 1;
  return join(folder, `${made}.duckdb`);
}

/** One run of `ingest` over objects in the order given, `batchObjects` to a commit. */
export async function ingestInto(
  path: string,
  objects: readonly LogObject[],
  batchObjects = 10_000,
): Promise<Ingested> {
  const store = await Store.openToWrite(path);
  try {
    return await ingest(store, inOrder(objects), {
      maximumObjectBytes: 64 * 1024 * 1024,
      batch: { bytes: 64 * 1024 * 1024, objects: batchObjects },
      progress: { add() {}, total() {}, done() {} },
      now: () => new Date('2026-10-01T00:00:00Z'),
    });
  } finally {
    store.close();
  }
}

async function* inOrder(objects: readonly LogObject[]): AsyncGenerator<LogObject> {
  yield* objects;
}

/** What `detect --format json` prints. */
export async function reportOf(path: string): Promise<string> {
  const store = await Store.openToUpdate(path);
  try {
    return renderReport(await score(store, CONFIG, {}), 'json', { width: 100, colour: false });
  } finally {
    store.close();
  }
}

export async function contentsOf(path: string): Promise<Contents> {
  const store = await Store.openToRead(path);
  try {
    const views: Partial<Contents> = {};
    for (const [view, text] of Object.entries(VIEWS)) {
      const { columns, pages } = await store.table({ name: view, text });
      const rows: Record<string, unknown>[] = [];
      for await (const page of pages) {
        for (const row of page) {
          rows.push(Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])));
        }
      }
      views[view as keyof Contents] = rows;
    }
    return views as Contents;
  } finally {
    store.close();
  }
}
