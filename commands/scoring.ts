import type { Config } from '../config/config.ts';
import { detect } from '../detect/detect.ts';
import { isAtLeast, type Severity } from '../detect/finding.ts';
import { DETECTORS } from '../detect/registry.ts';
import { refreshGraph } from '../graph/refresh.ts';
import type { TimeWindow } from '../ingest/source.ts';
import { readReport } from '../readers/report.ts';
import { type DifferenceFormat, differenceOf, renderDifference } from '../report/difference.ts';
import { type ReportFormat, renderReport } from '../report/index.ts';
import type { Report } from '../report/model.ts';
import { EXIT } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { emit, type Io } from './io.ts';
import { type FailOptions, type ReportOptions, textOptions } from './options.ts';

/** Attributes, scores and stores; the report is of the window, the history before it is judged by. */
export async function score(store: Store, config: Config, window: TimeWindow): Promise<Report> {
  await refreshGraph(store, config);
  await detect(store, DETECTORS, config);
  return readReport(store, window);
}

/** What the configuration would make of the stored records, against what the last `detect` stored. */
export async function printDifference(
  io: Io,
  store: Store,
  config: Config,
  window: TimeWindow,
  { format, out }: { format: DifferenceFormat; out: string | undefined },
): Promise<void> {
  const before = await readReport(store, window);
  const after = await store.rehearse(() => score(store, config, window));
  const difference = differenceOf(before.findings, after.findings);
  await emit(io, renderDifference(difference, format), out);
}

/** Prints a report and gives the exit code. */
export async function printReport(
  io: Io,
  report: Report,
  { format, out, failOn }: ReportOptions<ReportFormat> & FailOptions,
): Promise<number> {
  await emit(io, renderReport(report, format, textOptions(io, { out })), out);
  return exitOf(report, failOn);
}

function exitOf({ findings }: Report, failOn: Severity | undefined): number {
  const isFailed = failOn && findings.some(({ severity }) => isAtLeast(severity, failOn));
  return isFailed ? EXIT.findings : EXIT.clean;
}
