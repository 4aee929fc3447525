import type { TextOptions } from './block.ts';
import { reportJson, reportNdjson } from './json.ts';
import { reportMarkdown } from './markdown.ts';
import type { Report } from './model.ts';
import { reportTable } from './table.ts';

export const REPORT_FORMATS = ['table', 'json', 'ndjson', 'markdown'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** `width` and `colour` shape the table alone. */
export function renderReport(report: Report, format: ReportFormat, options: TextOptions): string {
  switch (format) {
    case 'table':
      return reportTable(report, options);
    case 'json':
      return reportJson(report);
    case 'ndjson':
      return reportNdjson(report);
    case 'markdown':
      return reportMarkdown(report);
  }
}
