import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { agenttrail, type Outcome, temporaryFolder } from '../helpers/cli.ts';

const folder = temporaryFolder();
const logs = join(folder, 'logs');
const store = join(folder, 'bad.duckdb');
const config = join(folder, 'small.yaml');
const HOSTILE = 'x\u001b[31m\u202ered.json';

const event = (eventID: string) => ({
  eventVersion: '1.08',
  eventTime: '2026-09-01T00:00:00Z',
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
  eventID,
});
const document = (eventID: string) => JSON.stringify({ Records: [event(eventID)] });

/** By file: its bytes, and what is said of it, or null where it can be read. */
const FILES: Readonly<Record<string, [string | Buffer, string | null]>> = {
  '0-bytes.json': ['', 'empty'],
  '2-bytes.json.gz': [Buffer.from([0x1f, 0x8b]), 'the gzip data is cut off'],
  'bom.json': [`\ufeff${document('bom')}`, null],
  'bomb.json.gz': [
    gzipSync(Buffer.alloc(4_000_000, ' ')),
    'more than 1000000 bytes of content; what follows is not read',
  ],
  'crlf.ndjson': [
    `${JSON.stringify(event('crlf-1'))}\r\n${JSON.stringify(event('crlf-2'))}\r\n`,
    null,
  ],
  'cut.json.gz': [gzipSync(document('cut')).subarray(0, -12), 'the gzip data is cut off'],
  'good.json.gz': [gzipSync(document('good')), null],
  'page.json': ['<html>denied</html>', 'no CloudTrail record: XML or HTML'],
  [HOSTILE]: ['\u001b]0;title\u0007', 'no CloudTrail record: text that is not JSON'],
};

let audit: Outcome;

beforeAll(async () => {
  await mkdir(logs);
  for (const [name, [bytes]] of Object.entries(FILES)) await writeFile(join(logs, name), bytes);
  await writeFile(config, 'ingest:\n  maximumObjectBytes: 1MB\n');
  audit = await agenttrail(['audit', logs, '--store', store, '--config', config]);
});

describe('a folder of logs and of what is none', () => {
  test('is audited to its end', () => {
    expect(audit.code).toBe(0);
    expect(audit.err).toMatch(/\n9 objects, [\d,]+ records, 4 events stored, 0 duplicates, /);
  });

  test.each(Object.entries(FILES))(
    '%j is named with its problem, or not at all',
    (name, [, problem]) => {
      const shown = name.replace('\u001b', '\\x1b').replace('\u202e', '\\u202e');
      const lines = audit.err.split('\n').filter((line) => line.includes(`/${shown}:`));

      if (problem === null) expect(lines).toEqual([]);
      else expect(lines).toContainEqual(expect.stringContaining(problem));
    },
  );

  test('leaves a dead letter for each', async () => {
    const { out } = await agenttrail([
      ...[
        'query',
        'select distinct parse_filename(source_object) as file from dead_letters order by 1',
      ],
      ...['--format', 'json', '--store', store],
    ]);
    const dead = Object.entries(FILES).flatMap(([name, [, problem]]) => (problem ? [name] : []));

    expect((JSON.parse(out) as { file: string }[]).map(({ file }) => file)).toEqual(dead.sort());
  });

  test('prints nothing that steers a terminal', async () => {
    const shown = await agenttrail(
      ['query', 'select source_object, raw from dead_letters', '--store', store],
      { columns: 200 },
    );

    for (const text of [audit.out, audit.err, shown.out]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
  });
});

test('more dead letters than fit on a screen are counted', async () => {
  const lines = Array.from(
    { length: 14 },
    (_, index) => `{"eventVersion":"1.08","eventName":"${index}"}`,
  );
  const { code, err } = await agenttrail(['ingest', '-', '--store', join(folder, 'many.duckdb')], {
    stdin: lines.join('\n'),
  });
  const said = err.split('\n');

  expect(code).toBe(0);
  expect(
    said.filter((line) => /^stdin#[0-9a-f]{16}: record \d+: no eventID$/.test(line)),
  ).toHaveLength(10);
  expect(said).toContain('and 4 more');
});
