import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';
import { s3Failure } from './s3-errors.ts';

export interface S3Key {
  readonly key: string;
  readonly bytes: number;
  readonly version: string;
}

interface S3Page {
  readonly keys: readonly S3Key[];
  /** Common prefixes, each with its `/`. */
  readonly folders: readonly string[];
  /** To ask for the next page with; null on the last. */
  readonly next: string | null;
}

interface ListRequest {
  readonly prefix: string;
  /** Stop at the next `/`, and name what lies behind it as folders. */
  readonly isShallow?: boolean;
  /** Only keys that sort after this one. */
  readonly after?: string | undefined;
  readonly next?: string | undefined;
  readonly pageSize?: number;
}

/** The two calls a listing needs; both fail with `KnownError`. */
export interface Bucket {
  list(request: ListRequest): Promise<S3Page>;
  read(key: string): Promise<Buffer>;
}

export interface S3Settings {
  /** Tries for one request, the first included. */
  readonly maxAttempts?: number;
  /** A connection that says nothing for so long has broken. */
  readonly idleMs?: number;
}

interface Download {
  bytes(): Promise<Uint8Array>;
  readonly length: number | undefined;
}

const MAX_ATTEMPTS = 5;
const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;
const BACKOFF_MS = { first: 100, most: 5_000 } as const;
const MAX_SOCKETS = 64;

/** Buckets behind one client, which is made, and the SDK loaded, when the first is asked. */
export function s3Buckets(settings: S3Settings = {}): (name: string) => Bucket {
  let sdk: ReturnType<typeof loadSdk> | undefined;
  const load = () => {
    sdk ??= loadSdk(settings);
    return sdk;
  };
  return (name) => ({
    async list({ prefix, isShallow, after, next, pageSize }) {
      try {
        const { client, ListObjectsV2Command } = await load();
        const page = await client.send(
          new ListObjectsV2Command({
            Bucket: name,
            Prefix: prefix,
            Delimiter: isShallow ? '/' : undefined,
            StartAfter: after,
            ContinuationToken: next,
            MaxKeys: pageSize,
            // XML cannot carry every key that S3 can.
            EncodingType: 'url',
          }),
        );
        const plain = page.EncodingType === 'url' ? urlDecoded : (text: string) => text;
        return {
          keys: (page.Contents ?? []).map(({ Key = '', Size = 0, ETag = '' }) => ({
            key: plain(Key),
            bytes: Size,
            version: ETag.replaceAll('"', ''),
          })),
          folders: (page.CommonPrefixes ?? []).map(({ Prefix = '' }) => plain(Prefix)),
          next: (page.IsTruncated && page.NextContinuationToken) || null,
        };
      } catch (error) {
        throw s3Failure(`s3://${name}/${prefix}`, 's3:ListBucket', error);
      }
    },
    async read(key) {
      const uri = `s3://${name}/${key}`;
      try {
        const { client, GetObjectCommand, maxAttempts } = await load();
        return await download(uri, maxAttempts, async () => {
          const { Body, ContentLength } = await client.send(
            new GetObjectCommand({ Bucket: name, Key: key }),
          );
          return {
            length: ContentLength,
            bytes: async () => (await Body?.transformToByteArray()) ?? new Uint8Array(),
          };
        });
      } catch (error) {
        throw s3Failure(uri, 's3:GetObject', error);
      }
    },
  });
}

/** The SDK retries a request; a body that breaks off after the headers is ours to ask for again. */
async function download(
  uri: string,
  maxAttempts: number,
  request: () => Promise<Download>,
): Promise<Buffer> {
  for (let attempt = 1; ; attempt += 1) {
    const { bytes, length } = await request();
    let cause: unknown;
    try {
      const body = await bytes();
      if (length === undefined || body.length === length) {
        return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
      }
    } catch (error) {
      cause = error;
    }
    if (attempt >= maxAttempts) {
      throw new KnownError(`${printable(uri)}: the download broke off, ${attempt} times`, {
        hint: 'check the network, and run it again: what has been ingested is not read twice',
        cause,
      });
    }
    await sleep(Math.random() * Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** attempt));
  }
}

async function loadSdk({
  maxAttempts = Number(process.env['AWS_MAX_ATTEMPTS']) || MAX_ATTEMPTS,
  idleMs = IDLE_MS,
}: S3Settings) {
  // Else the SDK warns on stderr about Node 20, once a client.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  const { S3Client, ListObjectsV2Command, GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client: S3Client = new S3Client({
    maxAttempts,
    retryMode: 'standard',
    followRegionRedirects: true,
    forcePathStyle: hasForeignEndpoint(process.env),
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: idleMs,
      throwOnRequestTimeout: true,
      socketTimeout: idleMs,
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
  });
  return { client, ListObjectsV2Command, GetObjectCommand, maxAttempts };
}

/** Virtual hosts (`bucket.host`) are Amazon's; other servers seldom have the names for them. */
export function hasForeignEndpoint(env: NodeJS.ProcessEnv): boolean {
  const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'];
  if (!endpoint) return false;
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : endpoint;
  return !/(?:^|\.)amazonaws\.(?:com|com\.cn|eu)$/.test(host);
}

function urlDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
