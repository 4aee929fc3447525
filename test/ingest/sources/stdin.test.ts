import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOf, list as listAnywhere } from './helpers/logs.ts';

const LIMITS = { chunkBytes: 64, documentBytes: 256 };

/** Standard input of these bytes, in pieces of 10. */
function stdin(input: string | Buffer, pieceBytes = 10) {
  const bytes = Buffer.from(input);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    pieces.push(bytes.subarray(at, at + pieceBytes));
  }
  return Readable.from(pieces);
}

async function list(input: string | Buffer, pieceBytes?: number) {
  const deps = { stdin: stdin(input, pieceBytes), stdinLimits: LIMITS };
  const { objects } = await listAnywhere(['-'], {}, deps);
  const texts: string[] = [];
  for (const object of objects) {
    texts.push(await object.read().then(String, (error: Error) => error.message));
  }
  return { objects, texts };
}

/** `count` records, one a line, each of 20 bytes. */
const lines = (count: number) =>
  Array.from({ length: count }, (_, line) => `{"eventID":"e${String(line).padStart(4, '0')}"}\n`);

describe('lines', () => {
  test('are cut into objects of whole lines', async () => {
    const { objects, texts } = await list(lines(8).join(''));

    expect(texts).toEqual([
      lines(8).slice(0, 3).join(''),
      lines(8).slice(3, 6).join(''),
      lines(8).slice(6).join(''),
    ]);
    const digest = createHash('sha256')
      .update(texts[0] ?? '')
      .digest('hex');
    expect(objects.find(({ version }) => version === digest)).toMatchObject({
      uri: `stdin#${digest.slice(0, 16)}`,
      bytes: 60,
    });
  });

  test('come to the same objects however they arrive', async () => {
    const input = lines(30).join('');
    const whole = await list(input);

    expect(await list(input, 1)).toMatchObject({ texts: whole.texts });
    expect(await list(input, 10_000)).toMatchObject({ texts: whole.texts });
    expect(await list(gzipSync(input), 7)).toMatchObject({ texts: whole.texts });
  });

  test('lose no byte, whatever they hold', async () => {
    const line = fc.oneof(fc.json({ maxDepth: 1 }), fc.string(), fc.constant(''));
    const short = line.filter((text) => Buffer.byteLength(text) < LIMITS.documentBytes);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(short),
        fc.integer({ min: 1, max: 99 }),
        async (some, size) => {
          const input = `{"a":1}\n${some.map((text) => text.replaceAll('\n', ' ')).join('\n')}`;
          const { texts } = await list(input, size);
          expect(texts.join('').replace(/\s/g, '')).toBe(input.replace(/\s/g, ''));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('one too long is set aside, and the next is read', async () => {
    const { texts } = await list(`{"a":1}\n{"b":"${'x'.repeat(900)}"}\n${lines(2).join('')}`);

    expect(texts).toEqual([
      '{"a":1}\n',
      expect.stringMatching(/^stdin#[0-9a-f]{16}: a line of more than 256 bytes$/),
      lines(2).join(''),
    ]);
  });

  test('longer than an object, and within the limit, one stands alone', async () => {
    const long = `{"b":"${'x'.repeat(150)}"}\n`;
    expect((await list(`{"a":1}\n${long}{"c":1}\n`)).texts).toEqual([
      '{"a":1}\n',
      long,
      '{"c":1}\n',
    ]);
  });
});

describe('documents', () => {
  test('one that spans lines is passed whole', async () => {
    const input = JSON.stringify({ Records: lines(6) }, null, 2);
    expect(input.length).toBeGreaterThan(LIMITS.chunkBytes);
    expect((await list(input)).texts).toEqual([input]);
  });

  test('one that is a single line is passed whole', async () => {
    const input = `{"Records":[${'1,'.repeat(80)}1]}`;
    expect((await list(input)).texts).toEqual([input]);
  });

  test("CloudTrail's files, set one beside the other, are as many objects", async () => {
    const files = [1, 2, 3].map((n) => `{"Records":[{"eventID":"${String(n).repeat(60)}"}]}`);

    expect((await list(files.join(''))).texts).toEqual(files);
    expect((await list(Buffer.concat(files.map((file) => gzipSync(file))))).texts).toEqual(files);
  });

  test('printed by jq, one after the other, are as many objects', async () => {
    const files = [1, 2].map((n) => JSON.stringify({ Records: [String(n).repeat(60)] }, null, 2));
    expect((await list(files.join('\n'))).texts.map((text) => text.trim())).toEqual(files);
  });

  test('one too long is set aside', async () => {
    expect((await list(`{\n"Records": [\n${'1,\n'.repeat(200)}1]}`)).texts).toEqual([
      expect.stringContaining('a document of more than 256 bytes; what follows it is not read'),
    ]);
  });
});

test('a first line that is broken does not make one document of the rest', async () => {
  const { texts } = await list(`{"eventID":\n${lines(6).join('')}`);
  expect(texts.length).toBeGreaterThan(1);
});

test('a gzip that is cut off gives its whole lines, and says so', async () => {
  const input = lines(40).join('');
  const { texts } = await list(gzipSync(input).subarray(0, -12));

  expect(texts.at(-1)).toMatch(/^stdin#[0-9a-f]{16}: the gzip stream is cut off$/);
  expect(input.startsWith(texts.slice(0, -1).join(''))).toBe(true);
});

test('stdin is read no further ahead than it is asked for', async () => {
  const { listSources } = await import('../../../ingest/sources/index.ts');
  let read = 0;
  async function* endless() {
    for (;;) {
      read += 20;
      yield Buffer.from(`{"eventID":"e${String(read).padStart(4, '0')}"}\n`);
    }
  }
  const deps = { stdin: endless(), stdinLimits: LIMITS };
  let objects = 0;
  for await (const _object of await listSources(['-'], {}, deps)) {
    objects += 1;
    if (objects === 5) break;
  }

  expect(read).toBeLessThan(8 * LIMITS.chunkBytes);
});

test.each([
  ['', 'stdin: nothing came in'],
  ['\n \r\n', 'stdin: nothing came in'],
  [gzipSync(''), 'stdin: nothing came in'],
])('%j is a failure', async (input, message) => {
  expect(await failureOf(list(input))).toMatchObject({
    message,
    hint: expect.stringContaining('agenttrail ingest -'),
  });
});

test('a terminal is not waited for', async () => {
  const deps = { stdin: Object.assign(stdin('x'), { isTTY: true }) };
  expect(await failureOf(listAnywhere(['-'], {}, deps))).toMatchObject({
    message: 'stdin: a terminal, not a pipe',
  });
});

test('a stream that is left alone half way is let go', async () => {
  const { listSources } = await import('../../../ingest/sources/index.ts');
  for (const input of [lines(99).join(''), gzipSync(lines(99).join(''))]) {
    const stream = new PassThrough();
    stream.write(input);
    const deps = { stdin: stream, stdinLimits: LIMITS };
    for await (const _object of await listSources(['-'], {}, deps)) break;
    expect(stream.destroyed).toBe(true);
  }
});
