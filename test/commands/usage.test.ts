import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { agenttrail, temporaryFolder } from '../helpers/cli.ts';

const folder = temporaryFolder();
const store = join(folder, 'none.duckdb');
const COMMANDS = [
  'audit',
  'ingest',
  'detect',
  'report',
  'graph',
  'inventory',
  'baseline',
  'query',
  'demo',
];

beforeAll(() => mkdir(join(folder, 'empty')));

test('without a command the commands are listed, as a failure', async () => {
  const { code, out, err } = await agenttrail([]);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  for (const command of COMMANDS) expect(err).toContain(`  ${command} `);
});

test.each(['', ...COMMANDS])('help for "%s" is a result: it goes to stdout', async (command) => {
  const { code, out, err } = await agenttrail([command, '--help'].filter(Boolean));

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Usage: agenttrail ${command}`);
  expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each([
  [['audti'], "unknown command 'audti'\n(Did you mean audit?)"],
  [['frobnicate'], "unknown command 'frobnicate'"],
  [['audit'], "missing required argument 'source'"],
  [['report', '--formt', 'json'], "unknown option '--formt'\n(Did you mean --format?)"],
  [
    ['report', '--format', 'jsn'],
    "option '--format <format>' argument 'jsn' is invalid. Allowed choices are table, json, ndjson, markdown.",
  ],
  [
    ['report', '--fail-on', 'grave'],
    "option '--fail-on <severity>' argument 'grave' is invalid. Allowed choices are informational, low, medium, high, critical.",
  ],
  [['report', 'extra'], "too many arguments for 'report'. Expected 0 arguments but got 1."],
  [['report', '--out'], "option '--out <file>' argument missing"],
  [['\u001b[31mred'], "unknown command '\\x1b[31mred'"],
  [['report', '--\u001b[2J'], "unknown option '--\\x1b[2J'"],
])('%j is refused in words, on stderr', async (args, message) => {
  expect(await agenttrail(args)).toEqual({ code: 2, out: '', err: `agenttrail: ${message}\n` });
});

test.each([
  [['audit', 'nowhere'], 'nowhere: no such file or folder', 'a source is a file'],
  [['ingest', join(folder, 'empty')], 'no CloudTrail log files here or below', 'logs end in'],
  [['ingest', `${folder}/*.gz`], 'no file matches', 'quote the pattern'],
  [['audit', 'https://example.com/x'], 'https://example.com/x: not a source', 's3://bucket'],
  [['audit', '-'], 'stdin: nothing came in', 'pipe CloudTrail records in'],
  [['audit', folder, '--since', 'yesterday'], 'not a time: yesterday', 'write 2026-10-05'],
  [
    ['audit', folder, '--since', '1h', '--until', '2h'],
    'the window is empty: since 2026-09-30T23:00:00.000Z is not before until 2026-09-30T22:00:00.000Z',
    'the window holds since',
  ],
  [['audit', folder, '--account', '12'], '--account 12: not an account id', 'twelve digits'],
  [['audit', folder, '--config', 'no.yaml'], 'no.yaml: no such file', 'agenttrail.yaml'],
])('%j makes no store', async (args, message, hint) => {
  const { code, out, err } = await agenttrail([...args, '--store', store]);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^agenttrail: [^\n]+\nhint: [^\n]+\n$/);
  expect(err).toContain(message);
  expect(err).toContain(hint);
  expect(await readdir(folder)).toEqual(['empty']);
});

test.each([
  [['detect']],
  [['report']],
  [['graph', 'task']],
  [['inventory']],
  [['baseline', 'agent']],
  [['query', 'select 1']],
])('%j of a store that does not exist makes none', async (args) => {
  expect(await agenttrail([...args, '--store', store])).toEqual({
    code: 2,
    out: '',
    err: `agenttrail: ${store}: no such store\nhint: agenttrail ingest <source> --store FILE makes one; check the path\n`,
  });
  expect(existsSync(store)).toBe(false);
});

test.each([
  [['--days', '0'], '--days 0'],
  [['--events', 'many'], '--events many'],
  [['--seed', '1.5'], '--seed 1.5'],
])('demo %j is refused before anything is written', async (args, place) => {
  const dir = join(folder, 'demo');

  expect(await agenttrail(['demo', '--dir', dir, ...args])).toEqual({
    code: 2,
    out: '',
    err: `agenttrail: ${place}: not a whole number above 0\n`,
  });
  expect(existsSync(dir)).toBe(false);
});
