import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  REDACTIONS,
  redact,
  redactText,
  SECRET_MARKS,
  SECRET_NAMES,
} from '../../../ingest/decode/redact.ts';
import { decode, minimal } from './helpers/decode.ts';

const TOKEN = `IQoJb3JpZ2luX2Vj${'x'.repeat(40)}`;
const json = JSON.stringify;

let connection: DuckDBConnection;
let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

/** As the fast path does it, in DuckDB. */
async function redactedBySql(text: string): Promise<string> {
  const lower = text.toLowerCase();
  if (!SECRET_MARKS.some((mark) => lower.includes(mark))) return text;
  let result = text;
  for (const { pattern, replacement } of REDACTIONS) {
    const reader = await connection.runAndReadAll(
      `select regexp_replace($text, $pattern, $replacement, 'g')`,
      { text: result, pattern, replacement },
    );
    result = String(reader.getRowsJS()[0]?.[0]);
  }
  return result;
}

describe('the value of a member is taken', () => {
  test.each(SECRET_NAMES.map((name) => name.replace('*', 'masterUser')))('%s', async (name) => {
    for (const spelling of [name, name.toUpperCase(), name.toLowerCase()]) {
      const secret = { a: [{ [spelling]: 'hunter2' }] };
      const expected = { a: [{ [spelling]: 'REDACTED' }] };
      expect(redact(secret)).toEqual(expected);
      expect(redactText(json(secret))).toBe(json(expected));
      expect(await redactedBySql(json(secret))).toBe(json(expected));
    }
  });

  test.each([
    'nextToken',
    'clientToken',
    'clientRequestToken',
    'paginationToken',
    'sAMLAssertionID',
    'passwordResetRequired',
    'secretId',
    'accessKeyId',
    'sessionTokenId',
  ])('but not of %s', async (name) => {
    const plain = { [name]: 'value' };
    expect(redact(plain)).toEqual(plain);
    expect(redactText(json(plain))).toBe(json(plain));
    expect(await redactedBySql(json(plain))).toBe(json(plain));
  });
});

/** Each with what must be left; in all ways. */
test.each<[unknown, unknown]>([
  [{ password: 'a"b\\' }, { password: 'REDACTED' }],
  [
    { password: '', x: 1 },
    { password: 'REDACTED', x: 1 },
  ],
  [
    { password: 12.5e3, x: 1 },
    { password: 'REDACTED', x: 1 },
  ],
  [
    { password: ['a]', 'b'], x: [1] },
    { password: 'REDACTED', x: [1] },
  ],
  [
    { secretString: { user: 'u', pass: 'p}' }, x: {} },
    { secretString: 'REDACTED', x: {} },
  ],
  [
    { manageMasterUserPassword: true, password: null },
    { manageMasterUserPassword: true, password: null },
  ],
  [{ body: json({ password: 'p"\\q', x: 1 }) }, { body: json({ password: 'REDACTED', x: 1 }) }],
  [{ body: json({ x: 'say "password"' }) }, { body: json({ x: 'say "password"' }) }],
  [
    { url: `https://b.s3.amazonaws.com/k?X-Amz-Signature=abc&X-Amz-Security-Token=${TOKEN}&x=1` },
    {
      url: 'https://b.s3.amazonaws.com/k?X-Amz-Signature=REDACTED&X-Amz-Security-Token=REDACTED&x=1',
    },
  ],
  [{ userAgent: `x ${TOKEN} y` }, { userAgent: 'x REDACTED y' }],
  [
    ['password', 'x'],
    ['password', 'x'],
  ],
])('%j: value, text and SQL agree', async (value, expected) => {
  expect(redact(value)).toEqual(expected);
  expect(redactText(json(value))).toBe(json(expected));
  expect(await redactedBySql(json(value))).toBe(json(expected));
});

test('value and text agree at any depth of JSON within JSON', () => {
  let [value, expected]: unknown[] = [{ password: 'p"\\' }, { password: 'REDACTED' }];
  for (let depth = 0; depth < 4; depth += 1) {
    [value, expected] = [
      { a: json(value), b: 1 },
      { a: json(expected), b: 1 },
    ];
    expect(redact(value)).toEqual(expected);
    expect(redactText(json(value))).toBe(json(expected));
  }
});

test('value, text and SQL agree on any strings', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom('"', '\\', 'a', ',', '}', ':', '\n') }),
      fc.string({ unit: fc.constantFrom('"', '\\', 'b', ']', '{', ' ') }),
      async (secret, other) => {
        const value = {
          o: other,
          body: json({ idToken: secret, p: 1 }),
          sessionToken: secret,
          q: other,
        };
        const expected = {
          o: other,
          body: json({ idToken: 'REDACTED', p: 1 }),
          sessionToken: 'REDACTED',
          q: other,
        };
        expect(redact(value)).toEqual(expected);
        expect(redactText(json(value))).toBe(json(expected));
        expect(await redactedBySql(json(value))).toBe(json(expected));
      },
    ),
    { numRuns: 100, seed: 6 },
  );
});

test.each([
  ['cut off in a secret', '{"sessionToken":"abc', '{"sessionToken":"REDACTED'],
  ['cut off in an escape', '{"sessionToken":"abc\\', '{"sessionToken":"REDACTED'],
  ['cut off within a string', '{"m":"{\\"password\\":\\"abc', '{"m":"{\\"password\\":\\"REDACTED'],
  [
    'an inner string without its end',
    '{"m":"{\\"password\\":\\"abc","x":1}',
    '{"m":"{\\"password\\":\\"REDACTED","x":1}',
  ],
  [
    'a name with escapes',
    '{"\\u0073essionTo\\u006Ben":"abc"}',
    '{"\\u0073essionTo\\u006Ben":"REDACTED"}',
  ],
  [
    'a name with escapes, twice',
    '{\\"\\\\u0073ecretKey\\":\\"abc\\"}',
    '{\\"\\\\u0073ecretKey\\":\\"REDACTED\\"}',
  ],
  ['a prefix with escapes', '{"my\\u005fpassword" : "abc"}', '{"my\\u005fpassword" : "REDACTED"}'],
  ['a damaged colon', '{"password"_"abc","x":1}', '{"password"_"REDACTED","x":1}'],
  ['a damaged quote', '{"password":?abc","x":1}', '{"password":?"REDACTED"","x":1}'],
  ['a damaged name before a token', `{"sess_onToken":"${TOKEN}"}`, '{"sess_onToken":"REDACTED"}'],
  [
    'lines',
    '{"password":"a"}\n{"password":"b"}',
    '{"password":"REDACTED"}\n{"password":"REDACTED"}',
  ],
])('text: %s', (_, text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test('no text takes long', () => {
  const started = performance.now();
  const hostile = ['\\', '"', '"password":"\\', '"password', '[', '{"a":', 'X-Amz-'];
  for (const part of hostile) {
    const text = `"password":"${part.repeat(1_000_000 / part.length)}`;
    redactText(text);
  }
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('what is decoded is redacted, and so is what is set aside', async () => {
  const secret = minimal('a', {
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', sessionToken: 'hunter2' } },
  });
  const { eventTime, ...refused } = secret;
  const content = [secret, refused].map((record) => json(record)).join('\n');
  const decoded = await decode(`${content}\n${json(secret).slice(0, -4)}`);
  expect(decoded).toMatchObject([
    { record: { responseElements: { credentials: { sessionToken: 'REDACTED' } } } },
    { reason: 'no eventTime that can be read' },
    { reason: 'cut off' },
  ]);
  expect(json(decoded)).not.toContain('hunter2');
});

test('secrets that CloudWatch Logs zipped are found when they are unpacked', async () => {
  const message = json(minimal('a', { responseElements: { sessionToken: 'hunter2' } }));
  const data = gzipSync(json({ logEvents: [{ message }] })).toString('base64');
  expect(await decode(json({ awslogs: { data } }))).toMatchObject([
    { record: { eventID: 'a', responseElements: { sessionToken: 'REDACTED' } } },
  ]);
});
