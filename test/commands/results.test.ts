import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isAtLeast, SEVERITIES } from '../../detect/finding.ts';
import type { Report } from '../../report/model.ts';
import { Store } from '../../store/store.ts';
import { agenttrail, type Outcome, temporaryFolder } from '../helpers/cli.ts';
import { type FleetFolder, fleetIn } from './helpers/fleet.ts';

const folder = temporaryFolder();
let fleet: FleetFolder;
let audit: Outcome;

beforeAll(async () => {
  fleet = await fleetIn(folder);
  audit = await agenttrail([
    ...['audit', fleet.logs, '--store', fleet.store, '--config', fleet.config, '--format', 'json'],
  ]);
});

const on = (...args: string[]) =>
  agenttrail([...args, '--store', fleet.store, '--config', fleet.config]);

function recordOf(index: number): string {
  return JSON.stringify({
    eventVersion: '1.08',
    eventTime: `2026-09-01T00:00:0${index}Z`,
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    eventID: `e${index}`,
  });
}

/** As `detect` would leave it, of any list of detectors. */
async function addFinding(path: string, severity: string): Promise<void> {
  const store = await Store.openToUpdate(path);
  await store.run({
    name: 'test/finding',
    text: `insert into finding_records
    select 'test-1', 'test', '${severity}', 0.9, concat('a ', chr(27), '[31mred title'), 'why', 'a', 't', null, null,
      [], [], [], [], timestamp '2026-09-01', timestamp '2026-09-02',
      '{"eventIds":[],"actions":[],"sql":"select 1"}', null, [], [], null`,
  });
  store.close();
}

test('audit prints the report alone on stdout, and what it read on stderr', async () => {
  const report = JSON.parse(audit.out) as Report;

  expect(audit.code).toBe(0);
  expect(report.reconciliation).toMatchObject({
    objects: fleet.files,
    recordsRead: fleet.records,
    deadLetters: 0,
  });
  expect(report.coverage.tasks).toBeGreaterThan(10);
  expect(audit.err).toMatch(
    /^passed over: 1 not-a-log\n[\d,]+ objects, [\d,]+ records, [\d,]+ events stored, [\d,]+ duplicates, 0 dead letters\n$/,
  );
});

test('a second audit of the same logs reads nothing and prints the same, but to the count', async () => {
  const again = await on('audit', fleet.logs, '--format', 'json');

  expect({ code: again.code, out: again.out }).toEqual({ code: 0, out: audit.out });
  expect(again.err).toContain(`(${fleet.files} known already), 0 records`);
});

test('ingest, detect and report one after the other print what audit prints', async () => {
  const store = join(folder, 'steps.duckdb');
  const at = ['--store', store, '--config', fleet.config];
  const ingested = await agenttrail(['ingest', fleet.logs, ...at]);
  const detected = await agenttrail(['detect', '--format', 'json', ...at]);

  expect(ingested).toEqual({
    code: 0,
    out: expect.stringMatching(
      new RegExp(`^${fleet.files} objects, .* 0 dead letters\n${store}\n$`),
    ),
    err: 'passed over: 1 not-a-log\n',
  });
  expect(detected).toEqual({ code: 0, out: audit.out, err: '' });
  expect(await on('report', '--format', 'json')).toEqual({ code: 0, out: audit.out, err: '' });
});

test.each(['table', 'json', 'ndjson', 'markdown'])(
  'report --format %s --out writes the file that stdout would have got',
  async (format) => {
    const file = join(folder, `report.${format}`);
    const { out } = await on('report', '--format', format);

    expect(await on('report', '--format', format, '--out', file)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(await readFile(file, 'utf8')).toBe(out);
  },
);

test('a window narrows what is reported and leaves the coverage whole', async () => {
  const since = '2026-09-02T00:00:00.000Z';
  const until = '2026-09-02T12:00:00.000Z';
  const { out } = await on('report', '--format', 'json', '--since', since, '--until', until);
  const { window, coverage, findings } = JSON.parse(out) as Report;

  expect(window).toEqual({ since, until });
  expect(coverage).toEqual((JSON.parse(audit.out) as Report).coverage);
  expect(
    findings.filter(({ firstSeen, lastSeen }) => firstSeen >= until || lastSeen < since),
  ).toEqual([]);
});

test('only the accounts and regions asked for are read', async () => {
  const store = join(folder, 'selected.duckdb');
  const where = ['--account', '444455556666', '--region', 'us-east-1'];
  await agenttrail(['ingest', fleet.logs, '--store', store, ...where]);
  const { out } = await agenttrail([
    ...['query', 'select distinct account_id, aws_region from events', '--format', 'csv'],
    ...['--store', store],
  ]);

  expect(out).toBe('account_id,aws_region\n444455556666,us-east-1\n');
});

test('records piped in are stored as those of files are', async () => {
  const store = join(folder, 'stdin.duckdb');
  const lines = [1, 2, 3].map(recordOf);
  const { code, out } = await agenttrail(['ingest', '-', '--store', store], {
    stdin: `${lines.join('\n')}\n`,
  });

  expect({ code, out }).toEqual({
    code: 0,
    out: `1 objects, 3 records, 3 events stored, 0 duplicates, 0 dead letters\n${store}\n`,
  });
});

describe('--fail-on', () => {
  test('audit fails on a finding that severe, and on no lesser one', async () => {
    const { findings } = JSON.parse(audit.out) as Report;
    const codes = [];
    for (const severity of SEVERITIES) {
      codes.push((await on('audit', fleet.logs, '--fail-on', severity)).code);
    }

    expect(codes).toEqual(
      SEVERITIES.map((floor) =>
        findings.some(({ severity }) => isAtLeast(severity, floor)) ? 1 : 0,
      ),
    );
  });

  test('report fails from the severity of its gravest finding down', async () => {
    const store = join(folder, 'medium.duckdb');
    await agenttrail(['ingest', '-', '--store', store], { stdin: recordOf(1) });
    await addFinding(store, 'medium');
    const codes = [];
    for (const severity of SEVERITIES) {
      codes.push((await agenttrail(['report', '--store', store, '--fail-on', severity])).code);
    }

    expect(codes).toEqual([1, 1, 1, 0, 0]);
  });

  test('a title from a log cannot steer the terminal', async () => {
    const store = join(folder, 'medium.duckdb');
    const { out } = await agenttrail(['report', '--store', store], { columns: 80 });

    expect(out).toContain('a \\x1b[31mred title');
    expect(out).not.toContain('\u001b');
  });
});

test('graph prints the task that is asked for, in both forms', async () => {
  const { out: found } = await on(
    ...['query', 'select agent_id, task_id from tasks order by event_count desc, task_id limit 1'],
    ...['--format', 'json'],
  );
  const [{ agent_id = '', task_id = '' } = {}] = JSON.parse(found) as Record<string, string>[];
  const json = await on('graph', task_id, '--format', 'json');
  const mermaid = await on('graph', task_id, '--agent', agent_id, '--format', 'mermaid');

  expect(JSON.parse(json.out)).toMatchObject({ agentId: agent_id, taskId: task_id });
  expect([json.code, mermaid.code]).toEqual([0, 0]);
  expect(mermaid.out).toMatch(/^(---|flowchart|graph)/);
});

test('a task that is not there is named safely, with what lists those that are', async () => {
  expect(await on('graph', 'no\u001b[31mred')).toEqual({
    code: 2,
    out: '',
    err: expect.stringMatching(
      /^agenttrail: no\\x1b\[31mred: no such task\nhint: agenttrail query [^\n]+\n$/,
    ),
  });
});

test.each(['table', 'json', 'markdown'])(
  'inventory --format %s lists the agents',
  async (format) => {
    const { code, out, err } = await on('inventory', '--format', format);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('support-assistant');
  },
);

test.each(['table', 'json', 'markdown'])(
  'baseline --format %s tells of the task type that was asked for, and of no other',
  async (format) => {
    const { code, out, err } = await on(
      ...['baseline', 'support-assistant-01', '--task-type', 'ticket-answer', '--format', format],
    );

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('ticket-answer');
    expect(out).not.toContain('customer-lookup');
  },
);

test('baseline of an agent that is not there names the nearest', async () => {
  expect(await on('baseline', 'support-asistant-01')).toEqual({
    code: 2,
    out: '',
    err: 'agenttrail: support-asistant-01: no such agent; did you mean "support-assistant-01"?\nhint: agenttrail inventory lists the agents; ids are compared with case\n',
  });
});

describe('query', () => {
  test.each([
    ['table', 'a  b\n1  x,"y"\n(1 row)\n'],
    ['json', '[\n  {"a":1,"b":"x,\\"y\\""}\n]\n'],
    ['csv', 'a,b\n1,"x,""y"""\n'],
  ])('--format %s', async (format, expected) => {
    const { code, out, err } = await on(
      ...['query', `select 1 as a, 'x,"y"' as b`, '--format', format],
    );

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.replace(/\s/g, '')).toBe(expected.replace(/\s/g, ''));
  });

  test('--file reads the statement', async () => {
    const file = join(folder, 'statement.sql');
    await writeFile(file, '-- how many\nselect 2 as two\n');

    expect(await on('query', '--file', file, '--format', 'csv')).toEqual({
      code: 0,
      out: 'two\n2\n',
      err: '',
    });
  });

  test.each([
    ['select'],
    ["select * from read_csv('/etc/passwd')"],
    ["copy (select 1) to '/tmp/agenttrail-copied.csv'"],
    ["attach '/tmp/agenttrail-attached.duckdb'"],
    ['delete from event_records'],
    ['set enable_external_access = true'],
    ['load httpfs'],
  ])('%s is refused', async (sql) => {
    const { code, out, err } = await on('query', sql);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^agenttrail: /);
  });

  test.each([[[]], [['']], [[';']], [['/* nothing */']], [['select 1', '--file', 'x.sql']]])(
    '%j is no statement',
    async (args) => {
      expect(await on('query', ...args)).toEqual({
        code: 2,
        out: '',
        err: 'agenttrail: query takes a statement, or --file with one\nhint: agenttrail query "select * from tasks limit 5"\n',
      });
    },
  );
});

test.each([['report'], ['inventory'], ['baseline', 'schema-bot-01'], ['query', 'select 1']])(
  '%s --out into a folder that does not exist says so',
  async (...args) => {
    const file = join(folder, 'none', 'x');

    expect(await on(...args, '--out', file)).toEqual({
      code: 2,
      out: '',
      err: `agenttrail: ${file}: cannot be written (ENOENT)\nhint: check --out: its folder must exist, and this user must be allowed to write there\n`,
    });
  },
);
