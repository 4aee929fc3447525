import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { list, logKey } from './helpers/logs.ts';
import { type S3Server, startS3, stubAws } from './helpers/s3-server.ts';

let s3: S3Server;
const ACCOUNTS = ['111122223333', '444455556666', '777788889999'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const DAYS = Array.from({ length: 20 }, (_, day) => `202610${String(day + 1).padStart(2, '0')}`);
const LAYOUTS = { plain: '', org: 'o-abc123/', tower: 'o-abc123/' };

/** Three accounts, two regions, twenty days, a log and a digest each. */
function trailOf(organization: string): string[] {
  return ACCOUNTS.flatMap((account) =>
    REGIONS.flatMap((region) =>
      DAYS.flatMap((day) =>
        ['CloudTrail', 'CloudTrail-Digest'].map((service) =>
          logKey({ account, region, service, organization, time: `${day}T1000` }),
        ),
      ),
    ),
  );
}

const asObjects = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, key]));
const count = (kind: string) => s3.requests.filter((request) => request.startsWith(kind)).length;

beforeAll(async () => {
  s3 = await startS3();
  await s3.put('plain', asObjects(trailOf(LAYOUTS.plain)));
  await s3.put('org', asObjects(trailOf(LAYOUTS.org).map((key) => `deep/er/${key}`)));
  await s3.put('tower', asObjects(trailOf(LAYOUTS.tower).map((key) => `o-abc123/${key}`)));
  await s3.put('flat', {
    '111122223333_CloudTrail_us-east-1_20261002T0000Z_a.json.gz': '{}',
    '444455556666_CloudTrail_us-east-1_20261001T0000Z_a.json.gz': '{}',
    '444455556666_CloudTrail-Digest_us-east-1_trail_us-east-1_20261001T000000Z.json.gz': '{}',
    'exports/': '',
    'exports/agent log +ünï%20.ndjson': '{"eventID":"e1"}',
    'exports/truth.json': '{}',
    'exports/readme.md': '',
    'exports/raw': '{}',
  });
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.forget();
  stubAws(s3.endpoint);
});

describe.each(Object.keys(LAYOUTS))('the %s layout', (bucket) => {
  test('lists every log by time across accounts and regions, and tells of the digests', async () => {
    const { uris, skipped } = await list([`s3://${bucket}`]);

    expect(uris).toHaveLength(120);
    expect(uris.map((uri) => /_(\d{8})T/.exec(uri)?.[1])).toEqual(
      DAYS.flatMap((day) => Array.from({ length: 6 }, () => day)),
    );
    expect(skipped).toEqual(
      ACCOUNTS.map((account) => ({
        uri: expect.stringContaining(`/${account}/CloudTrail-Digest/`),
        reason: 'digest',
      })),
    );
  });

  test('finds the same objects from any folder on the way', async () => {
    const all = (await list([`s3://${bucket}/`])).uris;
    const region = all[0]?.split('/2026/')[0] ?? '';
    const folders = region.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));

    for (const folder of [...folders.slice(3), `${region}/2026/10`, `${region}/2026/10/0`]) {
      expect((await list([folder])).uris).toEqual(all.filter((uri) => uri.startsWith(folder)));
    }
  });

  test('asks only for the days of the window, and two more for what was delivered late', async () => {
    const since = new Date('2026-10-05T18:00:00Z');
    const until = new Date('2026-10-06T18:00:00Z');
    const { uris } = await list([`s3://${bucket}`], { since, until });

    expect([...new Set(uris.map((uri) => /\/2026\/10\/(\d\d)\//.exec(uri)?.[1]))]).toEqual([
      '05',
      '06',
      '07',
      '08',
    ]);
    expect(uris).toHaveLength(24);
  });
});

test('a list request goes to the accounts and regions that are wanted, and to no others', async () => {
  const { uris, skipped } = await list(['s3://plain'], {
    accounts: ['444455556666'],
    regions: ['us-east-1'],
    since: new Date('2026-10-20T00:00:00Z'),
  });

  expect(uris).toEqual([
    `s3://plain/${logKey({ account: '444455556666', time: '20261020T1000' })}`,
  ]);
  expect(s3.requests).toEqual([
    'LIST plain ',
    'LIST plain AWSLogs/',
    'LIST plain AWSLogs/444455556666/',
    'LIST plain AWSLogs/444455556666/CloudTrail/',
    'LIST plain AWSLogs/444455556666/CloudTrail/us-east-1/',
  ]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    'not-selected',
    'digest',
    'not-selected',
    'not-selected',
  ]);
});

test('a window costs one list request a region, however long the history is', async () => {
  const keys = Array.from({ length: 2_500 }, (_, minute) => {
    const time = new Date(Date.UTC(2026, 0, 1) + minute * 3_600_000).toISOString();
    return logKey({ time: time.slice(0, 16).replace(/[-:]/g, '') });
  });
  await s3.put('history', asObjects(keys));

  const everything = await list(['s3://history']);
  const withoutWindow = count('LIST');
  s3.forget();
  const since = new Date('2026-03-01T00:00:00Z');
  const day = await list(['s3://history'], { since, until: new Date('2026-03-02T00:00:00Z') });

  expect(everything.uris).toEqual(keys.map((key) => `s3://history/${key}`));
  expect(day.uris).toEqual(everything.uris.filter((uri) => /\/2026\/03\/0[1234]\//.test(uri)));
  expect({ withoutWindow, withWindow: count('LIST') }).toEqual({ withoutWindow: 7, withWindow: 5 });
});

test('a bucket outside the layout is listed as it is, by the time in the names', async () => {
  const { uris, skipped, objects } = await list(['s3://flat']);

  expect(uris).toEqual([
    's3://flat/444455556666_CloudTrail_us-east-1_20261001T0000Z_a.json.gz',
    's3://flat/111122223333_CloudTrail_us-east-1_20261002T0000Z_a.json.gz',
    's3://flat/exports/agent log +ünï%20.ndjson',
  ]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    'digest',
    'not-a-log',
    'not-a-log',
    'not-a-log',
  ]);
  expect(String(await objects[2]?.read())).toBe('{"eventID":"e1"}');
  expect(objects[2]).toMatchObject({ bytes: 16, version: expect.stringMatching(/^[0-9a-f]{32}$/) });
});

test('an object named in full is taken whatever its ending', async () => {
  expect((await list(['s3://flat/exports/raw'])).uris).toEqual(['s3://flat/exports/raw']);
});

test('an object that several sources hold is listed once', async () => {
  const all = (await list(['s3://plain'])).uris;
  const again = await list([
    's3://plain/AWSLogs/111122223333',
    's3://plain',
    's3://plain/',
    `${all[0]}`,
  ]);

  expect(again.uris).toEqual(all);
});

test('a tree too wide to search for AWSLogs/ is listed as it is', async () => {
  const days = Array.from({ length: 150 }, (_, day) => `hive/day=${day}/x.json`);
  const trail = `hive/day=3/${logKey({ time: '20261001T0000' })}`;
  const digest = trail.replaceAll('CloudTrail', 'CloudTrail-Digest');
  await s3.put('wide', asObjects([...days, trail, digest]));

  const { uris, skipped } = await list(['s3://wide']);

  expect(uris).toHaveLength(151);
  expect(uris[0]).toBe(`s3://wide/${trail}`);
  expect(skipped).toEqual([{ uri: `s3://wide/${digest}`, reason: 'digest' }]);
});

test('objects are handed on while the listing is still going', async () => {
  const { listSources } = await import('../../../ingest/sources/index.ts');
  for await (const object of await listSources(['s3://history'])) {
    expect(object.uri).toContain('20260101T0000Z');
    break;
  }
  expect(count('LIST')).toBe(5);
});
