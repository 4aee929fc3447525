import type { Baseline } from './baseline.ts';
import { baselineJson } from './baseline-json.ts';
import { baselineMarkdown } from './baseline-markdown.ts';
import { baselineTable } from './baseline-table.ts';
import type { TextOptions } from './block.ts';
import { graphJson } from './graph-json.ts';
import { graphMermaid } from './graph-mermaid.ts';
import type { Inventory } from './inventory.ts';
import { inventoryJson } from './inventory-json.ts';
import { inventoryMarkdown } from './inventory-markdown.ts';
import { inventoryTable } from './inventory-table.ts';
import { reportJson, reportNdjson } from './json.ts';
import { reportMarkdown } from './markdown.ts';
import type { Report } from './model.ts';
import type { QueryColumn, RowWriter } from './rows.ts';
import { csvWriter } from './rows-csv.ts';
import { jsonWriter } from './rows-json.ts';
import { tableWriter } from './rows-table.ts';
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

export const INVENTORY_FORMATS = ['table', 'json', 'markdown'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

export function renderInventory(
  inventory: Inventory,
  format: InventoryFormat,
  options: TextOptions,
): string {
  switch (format) {
    case 'table':
      return inventoryTable(inventory, options);
    case 'json':
      return inventoryJson(inventory);
    case 'markdown':
      return inventoryMarkdown(inventory);
  }
}

export const BASELINE_FORMATS = ['table', 'json', 'markdown'] as const;
export type BaselineFormat = (typeof BASELINE_FORMATS)[number];

export function renderBaseline(
  baseline: Baseline,
  format: BaselineFormat,
  options: TextOptions,
): string {
  switch (format) {
    case 'table':
      return baselineTable(baseline, options);
    case 'json':
      return baselineJson(baseline);
    case 'markdown':
      return baselineMarkdown(baseline);
  }
}

export const QUERY_FORMATS = ['table', 'json', 'csv'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

/** For a result that comes page by page. */
export function rowWriter(
  columns: readonly QueryColumn[],
  format: QueryFormat,
  options: { width: number },
): RowWriter {
  switch (format) {
    case 'table':
      return tableWriter(columns, options);
    case 'json':
      return jsonWriter(columns);
    case 'csv':
      return csvWriter(columns);
  }
}
