import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { incidentsOf } from '../../report/incidents.ts';
import { REPORT_FORMATS, renderReport } from '../../report/index.ts';
import { displayWidth } from '../../report/layout.ts';
import type { Report } from '../../report/model.ts';
import { UNPRINTABLE } from '../../store/printable.ts';
import { findingOf } from './helpers/findings.ts';
import { sampleReport } from './helpers/sample-report.ts';

const OPTIONS = { width: 100, colour: false };
const EXTENSIONS = { table: 'txt', json: 'json.txt', ndjson: 'ndjson', markdown: 'md' } as const;

const EMPTY: Report = {
  schemaVersion: '1.0',
  window: { since: null, until: null },
  reconciliation: { objects: 0, recordsRead: 0, eventsStored: 0, duplicates: 0, deadLetters: 0 },
  coverage: {
    events: 0,
    attributedEvents: 0,
    byMethod: {},
    agents: 0,
    tasks: 0,
    sessions: 0,
    accounts: [],
    regions: [],
    dataEventServices: [],
    detectors: [],
    notes: [],
  },
  incidents: [],
  findings: [],
};

test.each(REPORT_FORMATS)('a rich report as %s reads as the golden file does', async (format) => {
  await expect(renderReport(sampleReport, format, OPTIONS)).toMatchFileSnapshot(
    `golden/report.${EXTENSIONS[format]}`,
  );
});

test('the table at 60 columns and in colour reads as the golden files do', async () => {
  await expect(
    renderReport(sampleReport, 'table', { width: 60, colour: false }),
  ).toMatchFileSnapshot('golden/report-60.txt');
  await expect(
    renderReport(sampleReport, 'table', { width: 100, colour: true }),
  ).toMatchFileSnapshot('golden/report-colour.txt');
});

test('an empty store is told as such, not as a clean bill', () => {
  expect(renderReport(EMPTY, 'table', OPTIONS)).toBe(
    [
      'AgentTrail  the store is empty',
      '  read      0 objects: 0 records = 0 events + 0 duplicates + 0 dead letters',
      '  seen      0 agents, 0 tasks, 0 sessions in 0 accounts, 0 regions',
      '  agents    – of 0 events attributed to an agent; 0 not',
      '  data      data events: none',
      '',
      'Nothing to judge',
      '',
      'Next',
      '  agenttrail ingest <source>       read CloudTrail logs',
      '',
    ].join('\n'),
  );
});

test.each([40, 60, 80, 100, 200])('no line of the table is wider than %d columns', (width) => {
  const lines = renderReport(sampleReport, 'table', { width, colour: false }).split('\n');

  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
});

test('a command to copy is there as a whole or not at all', () => {
  const findings = [findingOf({ taskId: `it's ${'x'.repeat(60)}` })];
  const report = { ...EMPTY, findings, incidents: incidentsOf(findings) };
  const commands = (width: number) =>
    renderReport(report, 'table', { width, colour: false })
      .split('\n')
      .filter((line) => line.includes('agenttrail graph') && !line.includes('<task>'));

  expect(commands(100)).toEqual([`  next      agenttrail graph 'it'\\''s ${'x'.repeat(60)}'`]);
  expect(commands(80)).toEqual([]);
});

test('colour adds codes of its own and nothing else', () => {
  const coloured = renderReport(sampleReport, 'table', { width: 100, colour: true });

  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes are what is taken away
  expect(coloured.replace(/\x1b\[[0-9;]*m/g, '')).toBe(
    renderReport(sampleReport, 'table', OPTIONS),
  );
});

test.each(REPORT_FORMATS)('nothing out of a log steers a terminal or hides in %s', (format) => {
  expect(renderReport(sampleReport, format, OPTIONS).replaceAll('\n', '')).not.toMatch(
    new RegExp(UNPRINTABLE.source, 'u'),
  );
});

test('JSON keeps every value and keeps to the schema that ships with the package', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../report/report.schema.json', import.meta.url), 'utf8'),
  );
  const validate = new Ajv2020({ allErrors: true, formats: { 'date-time': true } }).compile(schema);
  const check = (value: unknown) => (validate(value) ? [] : validate.errors);
  const parsed = JSON.parse(renderReport(sampleReport, 'json', OPTIONS));

  expect(parsed).toEqual(sampleReport);
  expect(check(parsed)).toEqual([]);
  expect(check(JSON.parse(renderReport(EMPTY, 'json', OPTIONS)))).toEqual([]);
  expect(check({ ...parsed, extra: 1 })).toHaveLength(1);
  expect(check({ ...parsed, findings: [{ ...parsed.findings[0], severity: 'bad' }] })).toHaveLength(
    1,
  );
});

test('JSON has one order of keys, whatever the order the objects were built in', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  };

  expect(renderReport(reversed(sampleReport) as Report, 'json', OPTIONS)).toBe(
    renderReport(sampleReport, 'json', OPTIONS),
  );
});

test('ndjson is one finding a line, each as in the JSON report', () => {
  const lines = renderReport(sampleReport, 'ndjson', OPTIONS).trimEnd().split('\n');

  expect(lines.map((line) => JSON.parse(line))).toEqual(sampleReport.findings);
});
