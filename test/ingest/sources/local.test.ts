import { realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceOptions } from '../../../ingest/source.ts';
import { fsFailure, readFailure } from '../../../ingest/sources/local-errors.ts';
import { failureOf, list as listAnywhere, logKey } from './helpers/logs.ts';

let cwd: string;
beforeEach(async () => {
  cwd = realpathSync(await mkdtemp(join(tmpdir(), 'sources-')));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function write(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), path);
  }
}

/** Paths below `cwd`, for short. */
async function list(sources: readonly string[], options: SourceOptions = {}) {
  const { objects, uris, skipped } = await listAnywhere(sources, options, { cwd });
  const short = (uri: string) => uri.slice(cwd.length + 1);
  return {
    objects,
    uris: uris.map(short),
    skipped: skipped.map(({ uri, reason }) => `${short(uri)} ${reason}`),
  };
}

describe('a folder', () => {
  test('gives what is named like a log, at any depth, and tells of the rest', async () => {
    await write('l/b.json', 'l/x/a.json.gz', 'l/x/y/c.ndjson', 'l/d.jsonl', 'l/e.log', 'l/f.gz');
    await write('l/.DS_Store', 'l/truth.json', 'l/README.md', 'l/.git/x.json');

    expect(await list(['l'])).toMatchObject({
      uris: ['l/b.json', 'l/d.jsonl', 'l/e.log', 'l/f.gz', 'l/x/a.json.gz', 'l/x/y/c.ndjson'],
      skipped: [
        'l/.DS_Store not-a-log',
        'l/.git/ not-a-log',
        'l/README.md not-a-log',
        'l/truth.json not-a-log',
      ],
    });
  });

  test('in the layout gives records by time and passes over the siblings', async () => {
    const late = logKey({ time: '20261003T0000', account: '111122223333' });
    const early = logKey({ time: '20261001T0000', account: '444455556666' });
    const network = logKey({ time: '20261002T0000', service: 'CloudTrail-NetworkActivity' });
    const siblings = ['CloudTrail-Digest', 'CloudTrail-Insight', 'CloudTrail-Aggregated', 'Config'];
    await write(late, early, network);
    await write(...siblings.map((service) => logKey({ time: '20261001T0000', service })));

    expect(await list(['.'])).toMatchObject({
      uris: [early, network, late],
      skipped: [
        'AWSLogs/111122223333/CloudTrail-Aggregated/ aggregated',
        'AWSLogs/111122223333/CloudTrail-Digest/ digest',
        'AWSLogs/111122223333/CloudTrail-Insight/ insight',
        'AWSLogs/111122223333/Config/ other-service',
      ],
    });
  });

  test('in the layout is cut to accounts, regions and days', async () => {
    const wanted = logKey({ time: '20261005T0000' });
    const old = logKey({ time: '20261001T0000' });
    const abroad = logKey({ time: '20261005T0000', region: 'eu-west-1' });
    const foreign = logKey({ time: '20261005T0000', account: '444455556666' });
    await write(wanted, old, abroad, foreign);

    const options = {
      accounts: ['111122223333'],
      regions: ['us-east-1'],
      since: new Date('2026-10-04T00:00:00Z'),
    };
    expect(await list(['.'], options)).toMatchObject({
      uris: [wanted],
      skipped: [
        'AWSLogs/111122223333/CloudTrail/eu-west-1/ not-selected',
        'AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/01/ outside-window',
        'AWSLogs/444455556666/ not-selected',
      ],
    });
  });

  test('with links in a circle, or to nowhere, is listed once', async () => {
    await write('l/x/a.json');
    await symlink('..', join(cwd, 'l/x/up'));
    await symlink('self.json', join(cwd, 'l/self.json'));
    await symlink('nowhere', join(cwd, 'l/broken.json'));
    await symlink('x/a.json', join(cwd, 'l/again.json'));

    expect(await list(['l', 'l/x'])).toMatchObject({
      uris: ['l/x/a.json'],
      skipped: ['l/broken.json unreadable', 'l/self.json unreadable'],
    });
  });

  test('without logs is a failure that says what was there', async () => {
    await write('l/readme.md', 'l/b.txt');
    await mkdir(join(cwd, 'empty'));

    expect(await failureOf(list(['l']))).toMatchObject({
      message: 'l: no CloudTrail log files here or below',
      hint: 'passed over: 2 not-a-log',
    });
    expect(await failureOf(list(['empty']))).toMatchObject({
      hint: expect.stringContaining('logs end in .json.gz'),
    });
  });

  test('whose logs are all of another day is quiet, not wrong', async () => {
    await write(logKey({ time: '20261001T0000' }));
    expect((await list(['.'], { since: new Date('2026-11-01T00:00:00Z') })).uris).toEqual([]);
  });
});

describe('a file', () => {
  test('is taken whatever its ending, and once whatever the ways to it', async () => {
    await write('l/records', 'l/a[1].json');
    await symlink('l', join(cwd, 'link'));

    const { uris } = await list(['l/records', 'link/records', './l/../l/records', 'l/a[1].json']);
    expect(uris).toEqual(['l/a[1].json', 'l/records']);
  });

  test('comes with its size, and a version that changes with its content', async () => {
    await write('a.json');
    await utimes(join(cwd, 'a.json'), 1_000, 1_000);
    const before = (await list(['a.json'])).objects[0];
    await writeFile(join(cwd, 'a.json'), 'longer than before');
    const after = (await list(['a.json'])).objects[0];

    expect(before).toMatchObject({ bytes: 6, version: '1000000-6' });
    expect(after?.version).not.toBe(before?.version);
    expect(String(await after?.read())).toBe('longer than before');
  });

  test('above 64 MiB opens in pieces, so that it is never held whole', async () => {
    await write('l/a.json', 'l/large.json');
    await truncate(join(cwd, 'l/large.json'), 65 << 20);
    const [small, large] = (await list(['l'])).objects;

    const sizes: number[] = [];
    for await (const piece of large?.open?.() ?? []) sizes.push(piece.length);
    expect(small?.open).toBeUndefined();
    expect(sizes).toEqual(Array(65).fill(1 << 20));

    await rm(join(cwd, 'l/large.json'));
    const pieces = large?.open?.()[Symbol.asyncIterator]();
    expect(await failureOf(Promise.resolve(pieces?.next()))).toMatchObject({
      name: 'BadObjectError',
      message: `${cwd}/l/large.json: gone since it was listed`,
    });
  });

  test('that has gone when it is read is set aside', async () => {
    await write('l/a.json');
    const { objects } = await list(['l']);
    await rm(join(cwd, 'l/a.json'));

    expect(await failureOf(Promise.resolve(objects[0]?.read()))).toMatchObject({
      name: 'BadObjectError',
      message: `${cwd}/l/a.json: gone since it was listed`,
    });
  });

  test('that is not one is refused', async () => {
    expect(await failureOf(list(['/dev/null']))).toMatchObject({
      message: '/dev/null: not a regular file',
      hint: expect.stringContaining('ingest -'),
    });
  });

  test('that may not be read stops the run where it was named, and is set aside among many', () => {
    const denied = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });

    expect(fsFailure('l', denied)).toMatchObject({
      name: 'KnownError',
      message: 'l: permission denied',
      hint: 'run as a user who may read it',
    });
    expect(readFailure('/l/a.json', denied)).toMatchObject({
      name: 'BadObjectError',
      message: '/l/a.json: permission denied',
    });
  });
});

describe('a glob', () => {
  test('gives the files it matches, whatever their ending', async () => {
    await write('l/a.txt', 'l/x/b.txt', 'l/x/c.json', 'l/.hidden.txt');
    expect((await list(['l/**/*.txt'])).uris).toEqual(['l/a.txt', 'l/x/b.txt']);
    expect((await list(['l/x/{b,c}.*'])).uris).toEqual(['l/x/b.txt', 'l/x/c.json']);
  });

  test('that ends in a bare star is choosy as a folder is', async () => {
    await write('l/a.json', 'l/truth.json', 'l/readme.md');
    expect(await list(['l/**'])).toMatchObject({
      uris: ['l/a.json'],
      skipped: ['l/readme.md not-a-log', 'l/truth.json not-a-log'],
    });
  });

  test('passes over digests as a folder does', async () => {
    const digest = logKey({ time: '20261001T0000', service: 'CloudTrail-Digest' });
    const log = logKey({ time: '20261001T0000' });
    await write(digest, log);

    expect(await list(['**/*.json.gz'])).toMatchObject({
      uris: [log],
      skipped: [`${digest} digest`],
    });
  });

  test('survives a circle of links', async () => {
    await write('l/x/a.json');
    await symlink('..', join(cwd, 'l/x/up'));
    expect((await list(['l/**/*.json'])).uris).toEqual(['l/x/a.json']);
  });

  test('that matches nothing is a failure', async () => {
    expect(await failureOf(list(['l/**/*.gz']))).toMatchObject({
      message: 'l/**/*.gz: no file matches',
      hint: expect.stringContaining('quote the pattern'),
    });
  });
});

describe('a source that is none', () => {
  test.each([
    ['logs', 'no such file or folder', 'a source is a file, a folder'],
    ['lgo', 'no such file or folder', 'did you mean log?'],
    ['log/aa.json', 'no such file or folder', 'did you mean log/a.json?'],
    ['log/a.json/b', 'no such file or folder', 'a source is'],
    ['https://x/y', 'not a source', 's3://bucket/prefix'],
    ['\u001b[2J', 'no such file or folder', 'a source is'],
    ['x'.repeat(5_000), 'the name is too long', undefined],
  ])('%j: %s', async (source, problem, hint) => {
    await write('log/a.json');
    // Two slips away from `logs` is one too many here.
    if (source === 'logs') await rm(join(cwd, 'log'), { recursive: true });
    const failure = await failureOf(list([source]));

    expect(failure.message).toBe(`${source.replace('\u001b', '\\x1b')}: ${problem}`);
    if (hint) expect(failure.hint).toContain(hint);
  });

  test('fails before anything is listed, whatever the other sources hold', async () => {
    await write('log/a.json');
    await expect(list(['log', 'nowhere.json'])).rejects.toThrow('nowhere.json: no such file');
    await expect(list([])).rejects.toThrow('no source given');
  });
});
