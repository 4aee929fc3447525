import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDeps } from '../../../ingest/sources/index.ts';
import { hasForeignEndpoint, s3Buckets } from '../../../ingest/sources/s3-bucket.ts';
import { failureOf, list, logKey } from './helpers/logs.ts';
import {
  always,
  type Fault,
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

const answer =
  (status: number, code: string, message?: string): Fault =>
  (_request, response) => {
    refuse(response, status, code, message);
    return true;
  };

describe('what does not pass is one line with a hint', () => {
  test.each([
    [
      'a listing that is denied',
      403,
      'AccessDenied',
      's3://trail/: access denied (403)',
      's3:ListBucket on s3://trail/',
    ],
    [
      'credentials that have expired',
      400,
      'ExpiredToken',
      's3://trail/: the AWS credentials have expired',
      'aws sso login',
    ],
    [
      'an access key that is unknown',
      403,
      'InvalidAccessKeyId',
      's3://trail/: AWS does not know the access key',
      'AWS_PROFILE',
    ],
    [
      'a clock that is wrong',
      403,
      'RequestTimeTooSkewed',
      "s3://trail/: AWS does not take the signature: this machine's clock is wrong",
      'set the clock',
    ],
    [
      'a bucket that does not exist',
      404,
      'NoSuchBucket',
      's3://trail/: no such bucket',
      'check the spelling',
    ],
    [
      'an answer nobody expects',
      418,
      'Teapot',
      's3://trail/: S3 failed (Teapot 418)',
      'run it again',
    ],
  ])('%s', async (_title, status, code, message, hint) => {
    s3.fault = always(() => true, answer(status, code, 'about AKIAIOSFODNN7EXAMPLE'));

    const failure = await failureOf(list(['s3://trail'], {}, deps()));
    expect(failure).toEqual({ name: 'KnownError', message, hint: expect.stringContaining(hint) });
    expect(JSON.stringify(failure)).not.toContain('AKIA');
  });

  test.each([
    [
      'a download that is denied',
      403,
      'AccessDenied',
      'no',
      'KnownError',
      'access denied (403)',
      `s3:GetObject on s3://trail/${KEY}`,
    ],
    [
      'a key of KMS that is denied',
      403,
      'AccessDenied',
      'not authorized to perform: kms:Decrypt',
      'KnownError',
      'access denied (403)',
      'kms:Decrypt',
    ],
    [
      'an object that has gone',
      404,
      'NoSuchKey',
      'no',
      'BadObjectError',
      'gone since it was listed',
      undefined,
    ],
    [
      'an object in the archive',
      403,
      'InvalidObjectState',
      'no',
      'BadObjectError',
      'archived (Glacier)',
      'restore it first',
    ],
  ])('%s', async (_title, status, code, text, name, problem, hint) => {
    s3.fault = always(isGet, answer(status, code, text));

    const failure = await failureOf(readFirst());
    expect(failure).toMatchObject({ name, message: `s3://trail/${KEY}: ${problem}` });
    if (hint) expect(failure.hint).toContain(hint);
  });

  test('a bucket the server does not have', async () => {
    expect(await failureOf(list(['s3://nowhere/x/'], {}, deps()))).toMatchObject({
      message: 's3://nowhere/x/: no such bucket',
    });
  });

  test('a prefix that holds nothing', async () => {
    expect(await failureOf(list(['s3://trail/logs/'], {}, deps()))).toMatchObject({
      message: 's3://trail/logs/: no CloudTrail log files here or below',
      hint: expect.stringContaining('check the spelling'),
    });
  });

  test('accounts that the trail does not have', async () => {
    const accounts = ['999999999999'];
    expect(await failureOf(list(['s3://trail'], { accounts }, deps()))).toMatchObject({
      message: 's3://trail/: no CloudTrail log files of the accounts and regions asked for',
      hint: 'passed over: 1 not-selected',
    });
  });

  test('a region that is misspelt fails, and one that was quiet does not', async () => {
    const since = new Date('2026-11-01T00:00:00Z');
    const region = 's3://trail/AWSLogs/111122223333/CloudTrail/us-east-1/';

    expect((await list([region], { since }, deps())).uris).toEqual([]);
    expect(
      await failureOf(list([region.replace('east', 'esat')], { since }, deps())),
    ).toMatchObject({ message: expect.stringContaining('us-esat-1/: no CloudTrail log files') });
  });

  test('no credentials', async () => {
    stubAws(s3.endpoint, {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
    });
    expect(await failureOf(list(['s3://trail/'], {}, deps()))).toMatchObject({
      message: 's3://trail/: no AWS credentials found',
      hint: expect.stringContaining('AWS_PROFILE'),
    });
  });

  test('no region', async () => {
    stubAws(s3.endpoint, { AWS_REGION: undefined });
    expect(await failureOf(list(['s3://trail/'], {}, deps()))).toMatchObject({
      message: 's3://trail/: no AWS region',
      hint: expect.stringContaining('AWS_REGION'),
    });
  });

  test('no network', async () => {
    stubAws('http://127.0.0.1:1');
    expect(await failureOf(list(['s3://trail/'], {}, deps()))).toMatchObject({
      message: 's3://trail/: cannot be reached (ECONNREFUSED)',
      hint: expect.stringContaining('network'),
    });
  });

  test('no bucket named', async () => {
    expect(await failureOf(list(['s3:///x']))).toMatchObject({
      message: 's3:///x: no bucket named',
      hint: 'write s3://bucket/prefix',
    });
  });
});

test('a key that XML cannot carry is listed and read under its own name', async () => {
  const key = 'a\u0001 +é/x.json.gz';
  const encoded = 'a%01+%2B%C3%A9/x.json.gz';
  s3.fault = (request, response) => {
    if (isGet(request.url)) return false;
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>${encoded}</Key><Size>1</Size><ETag>"e"</ETag></Contents></ListBucketResult>`,
    );
    return true;
  };
  const { objects, uris } = await list(['s3://trail/'], {}, deps());

  expect(uris).toEqual([`s3://trail/${key}`]);
  expect(await failureOf(Promise.resolve(objects[0]?.read()))).toEqual({
    name: 'BadObjectError',
    message: 's3://trail/a\\x01 +é/x.json.gz: gone since it was listed',
    hint: undefined,
  });
  expect(s3.requests.at(-1)).toBe(`GET trail/${key}`);
});

test('a bucket in another region is followed there', async () => {
  const regions: string[] = [];
  s3.fault = ({ headers }, response) => {
    const region = /\/([a-z0-9-]+)\/s3\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? '';
    regions.push(region);
    if (region === 'eu-west-1') return false;
    response.setHeader('x-amz-bucket-region', 'eu-west-1');
    refuse(response, 301, 'PermanentRedirect');
    return true;
  };

  expect((await list(['s3://trail/'], {}, deps())).uris).toEqual([`s3://trail/${KEY}`]);
  expect(new Set(regions)).toEqual(new Set(['us-east-1', 'eu-west-1']));
});

test.each([
  [{}, false],
  [{ AWS_ENDPOINT_URL: 'http://localhost:9000' }, true],
  [{ AWS_ENDPOINT_URL_S3: 'https://minio.example' }, true],
  [{ AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com' }, false],
  [{ AWS_ENDPOINT_URL_S3: 'https://s3.cn-north-1.amazonaws.com.cn' }, false],
  [{ AWS_ENDPOINT_URL: 'https://amazonaws.com.example' }, true],
])('with %j the bucket stands in the path: %s', (env, isPath) => {
  expect(hasForeignEndpoint(env)).toBe(isPath);
});
