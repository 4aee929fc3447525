import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, minimal, outline } from './helpers/decode.ts';

const json = JSON.stringify;
const record = (id: string) =>
  minimal(id, { requestParameters: { n: [1, { k: 'v"' }], s: null }, readOnly: true });
const a = json(record('a'));
const b = json(record('b'));
const c = json(record('c'));
const BROKEN = b.replace('"eventName":', '"eventName"');

describe('damage stays where it is', () => {
  test.each<[string, string, string[]]>([
    [
      'in a file',
      `{"Records":[${a},${BROKEN},${c}]}`,
      ['a', '(not JSON at byte 103 of the record)', 'c'],
    ],
    ['in a line', `${a}\n${BROKEN}\n${c}\n`, ['a', '(not JSON at byte 103 of the record)', 'c']],
    [
      'in two lines beside each other',
      `${BROKEN}\n${BROKEN}\n${c}\n`,
      ['(not JSON at byte 103 of the record)', '(not JSON at byte 103 of the record)', 'c'],
    ],
    [
      'in two records beside each other',
      `[${BROKEN},${BROKEN},${c}]`,
      ['(not JSON at byte 103 of the record)', '(not JSON at byte 103 of the record)', 'c'],
    ],
    ['in a word', `[${a},${b.replace('true', 'trxe')},${c}]`, ['a', '(not JSON)', 'c']],
    [
      'in the end of a record',
      `{"Records":[${a},${b.slice(0, -1)},${c}]}`,
      ['a', '(not JSON at byte 205 of the record)', 'c'],
    ],
    [
      'in a cut line',
      `${a}\n${b.slice(0, 150)}\n${c}`,
      ['a', '(not JSON at byte 150 of the record)', 'c'],
    ],
    [
      'in the beginning of a file',
      `_"Records":[${a},${c}]}`,
      ['(no CloudTrail record: text that is not JSON)', 'a', 'c'],
    ],
    [
      'in a comma',
      `{"Records":[${a}_${c}]}`,
      ['a', '(no CloudTrail record: text that is not JSON)', 'c'],
    ],
    [
      'in JSON within JSON',
      json({ Events: [{ CloudTrailEvent: BROKEN }, { CloudTrailEvent: c }] }),
      ['(JSON within JSON is damaged)', 'c'],
    ],
    [
      'in a file before another',
      `{"Records":[${a},${b.slice(0, 99)}{"Records":[${c}]}`,
      ['a', '(not JSON at byte 101 of the record)', 'c'],
    ],
    ['in a name of the container', json({ Rec_rds: [record('a'), record('c')] }), ['a', 'c']],
  ])('%s', async (_, content, expected) => {
    expect(await outline(content)).toEqual(expected);
    expect(await outline(content, { pieceBytes: 3 })).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['in a record', `{"Records":[${a},${b.slice(0, 150)}`, ['a', '(cut off)']],
    ['after a record', `{"Records":[${a}`, ['a', '(cut off before the list of records ends)']],
    ['after the list', `{"Records":[${a}]`, ['a', '(cut off before the list of records ends)']],
    ['in a line', `${a}\n${b.slice(0, 150)}`, ['a', '(cut off)']],
    ['in the head', '{"Reco', ['(cut off)']],
  ])('a cut %s keeps what is whole and reports the rest', async (_, content, expected) => {
    expect(await outline(content)).toEqual(expected);
  });

  test('the raw text of what is set aside is what stood there', async () => {
    expect((await decode(`[${a},${BROKEN},${c}]`))[1]).toEqual({
      position: 1,
      reason: 'not JSON at byte 103 of the record',
      raw: `${BROKEN},`,
    });
  });
});

describe('a record too long', () => {
  const limits = { recordBytes: 1_000, rawBytes: 100 };
  const long = json(minimal('long', { requestParameters: { list: Array(500).fill({ k: 'v' }) } }));

  test.each([1, 50, 100_000])('is read past, in pieces of %i bytes', async (pieceBytes) => {
    const content = `{"Records":[${a},${long},${c}]}`;
    expect(await decode(content, { pieceBytes, limits })).toMatchObject([
      { record: { eventID: 'a' } },
      { position: 1, reason: 'longer than 1000 bytes', raw: long.slice(0, 100) },
      { record: { eventID: 'c' } },
    ]);
  });

  test('and damaged, is read past as well', async () => {
    const content = `[${a},${long.slice(0, 4_000)},${c}]`;
    expect(await outline(content, { pieceBytes: 50, limits })).toEqual([
      'a',
      '(longer than 1000 bytes)',
      'c',
    ]);
  });
});

describe('whatever comes in', () => {
  const jsonLike = fc.string({
    unit: fc.constantFrom(
      ...'{}[]",:\\\n 1ateu',
      '{"Records":[',
      '{"eventVersion":"1',
      '\u0000',
      a,
    ),
    maxLength: 60,
  });

  test('records or dead letters come out', async () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      jsonLike.map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(anything, fc.integer({ min: 1, max: 40 }), async (bytes, pieceBytes) => {
        const whole = await decode(bytes);
        expect(await decode(bytes, { pieceBytes })).toEqual(whole);
        for (const item of whole) expect('record' in item || item.reason !== '').toBe(true);
      }),
      { numRuns: 600, seed: 2 },
    );
  });

  const records = fc.array(
    fc.record({
      eventID: fc.uuid(),
      requestParameters: fc.jsonValue({ maxDepth: 4 }),
      userAgent: fc.string({ unit: 'grapheme' }),
    }),
    { maxLength: 8 },
  );

  test('generated records come out the same, however they are split', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 200 }), async (members, pieceBytes) => {
        const all = members.map(({ eventID, ...more }) => minimal(eventID, more));
        const expected = all.map(({ eventID }) => eventID);
        expect(await outline(json({ Records: all }), { pieceBytes })).toEqual(expected);
        expect(await outline(all.map((item) => json(item)).join('\n'), { pieceBytes })).toEqual(
          expected,
        );
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('one corrupted byte costs the record it stands in, and no neighbour', async () => {
    const ids = ['r0', 'r1', 'r2', 'r3', 'r4'];
    const texts = ids.map((id) => json(record(id)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('lines', 'file'),
        fc.nat(4),
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        async (form, victim, offset, byte) => {
          const [open, between, close] =
            form === 'file' ? ['{"Records":[', ',', ']}'] : ['', '\n', ''];
          const bytes = Buffer.from(`${open}${texts.join(between)}${close}`);
          const before = texts.slice(0, victim).join(between).length + (victim > 0 ? 1 : 0);
          bytes[open.length + before + (offset % (texts[victim] ?? '').length)] = byte;

          const decoded = await decode(bytes);
          const found = decoded.flatMap((item) => ('record' in item ? [item.record.eventID] : []));
          expect(found).toEqual(expect.arrayContaining(ids.filter((_, index) => index !== victim)));
          expect(decoded.length).toBeGreaterThanOrEqual(ids.length);
        },
      ),
      { numRuns: 1_500, seed: 4 },
    );
  });
});
