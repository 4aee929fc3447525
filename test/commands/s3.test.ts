import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agenttrail, spawned, temporaryFolder } from '../helpers/cli.ts';
import {
  always,
  refuse,
  type S3Server,
  startS3,
  stubAws,
} from '../ingest/sources/helpers/s3-server.ts';
import { type FleetFolder, fleetIn } from './helpers/fleet.ts';

const folder = temporaryFolder();
let fleet: FleetFolder;

beforeAll(async () => {
  fleet = await fleetIn(folder);
});

const audit = (source: string, name: string) => [
  ...['audit', source, '--config', fleet.config, '--store', join(folder, name), '--format', 'json'],
];

describe('a bucket with the fleet of a folder', () => {
  let server: Awaited<ReturnType<typeof startFauxqs>>;
  const endpoint = () => `http://127.0.0.1:${server.port}`;

  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    server.createBucket('trail');
    for (const key of await readdir(fleet.logs, { recursive: true })) {
      if (!key.endsWith('.gz')) continue;
      const body = await readFile(join(fleet.logs, key));
      const answer = await fetch(`${endpoint()}/trail/org/${key}`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`PUT ${key}: ${answer.status}`);
    }
  });
  afterAll(() => server.stop());
  beforeEach(() => stubAws(endpoint()));

  test('gives the report of the folder, byte for byte', async () => {
    const local = await agenttrail(audit(fleet.logs, 'local.duckdb'));
    const s3 = await agenttrail(audit('s3://trail/org/', 's3.duckdb'));

    expect(s3).toEqual({
      code: 0,
      out: local.out,
      err: local.err.replace('passed over: 1 not-a-log\n', ''),
    });
  });

  test('holds the same events under its own names', async () => {
    const columns = '* exclude (source_object)';
    const rows = async (name: string, strip: string) => {
      const { out } = await agenttrail([
        ...[
          'query',
          `select ${columns}, replace(source_object, '${strip}', '') from events order by all`,
        ],
        ...['--format', 'csv', '--store', join(folder, name)],
      ]);
      return out.slice(out.indexOf('\n'));
    };

    expect(await rows('s3.duckdb', 's3://trail/org')).toBe(await rows('local.duckdb', fleet.logs));
  });

  test('is known the second time', async () => {
    const { out, err } = await agenttrail(audit('s3://trail/org/', 's3.duckdb'));

    expect(JSON.parse(out)).toMatchObject({ reconciliation: { objects: fleet.files } });
    expect(err).toContain(`(${fleet.files} known already), 0 records`);
  });

  test('says nothing of the AWS SDK, in a process of its own', async () => {
    const { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: _, ...env } = process.env;
    const { code, err } = await spawned(audit('s3://trail/org/', 'spawned.duckdb'), env);

    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^\d+ objects, [\d,]+ records, [^\n]+ 0 dead letters\n$/),
    });
  });
});

describe('a bucket that refuses', () => {
  let s3: S3Server;
  const KEYS = Array.from({ length: 40 }, (_, index) => `logs/${index}.json`);

  beforeAll(async () => {
    s3 = await startS3();
    await s3.put('trail', Object.fromEntries(KEYS.map((key) => [key, '{"Records":[]}'])));
  });
  afterAll(() => s3.stop());
  beforeEach(() => {
    s3.forget();
    stubAws(s3.endpoint);
  });

  test.each([
    ['s3://trail', 403, 'AccessDenied', 's3://trail/: access denied (403)'],
    ['s3://trail', 404, 'NoSuchBucket', 's3://trail/: no such bucket'],
    ['s3://trial', 404, 'NoSuchBucket', 's3://trial/: no such bucket'],
  ])('%s, listed with %i, leaves no store', async (source, status, code, message) => {
    s3.fault = always(
      () => true,
      (_request, response) => {
        refuse(response, status, code);
        return true;
      },
    );
    const name = `refused-${status}-${source.slice(5)}.duckdb`;

    expect(await agenttrail(audit(source, name))).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^agenttrail: [^\n]+\nhint: [^\n]+\n$/),
    });
    expect((await agenttrail(audit(source, name))).err).toContain(message);
    expect((await readdir(folder)).filter((file) => file.startsWith(name))).toEqual([]);
  });

  test('one object in the middle of a run ends it, and the next run goes on', async () => {
    const name = 'denied.duckdb';
    s3.fault = always(
      (url = '') => url.includes('/logs/17.json'),
      (_request, response) => {
        refuse(response, 403, 'AccessDenied');
        return true;
      },
    );
    const denied = await agenttrail(audit('s3://trail/logs/', name));

    expect({ code: denied.code, out: denied.out }).toEqual({ code: 2, out: '' });
    expect(denied.err).toContain('agenttrail: s3://trail/logs/17.json: access denied (403)\n');
    expect(existsSync(join(folder, `${name}.staging`))).toBe(false);
    s3.forget();
    expect(JSON.parse((await agenttrail(audit('s3://trail/logs/', name))).out)).toMatchObject({
      reconciliation: { objects: KEYS.length },
    });
  });
});
