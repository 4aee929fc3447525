import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../config/config.ts';
import { refreshGraph } from '../../graph/refresh.ts';
import { ingest } from '../../ingest/ingest.ts';
import { listSources } from '../../ingest/sources/index.ts';
import type { Params, Queryable } from '../../store/connection.ts';
import { Store } from '../../store/store.ts';
import type { LogRecord } from './records.ts';

const PROGRESS = { add() {}, total() {}, done() {} };
const NOW = new Date('2026-11-02T00:00:00Z');

/** A folder that is gone afterwards, whatever happens. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>) {
  const folder = await mkdtemp(join(tmpdir(), 'agenttrail-test-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A store into which each list of records came by a run of its own, each attributed by `config`. */
export function withRuns<Result>(
  runs: readonly (readonly LogRecord[])[],
  work: (store: Store) => Promise<Result>,
  config = '',
): Promise<Result> {
  return withFolder(async (folder) => {
    const store = await Store.openToWrite(join(folder, 'store.duckdb'));
    try {
      for (const [index, records] of runs.entries()) {
        await ingestRecords(store, records, join(folder, `run-${index + 1}`));
        await refreshGraph(store, parseConfig(config, 'agenttrail.yaml'));
      }
      return await work(store);
    } finally {
      store.close();
    }
  });
}

export function withRecords<Result>(
  records: readonly LogRecord[],
  work: (store: Store) => Promise<Result>,
  config = '',
): Promise<Result> {
  return withRuns([records], work, config);
}

/** Through the real way in, as one object in CloudTrail's own form. */
export async function ingestRecords(
  store: Store,
  records: readonly LogRecord[],
  folder: string,
): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'records.json'), JSON.stringify({ Records: records }));
  await ingest(store, await listSources([folder]), {
    maximumObjectBytes: 2 ** 30,
    progress: PROGRESS,
    now: () => NOW,
  });
}

/** Rows with numbers for BIGINT and ISO 8601 for TIMESTAMP, to be compared as a whole. */
export async function query(
  store: Queryable,
  text: string,
  params?: Params,
): Promise<Record<string, unknown>[]> {
  const rows = await store.rows({ name: 'test', text }, params);
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
  );
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  return value;
}
