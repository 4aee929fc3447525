import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileTime, isLogName, skipReason } from '../../../ingest/sources/key-layout.ts';
import { list, logKey } from './helpers/logs.ts';
import { memoryBucket } from './helpers/memory-bucket.ts';

const PREFIXES = ['', 'team/a/', 'o-abc123/', 'AWSLogs/old/', 'x'];
const ACCOUNTS = ['111122223333', '111122224444', '444455556666'];
const REGIONS = ['eu-west-1', 'us-east-1', 'us-east-2'];
const hour = fc.integer({ min: 0, max: 24 * 400 });
const timeOf = (hours: number) => new Date(Date.UTC(2025, 11, 20) + hours * 3_600_000);

const layoutKey = fc
  .record({
    prefix: fc.constantFrom(...PREFIXES),
    organization: fc.constantFrom('', 'o-abc123/'),
    account: fc.constantFrom(...ACCOUNTS),
    region: fc.constantFrom(...REGIONS),
    service: fc.constantFrom(
      'CloudTrail',
      'CloudTrail-NetworkActivity',
      'CloudTrail-Digest',
      'Config',
    ),
    hours: hour,
  })
  .map(({ prefix, hours, ...name }) => {
    const time = timeOf(hours).toISOString().slice(0, 16).replace(/[-:]/g, '');
    return prefix + logKey({ ...name, time });
  });
const otherKey = fc
  .array(fc.constantFrom('AWSLogs', 'a', 'x.json', 'logs', '2026', '.b.json'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('/'));

const selection = fc.record(
  {
    accounts: fc.subarray(ACCOUNTS),
    regions: fc.subarray(REGIONS),
    since: hour.map(timeOf),
    until: hour.map(timeOf),
  },
  { requiredKeys: [] },
);

/** `2026-…/` sorts where it belongs; what has no time comes last. */
function inOrder(keys: readonly string[]): string[] {
  const order = (key: string) => `${fileTime(key) ?? '~'} ${key}`;
  return [...keys].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

test('pruning loses nothing: it lists what a listing of all keys would, in the same order', async () => {
  const keys = fc.array(fc.oneof({ weight: 4, arbitrary: layoutKey }, otherKey), {
    minLength: 1,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(keys, selection, fc.nat(), fc.nat(), async (all, options, pick, length) => {
      const { bucket } = memoryBucket(all);
      const key = all[pick % all.length] ?? '';
      const cut = key.slice(0, length % key.length);
      // Up to a slash, or in the middle of a name.
      const prefix = length % 2 === 0 ? cut.slice(0, cut.lastIndexOf('/') + 1) : cut;
      const isFolder = all.some((other) => other.startsWith(`${prefix}/`));
      const below =
        all.includes(prefix) || prefix === '' ? prefix : isFolder ? `${prefix}/` : prefix;
      const expected = [...new Set(all)].filter(
        (other) =>
          (all.includes(prefix) ? other === prefix : other.startsWith(below) && isLogName(other)) &&
          skipReason(other, options) === null,
      );
      const source = `s3://b/${prefix}`;
      const deps = { openBucket: () => bucket };

      const uris = await list([source], options, deps).then(
        (listing) => listing.uris,
        () => [],
      );
      expect(uris).toEqual(inOrder(expected).map((other) => `s3://b/${other}`));
    }),
    { numRuns: 1_000 },
  );
});

test('pages of any size come to the same listing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(layoutKey, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      async (keys, size) => {
        const withPages = (most: number) => ({ openBucket: () => memoryBucket(keys, most).bucket });
        const uris = async (most: number) =>
          (await list(['s3://b'], {}, withPages(most)).catch(() => ({ uris: [] }))).uris.toSorted();
        expect(await uris(size)).toEqual(await uris(1_000));
      },
    ),
  );
});

test('a day of one account among many costs five requests, not one a thousand keys', async () => {
  const keys = ACCOUNTS.flatMap((account) =>
    REGIONS.flatMap((region) =>
      Array.from({ length: 24 * 90 }, (_, hours) => {
        const time = timeOf(hours).toISOString().slice(0, 16).replace(/[-:]/g, '');
        return logKey({ account, region, time });
      }),
    ),
  );
  const all = memoryBucket(keys);
  const day = memoryBucket(keys);
  await list(['s3://b'], {}, { openBucket: () => all.bucket });
  const { uris } = await list(
    ['s3://b'],
    {
      accounts: ['444455556666'],
      regions: ['us-east-1'],
      since: new Date('2026-01-10T00:00:00Z'),
      until: new Date('2026-01-11T00:00:00Z'),
    },
    { openBucket: () => day.bucket },
  );

  expect({ keys: keys.length, listed: uris.length }).toEqual({ keys: 19_440, listed: 96 });
  expect({ all: all.requests.length, day: day.requests.length }).toEqual({ all: 35, day: 5 });
});
