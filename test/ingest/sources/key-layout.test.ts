import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fileTime,
  isLogName,
  placeOf,
  publishDays,
  skipReason,
} from '../../../ingest/sources/key-layout.ts';
import { logKey } from './helpers/logs.ts';

const KEY = logKey({ time: '20261005T1420' });
const day = (text: string) => new Date(`${text}Z`);

describe('a place in the layout', () => {
  test.each([
    ['', ''],
    ['a prefix of any depth', 'team/a/logs/'],
    ['Control Tower', 'o-abc123/'],
    ['a prefix that is itself named AWSLogs', 'AWSLogs/old/'],
  ])('is found after %s', (_title, prefix) => {
    for (const organization of ['', 'o-abc123/']) {
      const key = prefix + logKey({ time: '20261005T1420', organization });
      expect(placeOf(key)).toEqual({
        folder: key.slice(0, key.indexOf('2026/')),
        account: '111122223333',
        service: 'CloudTrail',
        region: 'us-east-1',
        day: '2026/10/05',
        rest: key.slice(key.indexOf('2026/')),
      });
    }
  });

  test('is as much as a folder says', () => {
    expect(placeOf('AWSLogs/o-abc123/')).toMatchObject({ account: null, rest: '' });
    expect(placeOf('AWSLogs/111122223333/')).toMatchObject({ service: null, rest: '' });
    expect(placeOf('AWSLogs/111122223333/CloudTrail/us-e')).toMatchObject({ region: null });
    expect(placeOf('MyAWSLogs/111122223333/')).toBeNull();
    expect(placeOf('logs/2026/10/05/x.json.gz')).toBeNull();
  });
});

test('the time of a file is the one in its name', () => {
  expect(fileTime(KEY)).toBe('20261005T1420');
  expect(
    fileTime(
      '111122223333_CloudTrail-Digest_us-east-1_my_trail_us-east-1_20261005T142030Z.json.gz',
    ),
  ).toBe('20261005T1420');
  expect(fileTime('logs/20261005T1420Z.json.gz')).toBeNull();
});

test.each([
  ['x.json.gz', true],
  ['x.GZ', true],
  ['a/b/x.ndjson', true],
  ['x.jsonl', true],
  ['x.log', true],
  ['.x.json', false],
  ['.DS_Store', false],
  ['truth.json', false],
  ['x.txt', false],
  ['json', false],
])('%s is named like a log: %s', (name, isLog) => {
  expect(isLogName(name)).toBe(isLog);
});

test.each([
  ['CloudTrail', null],
  ['CloudTrail-NetworkActivity', null],
  ['CloudTrail-Digest', 'digest'],
  ['CloudTrail-Insight', 'insight'],
  ['CloudTrail-Aggregated', 'aggregated'],
  ['CloudTrail-Lake', 'other-service'],
  ['Config', 'other-service'],
  ['constructor', 'other-service'],
])('what lies under %s is passed over for: %s', (service, reason) => {
  expect(skipReason(logKey({ service, time: '20261005T1420' }), {})).toBe(reason);
  expect(skipReason(`x/AWSLogs/111122223333/${service}/`, {})).toBe(reason);
});

test("VPC flow logs under Hive's names are another service's", () => {
  expect(skipReason('AWSLogs/aws-account-id=111122223333/', {})).toBe('other-service');
});

describe('a choice', () => {
  test.each([
    [{ accounts: ['111122223333'], regions: ['us-east-1'] }, null],
    [{ accounts: [], regions: [] }, null],
    [{ accounts: ['444455556666'] }, 'not-selected'],
    [{ regions: ['eu-west-1'] }, 'not-selected'],
    [{ since: day('2026-10-05T23:59'), until: day('2026-10-06T00:00') }, null],
    [{ since: day('2026-10-06T00:00') }, 'outside-window'],
    [{ until: day('2026-10-03T00:00') }, null],
    [{ until: day('2026-10-02T23:59') }, 'outside-window'],
  ])('of %j gives: %s', (options, reason) => {
    expect(skipReason(KEY, options)).toBe(reason);
    // A file that was copied out of its folders.
    expect(skipReason(KEY.slice(KEY.lastIndexOf('/') + 1), options)).toBe(reason);
  });

  test('cannot touch what the layout says nothing about', () => {
    const options = { accounts: ['444455556666'], since: day('2030-01-01T00:00') };
    expect(skipReason('logs/x.json.gz', options)).toBeNull();
  });
});

test('the days of a window run two past its end, for what is delivered late', () => {
  const window = { since: day('2026-12-30T23:00'), until: day('2026-12-31T01:00') };
  expect(publishDays(window)).toEqual({ first: '2026/12/30', last: '2027/01/02' });
});

test('any text has a place or none, and a reason or none', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'AWSLogs/o-11112222CloudTrail_Z.\n') }),
      (text) => {
        const place = placeOf(text);
        if (place) expect(place.folder + place.rest).toBe(text);
        expect(skipReason(text, {})).toSatisfy((reason) => reason === null || reason !== '');
      },
    ),
  );
});
