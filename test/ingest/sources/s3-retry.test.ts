import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDeps } from '../../../ingest/sources/index.ts';
import { s3Buckets } from '../../../ingest/sources/s3-bucket.ts';
import { failureOf, list, logKey } from './helpers/logs.ts';
import {
  always,
  type Fault,
  first,
  refuse,
  type S3Server,
  startS3,
  stubAws,
} from './helpers/s3-server.ts';

let s3: S3Server;
const KEY = logKey({ time: '20261001T0000' });
const BODY = 'x'.repeat(100_000);
const deps = (): SourceDeps => ({ openBucket: s3Buckets({ maxAttempts: 3, idleMs: 300 }) });
const isGet = (url = '') => url.includes('.json.gz') && !url.includes('list-type');

async function readFirst(): Promise<Buffer> {
  const { objects } = await list(['s3://trail'], {}, deps());
  if (!objects[0]) throw new Error('nothing listed');
  return objects[0].read();
}

beforeAll(async () => {
  s3 = await startS3();
  await s3.put('trail', { [KEY]: BODY });
});
afterAll(() => s3.stop());
beforeEach(() => {
  s3.forget();
  stubAws(s3.endpoint);
});

describe('what passes is asked for again', () => {
  test('a listing and a download survive two answers of 503 each', async () => {
    const unavailable: Fault = (_request, response) => {
      refuse(response, 503, 'ServiceUnavailable');
      return true;
    };
    const listing = first(2, (url) => !isGet(url), unavailable);
    const download = first(2, isGet, unavailable);
    s3.fault = (request, response) => listing(request, response) || download(request, response);

    expect(String(await readFirst())).toBe(BODY);
    expect(s3.requests.filter((request) => request.startsWith('GET'))).toHaveLength(3);
  });

  test('a body that breaks off is downloaded anew', async () => {
    s3.fault = first(2, isGet, (_request, response) => {
      response.writeHead(200, { 'content-length': String(BODY.length) });
      response.write(BODY.slice(0, 50_000), () => response.destroy());
      return true;
    });

    expect(String(await readFirst())).toBe(BODY);
  });

  test('a body that stalls is downloaded anew', async () => {
    s3.fault = first(1, isGet, (_request, response) => {
      response.writeHead(200, { 'content-length': String(BODY.length) });
      response.write(BODY.slice(0, 50_000));
      return true;
    });

    expect(String(await readFirst())).toBe(BODY);
  });

  test('a body that always breaks off ends as a failure, not as half a log', async () => {
    s3.fault = always(isGet, (_request, response) => {
      response.writeHead(200, { 'content-length': String(BODY.length) });
      response.write(BODY.slice(0, 50_000), () => response.destroy());
      return true;
    });

    expect(await failureOf(readFirst())).toMatchObject({
      name: 'KnownError',
      message: `s3://trail/${KEY}: the download broke off, 3 times`,
    });
  });
});
