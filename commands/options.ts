import { type Command, Option } from 'commander';
import { type Config, loadConfig } from '../config/config.ts';
import { SEVERITIES, type Severity } from '../detect/finding.ts';
import { DETECTORS } from '../detect/registry.ts';
import type { TimeWindow } from '../ingest/source.ts';
import { parseWindow } from '../ingest/sources/time-window.ts';
import { REPORT_FORMATS, type ReportFormat } from '../report/index.ts';
import type { Io } from './io.ts';

export interface StoreOptions {
  store?: string;
  config?: string;
}

export interface WindowOptions {
  since?: string;
  until?: string;
}

export interface ReportOptions<Format extends string> {
  format: Format;
  out?: string;
}

export interface FailOptions {
  failOn?: Severity;
}

export const storeOption = (): Option =>
  new Option(
    '--store <file>',
    'the DuckDB file (default: agenttrail.duckdb, or what the config says)',
  );

export const configOption = (): Option =>
  new Option('--config <file>', 'configuration (default: ./agenttrail.yaml where there is one)');

export const sinceOption = (): Option =>
  new Option('--since <when>', 'from this moment on: 2026-10-05, 2026-10-05T14:30Z, 24h, 7d');

export const untilOption = (): Option =>
  new Option('--until <when>', 'up to this moment, not including it');

export const outOption = (): Option => new Option('--out <file>', 'write to a file, not to stdout');

export const formatOption = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'how to print').choices([...formats]).default(formats[0]);

const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'exit 1 on a finding this severe or worse').choices([
    ...SEVERITIES,
  ]);

/** What `audit`, `detect` and `report` share: a store, a window, and how to print what was found in it. */
export interface ScoredOptions
  extends StoreOptions,
    WindowOptions,
    ReportOptions<ReportFormat>,
    FailOptions {}

export function addScoredOptions(command: Command): Command {
  return command
    .addOption(storeOption())
    .addOption(configOption())
    .addOption(sinceOption())
    .addOption(untilOption())
    .addOption(formatOption(REPORT_FORMATS))
    .addOption(outOption())
    .addOption(failOnOption());
}

/** The configuration, and the store that the option names, or it. */
export async function configured(options: StoreOptions): Promise<{ config: Config; path: string }> {
  const config = await loadConfig(options.config, DETECTORS);
  return { config, path: options.store ?? config.store };
}

export function windowOf(io: Io, { since, until }: WindowOptions): TimeWindow {
  return parseWindow(since, until, io.now());
}

export function textOptions(
  io: Io,
  { out }: { out?: string | undefined },
): { width: number; colour: boolean } {
  const isTerminal = io.isOutTerminal && out === undefined;
  return { width: isTerminal ? io.outColumns : 100, colour: isTerminal && io.wantsColour };
}
