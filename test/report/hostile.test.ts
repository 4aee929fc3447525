import { describe, expect, test } from 'vitest';
import {
  BASELINE_FORMATS,
  GRAPH_FORMATS,
  INVENTORY_FORMATS,
  QUERY_FORMATS,
  REPORT_FORMATS,
  renderBaseline,
  renderGraph,
  renderInventory,
  renderReport,
} from '../../report/index.ts';
import { displayWidth } from '../../report/layout.ts';
import type { Report } from '../../report/model.ts';
import { UNPRINTABLE } from '../../store/printable.ts';
import { text as queryText } from './helpers/query-results.ts';
import { sampleBaseline } from './helpers/sample-baseline.ts';
import { sampleGraph } from './helpers/sample-graph.ts';
import { sampleInventory } from './helpers/sample-inventory.ts';
import { HOSTILE, sampleReport } from './helpers/sample-report.ts';

const OURS = new Set(['schemaVersion', 'severity', 'status', 'level', 'capability', 'kind']);
const WIDTHS = [40, 80, 100, 200];
const UNSAFE = new RegExp(UNPRINTABLE.source, 'u');

/** The same shape with an attack in front of every string that could be somebody else's. */
function poisoned<Value>(value: Value, key = ''): Value {
  if (typeof value === 'string') return (OURS.has(key) ? value : `${HOSTILE}${value}`) as Value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      key === 'byMethod' ? `${HOSTILE}${name}` : name,
      poisoned(inner, name),
    ]),
  ) as Value;
}

function withManyMore(report: Report): Report {
  const [first] = report.findings;
  const [incident] = report.incidents;
  if (!first || !incident) throw new Error('the sample has findings');
  const findings = Array.from({ length: 9 }, (_, index) => ({ ...first, id: `more-${index}` }));
  const more = { ...incident, findingIds: findings.map(({ id }) => id) };
  return {
    ...report,
    findings: [...report.findings, ...findings],
    incidents: [...report.incidents, ...Array.from({ length: 40 }, () => more)],
  };
}

const report = poisoned(withManyMore(sampleReport));
const inventory = poisoned(sampleInventory);
const baseline = poisoned(sampleBaseline);
const graph = poisoned(sampleGraph);
const rows = {
  columns: [HOSTILE, 'b'].map((name) => ({ name, type: 'VARCHAR' })),
  rows: [[HOSTILE, { [HOSTILE]: HOSTILE }]],
};

const texts: [string, string][] = [
  ...REPORT_FORMATS.flatMap((format) =>
    WIDTHS.map((width): [string, string] => [
      `report ${format} at ${width}`,
      renderReport(report, format, { width, colour: false }),
    ]),
  ),
  ...INVENTORY_FORMATS.flatMap((format) =>
    WIDTHS.map((width): [string, string] => [
      `inventory ${format} at ${width}`,
      renderInventory(inventory, format, { width, colour: false }),
    ]),
  ),
  ...BASELINE_FORMATS.flatMap((format) =>
    WIDTHS.map((width): [string, string] => [
      `baseline ${format} at ${width}`,
      renderBaseline(baseline, format, { width, colour: false }),
    ]),
  ),
  ...GRAPH_FORMATS.map((format): [string, string] => [
    `graph ${format}`,
    renderGraph(graph, format),
  ]),
  ...QUERY_FORMATS.map((format): [string, string] => [
    `query ${format}`,
    queryText(rows, format, 80),
  ]),
];

describe('with an attack in every string', () => {
  test.each(texts)('%s steers no terminal and hides nothing', (_name, text) => {
    expect(text.replaceAll('\n', '')).not.toMatch(UNSAFE);
  });

  test.each(texts.filter(([name]) => name.includes(' table at ')))(
    '%s stays within its width',
    (name, text) => {
      const width = Number(name.split(' ').at(-1));
      expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([]);
    },
  );

  test.each(texts.filter(([name]) => name.includes('markdown at 80')))(
    '%s has no link, mention, HTML, fence or table of another',
    (_name, text) => {
      const outside = text.replace(/`[^`<\n]+`/g, '§');
      const lines = outside.split('\n').filter((line) => !/^\|(?: [^|<@[\]]* \|)+$/.test(line));
      expect(lines.join('\n')).not.toMatch(/[`<>@[\]|\\]|:\/\/|www\.|^ *(?:---|# )/m);
    },
  );

  test('JSON gives the attack back as it was logged', () => {
    expect(JSON.parse(renderReport(report, 'json', { width: 80, colour: false }))).toEqual(report);
  });
});
