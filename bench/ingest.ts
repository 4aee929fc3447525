import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFleet } from '../fixtures/fleet/write.ts';
import { median, type Run, timed } from './timed.ts';

// `npm run bench:ingest [-- --events 2000000 --runs 5 --seed 1]`
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '500000' },
    runs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const events = Number(values.events);
const runs = Number(values.runs);
const seed = Number(values.seed);
const CLI = fileURLToPath(new URL('../cli.js', import.meta.url));
const corpus = `bench/corpus/${events}-${seed}`;

const out = (line: string) => process.stdout.write(`${line}\n`);

if (!existsSync(join(corpus, 'truth.json'))) {
  out(`making ${corpus} …`);
  await writeFleet({ seed, days: 30, events }, corpus);
}

const folder = await mkdtemp(join(tmpdir(), 'agenttrail-bench-'));
const store = join(folder, 'bench.duckdb');
const yardstick: Run[] = [];
const ingest: Run[] = [];
try {
  for (let run = 0; run <= runs; run += 1) {
    await rm(store, { force: true });
    const pair = {
      yardstick: await timed('sh', [
        '-c',
        'find "$0" -name "*.gz" -print0 | xargs -0 cat | gzip -dc | wc -c',
        corpus,
      ]),
      ingest: await timed(process.execPath, [CLI, 'ingest', corpus, '--store', store]),
    };
    // The first pair warms the page cache.
    if (run === 0) continue;
    yardstick.push(pair.yardstick);
    ingest.push(pair.ingest);
    out(
      `run ${run}: yardstick ${pair.yardstick.seconds.toFixed(2)} s, ingest ${pair.ingest.seconds.toFixed(2)} s, ratio ${(pair.ingest.seconds / pair.yardstick.seconds).toFixed(2)}`,
    );
  }
  report((await stat(store)).size);
} finally {
  await rm(folder, { recursive: true, force: true });
}

function report(storeBytes: number): void {
  const last = ingest.at(-1);
  const ratios = ingest.map(({ seconds }, at) => seconds / (yardstick[at]?.seconds ?? Number.NaN));
  const seconds = median(ingest.map((run) => run.seconds));
  out('');
  out(last?.output.trim() ?? '');
  out(
    `yardstick  median ${median(yardstick.map((run) => run.seconds)).toFixed(2)} s  cat *.gz | gzip -dc | wc -c`,
  );
  out(`ingest     median ${seconds.toFixed(2)} s  to committed, deduplicated, attributed events`);
  out(
    `ratio      median ${median(ratios).toFixed(2)}  (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}, pair by pair)`,
  );
  out(`rate       ${Math.round(events / seconds).toLocaleString('en-US')} events/s`);
  out(`peak       ${Math.max(...ingest.map((run) => run.peakMiB)).toFixed(0)} MiB resident`);
  out(`store      ${(storeBytes / 1e6).toFixed(0)} MB`);
}
