import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FLEET_CONFIG } from '../../fixtures/fleet/config.ts';
import { INCIDENT_KINDS, type Truth } from '../../fixtures/fleet/truth.ts';
import { writeFleet } from '../../fixtures/fleet/write.ts';
import type { Report } from '../../report/model.ts';
import { Store } from '../../store/store.ts';
import { COMPARATORS } from '../comparators/registry.ts';
import { type Run, timed } from '../timed.ts';
import type { Alert } from './alert.ts';
import { type Judgement, judge } from './judge.ts';
import { readIncidents } from './read-calls.ts';

const CLI = fileURLToPath(new URL('../../cli.js', import.meta.url));

export interface FleetSize {
  readonly seed: number;
  readonly events: number;
  readonly days: number;
}

export interface Timing {
  readonly records: number;
  readonly tasks: number;
  /** `audit` over the log files: ingest, attribute, detect, report. */
  readonly audit: Run;
  /** `detect` once more over its store: attribute, detect, report. */
  readonly detect: Run;
  /** Law 5: both gave the same report, byte for byte. */
  readonly isSame: boolean;
}

/** Makes a fleet, has the built command audit it, and judges what it and the comparators say. */
export function runFleet(size: FleetSize): Promise<{ judgement: Judgement; timing: Timing }> {
  return withAudit(size, async ({ timing, report, truth, storePath }) => {
    const store = await Store.openToRead(storePath);
    try {
      const rivals = new Map<string, readonly Alert[]>();
      for (const { name, alerts } of COMPARATORS) rivals.set(name, await alerts(store));
      const incidents = await readIncidents(store, truth.incidents);
      return { judgement: judge({ truth, incidents, report, rivals }), timing };
    } finally {
      store.close();
    }
  });
}

/** The same without a judgement: for fleets too large to be worth one. */
export function timeFleet(size: FleetSize): Promise<Timing> {
  return withAudit(size, async ({ timing }) => timing);
}

interface Audited {
  readonly timing: Timing;
  readonly report: Report;
  readonly truth: Truth;
  readonly storePath: string;
}

async function withAudit<Result>(
  size: FleetSize,
  work: (audited: Audited) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'agenttrail-bench-'));
  const at = (name: string) => join(folder, name);
  try {
    await writeFile(at('agenttrail.yaml'), FLEET_CONFIG);
    const incidents = [...INCIDENT_KINDS, ...INCIDENT_KINDS];
    const { records, truth } = await writeFleet({ ...size, incidents }, at('logs'));
    const options = ['--store', at('store.duckdb'), '--config', at('agenttrail.yaml')];
    const run = (out: string, ...command: string[]) =>
      timed(process.execPath, [CLI, ...command, ...options, '--format', 'json', '--out', at(out)]);
    const audit = await run('audit.json', 'audit', at('logs'));
    const detect = await run('detect.json', 'detect');
    const text = await readFile(at('audit.json'), 'utf8');
    const isSame = text === (await readFile(at('detect.json'), 'utf8'));
    return await work({
      timing: { records, tasks: truth.tasks.length, audit, detect, isSame },
      report: JSON.parse(text),
      // As it was written: what the simulation holds in memory is not what is read.
      truth: JSON.parse(await readFile(join(at('logs'), 'truth.json'), 'utf8')),
      storePath: at('store.duckdb'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
