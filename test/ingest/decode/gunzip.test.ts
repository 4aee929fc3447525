import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inflate, inflateStream } from '../../../ingest/decode/gunzip.ts';

const LIMITS = { maximumBytes: 1 << 20 };
const TEXT = Buffer.from(
  Array.from({ length: 2_000 }, (_, index) => `{"n":${index},"r":${(index * 7919) % 104729}}`).join(
    '\n',
  ),
);
const ZIPPED = gzipSync(TEXT);

function damagedAt(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
}

/** The same through both doors, and the stream in pieces of any size. */
async function both(stored: Buffer, limits = LIMITS) {
  const whole = await inflate(stored, limits);
  const streamed = inflateStream(stored, limits);
  const pieces: Buffer[] = [];
  for await (const piece of streamed) pieces.push(piece);
  expect({ bytes: Buffer.concat(pieces), problem: streamed.problem }).toEqual(whole);
  return { text: whole?.bytes.toString(), problem: whole?.problem };
}

async function streamed(stored: Buffer, pieceBytes: number, limits = LIMITS) {
  const source = (async function* () {
    for (let at = 0; at < stored.length; at += pieceBytes) {
      yield stored.subarray(at, at + pieceBytes);
    }
  })();
  const inflating = inflateStream(source, limits);
  let size = 0;
  let most = 0;
  for await (const piece of inflating) {
    size += piece.length;
    most = Math.max(most, piece.length);
  }
  return { size, most, problem: inflating.problem };
}

describe('content', () => {
  test('comes out of gzip, and as it is where there is none', async () => {
    const expected = { text: TEXT.toString(), problem: null };
    expect(await both(ZIPPED)).toEqual(expected);
    expect(await both(TEXT)).toEqual(expected);
    expect(await both(Buffer.alloc(0))).toEqual({ text: '', problem: null });
    expect(await both(gzipSync(''))).toEqual({ text: '', problem: null });
  });

  test('of several gzip members in a row, with padding, is one', async () => {
    const members = Buffer.concat([gzipSync('a'), gzipSync('b'), Buffer.alloc(40)]);
    expect(await both(members)).toEqual({ text: 'ab', problem: null });
    expect(await streamed(members, 7)).toMatchObject({ size: 2, problem: null });
  });

  test('before trailing garbage is kept, and the garbage reported', async () => {
    const expected = { text: TEXT.toString(), problem: 'what follows the gzip data is not gzip' };
    expect(await both(Buffer.concat([ZIPPED, Buffer.from('garbage')]))).toEqual(expected);
    expect(await both(Buffer.concat([ZIPPED, Buffer.from('\0\0x')]))).toEqual(expected);
    const far = Buffer.concat([ZIPPED, Buffer.alloc(40_000), Buffer.from('x')]);
    expect(await streamed(far, 1_000)).toMatchObject({
      size: TEXT.length,
      problem: expected.problem,
    });
  });

  test('of a truncated gzip is kept as far as it goes', async () => {
    const cut = await both(ZIPPED.subarray(0, ZIPPED.length >> 1));
    expect(cut.problem).toBe('the gzip data is cut off');
    expect(TEXT.toString().startsWith(cut.text ?? '-')).toBe(true);
    expect(cut.text?.length).toBeGreaterThan(TEXT.length / 3);
    expect(await both(ZIPPED.subarray(0, 2))).toEqual({
      text: '',
      problem: 'the gzip data is cut off',
    });
  });

  test('with a wrong checksum is kept to the last byte', async () => {
    expect(await both(damagedAt(ZIPPED, ZIPPED.length - 8))).toEqual({
      text: TEXT.toString(),
      problem: 'the gzip data is damaged (incorrect data check)',
    });
  });

  test('of a damaged gzip never fails, whatever the damage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(ZIPPED.length - 1), async (at) => {
        const { text, problem } = await both(damagedAt(ZIPPED, at));
        // Flags and time of the header may change without harm.
        if (at > 10) expect(problem).not.toBeNull();
        if (problem === null && at > 1) expect(text).toBe(TEXT.toString());
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});

describe('the limit', () => {
  test('is kept to, plain or gzip', async () => {
    const expected = {
      text: TEXT.toString('utf8', 0, 1_000),
      problem: 'more than 1000 bytes of content; what follows is not read',
    };
    expect(await both(ZIPPED, { maximumBytes: 1_000 })).toEqual(expected);
    expect(await both(TEXT, { maximumBytes: 1_000 })).toEqual(expected);
    expect((await both(ZIPPED, { maximumBytes: TEXT.length })).problem).toBeNull();
  });

  test('stops a bomb, which is never held', async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20));
    const limits = { maximumBytes: 150 << 20 };
    const problem = 'more than 157286400 bytes of content; what follows is not read';

    expect(await inflate(bomb, limits)).toBeNull();
    const { size, most, ...rest } = await streamed(bomb, bomb.length, limits);
    expect({ size, ...rest }).toEqual({ size: limits.maximumBytes, problem });
    expect(most).toBeLessThan(1 << 20);
  });

  test('of memory sends what is larger to the stream', async () => {
    const large = randomBytes(65 << 20);
    const limits = { maximumBytes: 128 << 20 };
    expect(await inflate(large, limits)).toBeNull();
    expect(await streamed(large, 1 << 20, limits)).toMatchObject({
      size: large.length,
      problem: null,
    });
  });
});
