import type { TextOptions } from './block.ts';
import { graphJson } from './graph-json.ts';
import { graphMermaid } from './graph-mermaid.ts';
import { reportJson, reportNdjson } from './json.ts';
import { reportMarkdown } from './markdown.ts';
import type { Report } from './model.ts';
import { reportTable } from './table.ts';
import type { TaskGraph } from './task-graph.ts';

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

export const GRAPH_FORMATS = ['json', 'mermaid'] as const;
export type GraphFormat = (typeof GRAPH_FORMATS)[number];

export function renderGraph(graph: TaskGraph, format: GraphFormat): string {
  return format === 'json' ? graphJson(graph) : graphMermaid(graph);
}
