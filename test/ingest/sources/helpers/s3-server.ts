import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFauxqs } from 'fauxqs';
import { vi } from 'vitest';

/** Answers in the server's place; false leaves the request to the server. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface S3Server {
  readonly endpoint: string;
  /** Requests since the last `forget`: `LIST bucket prefix`, or `GET bucket/key`, decoded. */
  readonly requests: string[];
  fault: Fault | null;
  put(bucket: string, objects: Readonly<Record<string, string>>): Promise<void>;
  forget(): void;
  stop(): Promise<void>;
}

/** fauxqs, an S3 server in this process, behind a proxy that counts and that can break things. */
export async function startS3(): Promise<S3Server> {
  const origin = await startFauxqs({ port: 0, logger: false });
  const requests: string[] = [];
  const proxy = createServer((request, response) => {
    requests.push(nameOf(request));
    if (server.fault?.(request, response)) return;
    void forward(origin.port, request, response);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${portOf(proxy.address())}`;
  const server: S3Server = {
    endpoint,
    requests,
    fault: null,
    async put(bucket, objects) {
      origin.createBucket(bucket);
      for (const [key, body] of Object.entries(objects)) {
        const path = key.split('/').map(encodeURIComponent).join('/');
        const url = `http://127.0.0.1:${origin.port}/${bucket}/${path}`;
        const answer = await fetch(url, { method: 'PUT', body });
        if (!answer.ok) throw new Error(`PUT ${key}: ${answer.status}`);
      }
    },
    forget() {
      requests.length = 0;
      server.fault = null;
    },
    async stop() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      await origin.stop();
    },
  };
  return server;
}

/** The variables of a machine whose AWS is `endpoint`, with nothing of this machine's own. */
export function stubAws(
  endpoint: string,
  more: Readonly<Record<string, string | undefined>> = {},
): void {
  const env = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL'])
    if (!(name in more)) vi.stubEnv(name, undefined);
}

/** Breaks the first `times` requests for which `applies`. */
export function first(times: number, applies: (url?: string) => boolean, fault: Fault): Fault {
  let left = times;
  return (request, response) => {
    if (!applies(request.url) || left === 0) return false;
    left -= 1;
    return fault(request, response);
  };
}

export const always = (applies: (url?: string) => boolean, fault: Fault) =>
  first(Number.POSITIVE_INFINITY, applies, fault);

/** The answer S3 gives when it refuses. */
export function refuse(response: ServerResponse, status: number, code: string, message = code) {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}

function nameOf({ url = '' }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const path = decodeURIComponent(pathname.slice(1));
  return searchParams.has('list-type')
    ? `LIST ${path.replace(/\/$/, '')} ${searchParams.get('prefix') ?? ''}`
    : `GET ${path}`;
}

async function forward(
  port: number,
  { method = 'GET', url = '/' }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${url}`, { method });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': String(body.length),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
