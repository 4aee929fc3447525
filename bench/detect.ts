import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FLEET_CONFIG } from '../fixtures/fleet/config.ts';
import { withAuditedFleet } from './detection/audit-fleet.ts';
import type { Judgement } from './detection/judge.ts';
import { drawCurves } from './detection/picture.ts';
import { renderMarkdown, renderText } from './detection/render.ts';
import { type FleetRun, runFleet } from './detection/run-fleet.ts';
import { savedText } from './detection/saved.ts';
import { parseSeeds, REPORTED_SEEDS, seedText, TUNING_SEEDS } from './detection/seeds.ts';
import { summaryOf } from './detection/summary.ts';

// `npm run bench:detect [-- --seed 101 | --seeds 101-110 | --tune | --scale] [--replay] [--no-scopes] [--list] [--events 100000 --days 30]`
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    tune: { type: 'boolean', default: false },
    'no-scopes': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    replay: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    events: { type: 'string' },
    days: { type: 'string', default: '30' },
  },
});
const FLEET_EVENTS = 100_000;
const SCALE_EVENTS = 5_000_000;

const out = (text: string) => process.stdout.write(text);
const progress = (text: string) => process.stderr.write(text);
const days = Number(values.days);
const hasScopes = !values['no-scopes'];
const config = hasScopes ? FLEET_CONFIG : FLEET_CONFIG.slice(0, FLEET_CONFIG.indexOf('\nscopes:'));

await (values.scale ? scale() : quality());

async function quality(): Promise<void> {
  const named = values.seeds ?? values.seed;
  const seeds = named ? parseSeeds(named) : values.tune ? TUNING_SEEDS : REPORTED_SEEDS;
  const events = Number(values.events ?? FLEET_EVENTS);
  const runs: FleetRun[] = [];
  for (const seed of seeds) {
    progress(`seed ${seed} …\n`);
    runs.push(await runFleet({ size: { seed, events, days }, config }, values.replay));
  }
  const summary = summaryOf(
    { seeds, events, days, hasScopes },
    runs.map(({ judgement }) => judgement),
    runs.map(({ timing }) => timing),
  );
  out(renderText(summary));
  if (values.list) {
    list('Misses', runs, ({ misses }) => misses);
    list('False findings', runs, ({ falseFindings }) => falseFindings);
  }
  // What stands in the repository is of all seeds that are reported, at full size.
  const isWhole =
    summary.seeds === seedText(REPORTED_SEEDS) && events === FLEET_EVENTS && hasScopes;
  const folder = isWhole ? 'bench' : 'bench/corpus/detect';
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, 'results/detect.json'), savedText(summary));
  await writeFile(join(folder, 'results/precision-recall.svg'), drawCurves(summary.methods));
  await writeFile(join(folder, 'detect.md'), renderMarkdown(summary));
  progress(`saved in ${folder}: detect.md, results/detect.json, results/precision-recall.svg\n`);
}

function list(
  title: string,
  runs: readonly FleetRun[],
  linesOf: (judgement: Judgement) => readonly string[],
): void {
  const lines = runs.flatMap(({ judgement }) => linesOf(judgement));
  out(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

async function scale(): Promise<void> {
  const events = Number(values.events ?? SCALE_EVENTS);
  const seed = Number(values.seed ?? REPORTED_SEEDS[0]);
  progress(`making ${events.toLocaleString('en-US')} events …\n`);
  const { records, tasks, audit, detect, isSame } = await withAuditedFleet(
    { size: { seed, events, days }, config },
    async ({ timing }) => timing,
  );
  const line = (name: string, seconds: number, peakMiB: number) =>
    `${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${Math.round(records / seconds).toLocaleString('en-US')} records/s, ${Math.round(peakMiB)} MiB\n`;
  out(`${records.toLocaleString('en-US')} records, ${tasks.toLocaleString('en-US')} tasks\n`);
  out(line('audit', audit.seconds, audit.peakMiB));
  out(line('detect', detect.seconds, detect.peakMiB));
  out(`${isSame ? 'the same report both times' : 'TWO DIFFERENT REPORTS'}\n`);
}
