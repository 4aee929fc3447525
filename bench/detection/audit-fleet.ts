import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FleetOptions } from '../../fixtures/fleet/fleet.ts';
import { INCIDENT_KINDS, type Truth } from '../../fixtures/fleet/truth.ts';
import { writeFleet } from '../../fixtures/fleet/write.ts';
import type { Report } from '../../report/model.ts';
import { type Run, timed } from '../timed.ts';

const CLI = fileURLToPath(new URL('../../cli.js', import.meta.url));

interface FleetSize {
  readonly seed: number;
  readonly events: number;
  readonly days: number;
}

export interface Assignment {
  readonly size: FleetSize;
  /** The text of its `agenttrail.yaml`. */
  readonly config: string;
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

export interface Audited {
  readonly timing: Timing;
  readonly report: Report;
  readonly truth: Truth;
  readonly storePath: string;
  readonly fleet: FleetOptions;
}

/** Writes a fleet's logs, has the built command audit them, and hands out what came of it. */
export function withAuditedFleet<Result>(
  { size, config }: Assignment,
  work: (audited: Audited) => Promise<Result>,
): Promise<Result> {
  return inFolder(async (folder) => {
    const fleet = { ...size, incidents: [...INCIDENT_KINDS, ...INCIDENT_KINDS] };
    const logs = join(folder, 'logs');
    const { records, truth } = await writeFleet(fleet, logs);
    const audit = await agenttrail(folder, config, 'audit', logs);
    const text = await readFile(join(folder, 'report.json'), 'utf8');
    const detect = await agenttrail(folder, config, 'detect');
    const isSame = text === (await readFile(join(folder, 'report.json'), 'utf8'));
    return work({
      timing: { records, tasks: truth.tasks.length, audit, detect, isSame },
      report: JSON.parse(text),
      // As it was written: what the simulation holds in memory is not what is read.
      truth: JSON.parse(await readFile(join(logs, 'truth.json'), 'utf8')),
      storePath: join(folder, 'store.duckdb'),
      fleet,
    });
  });
}

/** The report on the logs that `write` puts into a folder. */
export function auditOf(config: string, write: (logs: string) => Promise<void>): Promise<Report> {
  return inFolder(async (folder) => {
    const logs = join(folder, 'logs');
    await write(logs);
    await agenttrail(folder, config, 'audit', logs);
    return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  });
}

async function agenttrail(folder: string, config: string, ...command: string[]): Promise<Run> {
  const path = join(folder, 'agenttrail.yaml');
  await writeFile(path, config);
  const places = ['--store', join(folder, 'store.duckdb'), '--out', join(folder, 'report.json')];
  const options = ['--config', path, '--format', 'json', ...places];
  return timed(process.execPath, [CLI, ...command, ...options]);
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'agenttrail-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
