import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../report/model.ts';
import { agenttrail, temporaryFolder } from '../helpers/cli.ts';

const folder = temporaryFolder();
const demo = (dir: string) => agenttrail(['demo', '--dir', dir, '--days', '2', '--events', '2000']);

test('the demo leaves its logs, configuration, store and reports, and says where', async () => {
  const dir = join(folder, 'demo');
  const { code, out, err } = await demo(dir);
  const report = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')) as Report;

  expect(code).toBe(0);
  expect(err).toMatch(/^simulating 2 days of a fleet of agents …\n/);
  expect((await readdir(dir)).sort()).toEqual([
    'agenttrail.duckdb',
    'agenttrail.yaml',
    'logs',
    'report.json',
    'report.md',
  ]);
  for (const file of await readdir(dir)) expect(out).toContain(join(dir, file));
  expect(out).toContain('log-tampering');
  expect(report.reconciliation.recordsRead).toBeGreaterThan(2_000);
});

test('a second demo takes the place of the first, and gives the same report', async () => {
  const dir = join(folder, 'again');
  const first = await demo(dir);

  expect(await demo(dir)).toEqual(first);
});

test('a folder that holds anything else is left alone', async () => {
  await writeFile(join(folder, 'mine.txt'), 'mine');

  expect(await demo(folder)).toEqual({
    code: 2,
    out: '',
    err: `agenttrail: ${folder}: not empty, and not a demo of before\nhint: name another folder with --dir\n`,
  });
});
