import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../report/model.ts';
import { agenttrail, temporaryFolder } from '../helpers/cli.ts';

const folder = temporaryFolder();
const REAL = resolve(import.meta.dirname, '../../fixtures/real');
const COUNTED = [
  'events',
  'sessions',
  'tasks',
  'agents',
  'delegations',
  'dead_letters',
  'objects',
] as const;

/** What public logs of attacks give; `npx vitest run test/golden -u` writes the files anew. */
describe.each(['invictus', 'stratus'])('%s', (name) => {
  const store = join(folder, `${name}.duckdb`);
  let report: Report;
  let text: string;

  beforeAll(async () => {
    const { code, out, err } = await agenttrail([
      ...['audit', join(REAL, name), '--store', store, '--format', 'json'],
    ]);
    if (code !== 0) throw new Error(err);
    text = out;
    report = JSON.parse(out);
  });

  test('the report is as it was', async () => {
    await expect(text).toMatchFileSnapshot(`${name}.report.json.txt`);
  });

  test('what is stored is as it was, whatever the detectors make of it', async () => {
    const { detectors: _, ...coverage } = report.coverage;
    const counts: Record<string, unknown> = {};
    for (const view of COUNTED) counts[view] = await rows(`select count(*) as n from ${view}`);
    const stored = {
      reconciliation: report.reconciliation,
      coverage,
      counts,
      capabilities: await rows(
        'select capability, count(*) as events from events group by all order by all',
      ),
      objects: await rows(
        `select parse_filename(uri) as file, records_read, events_stored, duplicates, dead_letters, problem
        from objects
        order by file`,
      ),
    };
    await expect(`${JSON.stringify(stored, null, 2)}\n`).toMatchFileSnapshot(
      `${name}.stored.json.txt`,
    );
  });

  async function rows(sql: string): Promise<unknown> {
    const { out } = await agenttrail(['query', sql, '--format', 'json', '--store', store]);
    return JSON.parse(out);
  }
});
