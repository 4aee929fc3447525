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
import type { QueryResult } from './rows.ts';
import { rowsCsv } from './rows-csv.ts';
import { rowsJson } from './rows-json.ts';
import { rowsTable } from './rows-table.ts';
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

export const QUERY_FORMATS = ['table', 'json', 'csv'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];

/** Pieces of text, to be written one after the other; JSON and CSV come row by row. */
export function renderQuery(
  result: QueryResult,
  format: QueryFormat,
  options: { width: number },
): Iterable<string> {
  switch (format) {
    case 'table':
      return [rowsTable(result, options)];
    case 'json':
      return rowsJson(result);
    case 'csv':
      return rowsCsv(result);
  }
}
