import type { Config } from '../config/config.ts';
import { detect } from '../detect/detect.ts';
import { isAtLeast, type Severity } from '../detect/finding.ts';
import { DETECTORS } from '../detect/registry.ts';
import { refreshGraph } from '../graph/refresh.ts';
import type { TimeWindow } from '../ingest/source.ts';
import { readReport } from '../readers/report.ts';
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
