import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { KnownError } from '../store/errors.ts';
import { ingestedText } from './ingested-text.ts';
import type { Io } from './io.ts';
import { textOptions } from './options.ts';

interface Options {
  dir: string;
  seed: string;
  days: string;
  events: string;
}

const REAL_RECORDS = fileURLToPath(new URL('../fixtures/real', import.meta.url));

export function demoCommand(io: Io): Command {
  return new Command('demo')
    .description('simulate a fleet of agents with incidents, and audit its logs; needs no AWS')
    .option('--dir <folder>', 'where logs, store and reports go', 'agenttrail-demo')
    .option('--seed <number>', 'another number, another fleet', '7')
    .option('--days <number>', 'how long the fleet works', '14')
    .option('--events <number>', 'about so many events', '40000')
    .action((options: Options) => demo(io, options));
}

async function demo(io: Io, options: Options): Promise<void> {
  const [{ Store }, { writeFleet }, { FLEET_CONFIG }, { loadConfig }, { DETECTORS }] =
    await Promise.all([
      import('../store/store.ts'),
      import('../fixtures/fleet/write.ts'),
      import('../fixtures/fleet/config.ts'),
      import('../config/config.ts'),
      import('../detect/registry.ts'),
    ]);
  const [{ score }, { ingestSources, openSources }, { renderReport }, { incidentsFound }] =
    await Promise.all([
      import('./scoring.ts'),
      import('./sources.ts'),
      import('../report/index.ts'),
      import('./demo-truth.ts'),
    ]);
  const { dir } = options;
  const fleet = {
    seed: whole(options, 'seed'),
    days: whole(options, 'days'),
    events: whole(options, 'events'),
  };
  await makeRoom(dir);
  const at = {
    logs: join(dir, 'logs'),
    config: join(dir, 'agenttrail.yaml'),
    store: join(dir, 'agenttrail.duckdb'),
    json: join(dir, 'report.json'),
    markdown: join(dir, 'report.md'),
  };
  io.err(`simulating ${fleet.days} days of a fleet of agents …\n`);
  await writeFile(at.config, FLEET_CONFIG);
  const { truth, files, records } = await writeFleet(fleet, at.logs);
  const config = await loadConfig(at.config, DETECTORS);
  const opened = await openSources(io, [at.logs, REAL_RECORDS], {}, {});
  const store = await Store.openToWrite(at.store);
  try {
    const ingested = await ingestSources(io, store, config, opened);
    const report = await score(store, config, {});
    await writeFile(at.json, renderReport(report, 'json', textOptions(io, {})));
    await writeFile(at.markdown, renderReport(report, 'markdown', textOptions(io, {})));
    io.out(
      [
        `A fleet of ${truth.agents.length} agents, ${truth.tasks.length} tasks in ${fleet.days} days: ${files} log files, ${records} records (seed ${fleet.seed}).`,
        'Beside it, the real records of fixtures/real.',
        `${ingestedText(ingested)}\n`,
        renderReport(report, 'table', textOptions(io, {})),
        incidentsFound(truth, report.findings),
        'Where it lies',
        `  logs      ${at.logs}`,
        `  config    ${at.config}`,
        `  store     ${at.store}`,
        `  reports   ${at.json}, ${at.markdown}\n`,
      ].join('\n'),
    );
  } finally {
    store.close();
  }
}

/** A demo of before makes way; anything else in the folder is not ours to remove. */
async function makeRoom(dir: string): Promise<void> {
  const isDemo = existsSync(join(dir, 'logs', 'truth.json'));
  if (existsSync(dir) && !isDemo && (await readdir(dir)).length > 0) {
    throw new KnownError(`${dir}: not empty, and not a demo of before`, {
      hint: 'name another folder with --dir',
    });
  }
  const ours = ['logs', 'agenttrail.duckdb', 'agenttrail.duckdb.wal'];
  for (const name of ours) await rm(join(dir, name), { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
}

function whole(options: Options, name: 'seed' | 'days' | 'events'): number {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new KnownError(`--${name} ${options[name]}: not a whole number above 0`);
}
