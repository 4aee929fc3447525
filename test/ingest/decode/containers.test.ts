import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { minimal, outline } from './helpers/decode.ts';

const a = minimal('a', { requestParameters: { list: [{ x: '},{"' }, { y: 'é"\\' }] } });
const b = minimal('b');
const json = JSON.stringify;
const logEvents = [a, b].map((record, id) => ({
  id: `${id}`,
  timestamp: 1,
  message: json(record),
}));
const lookup = (record: object) => ({
  EventId: 'x',
  EventName: 'GetCallerIdentity',
  ReadOnly: 'true',
  EventTime: 1_793_527_200,
  CloudTrailEvent: json(record),
});
const envelope = (detail: object) => ({
  version: '0',
  id: 'i',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.sts',
  resources: [],
  detail,
});
const awslogs = (content: object) => ({
  awslogs: { data: gzipSync(json(content)).toString('base64') },
});

describe('two records are found in', () => {
  test.each<[string, string]>([
    ['a CloudTrail file', json({ Records: [a, b] })],
    ['a CloudTrail file printed at length', `${JSON.stringify({ Records: [a, b] }, null, 2)}\n`],
    [
      'a file with a byte order mark and CRLF',
      `\ufeff{"Records":[\r\n${json(a)},\r\n${json(b)}]}\r\n`,
    ],
    ['a file with other members', json({ x: [1], Records: [a, b], y: { Records: [] } })],
    ['a list', json([a, b])],
    ['a list printed at length', JSON.stringify([a, b], null, 4)],
    ['lines', `${json(a)}\n\n${json(b)}\n`],
    ['lines with CRLF and no last newline', `${json(a)}\r\n${json(b)}`],
    ['documents in a row', json(a) + json(b)],
    ['documents printed at length', `${JSON.stringify(a, null, 2)}\n${JSON.stringify(b, null, 2)}`],
    ['files in a row', json({ Records: [a] }) + json({ Records: [] }) + json({ Records: [b] })],
    ['a list of files', json([{ Records: [a] }, { Records: [b] }])],
    ['EventBridge envelopes', `${json(envelope(a))}\n${json(envelope(b))}`],
    ['a list of EventBridge envelopes', json([envelope(a), envelope(b)])],
    ['LookupEvents output', json({ Events: [lookup(a), lookup(b)], NextToken: 't' })],
    ['LookupEvents lines', `${json(lookup(a))}\n${json(lookup(b))}\n`],
    [
      'CloudWatch Logs subscription payloads',
      json({ messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logEvents }),
    ],
    [
      'CloudWatch Logs payloads in a row, as Firehose writes them',
      logEvents.map((event) => json({ messageType: 'DATA_MESSAGE', logEvents: [event] })).join(''),
    ],
    [
      'a Lambda payload of CloudWatch Logs',
      json(awslogs({ messageType: 'DATA_MESSAGE', logEvents })),
    ],
    [
      'log exports with a prefix',
      `1_CloudTrail_r 2026-11-01T10:00:00Z ${json(a)}\ng s ${json(b)}\n`,
    ],
    ['JSON text in `message`', `${json({ message: json(a) })}\n${json({ message: json(b) })}`],
    ['JSON text in `input.message`', json([a, b].map((r) => ({ input: { message: json(r) } })))],
    [
      'SQS messages of a Lambda event',
      json({
        Records: [a, b].map((r) => ({
          messageId: 'm',
          eventSource: 'aws:sqs',
          body: json(envelope(r)),
        })),
      }),
    ],
    [
      'an SNS notification of a file',
      json({ Type: 'Notification', Message: json({ Records: [a, b] }) }),
    ],
    ['JSON strings', `${json(json(a))}\n${json(json(b))}`],
    ['a list of another name', json({ took: 1, hits: [a, b] })],
    ['search hits', json({ _source: { Records: [a, b] } })],
    ['a mixture', `${json([a])}\n${json(envelope(b))}`],
    ['a file padded with zeros', `${json({ Records: [a, b] })}\0\0\0`],
  ])('%s', async (_, content) => {
    expect(await outline(content)).toEqual(['a', 'b']);
    expect(await outline(content, { pieceBytes: 1 })).toEqual(['a', 'b']);
  });

  test('one record alone', async () => {
    expect(await outline(json(a))).toEqual(['a']);
  });
});

describe('nothing, and no error, comes of', () => {
  test.each([
    '',
    '{}',
    '[]',
    '\n\n',
    '\ufeff',
    ' { } \n',
    '{"Records":[]}',
    '{"Records":[]}{"Records":[]}\n',
    '{"Events":[]}',
    '{"messageType":"DATA_MESSAGE","logEvents":[]}',
    '{"messageType":"CONTROL_MESSAGE","logEvents":[{"id":"","message":"CWL CONTROL MESSAGE: Checking health of destination."}]}',
  ])('%j', async (content) => {
    expect(await outline(content)).toEqual([]);
  });
});

describe('an object of another kind is set aside once, by what it looks like', () => {
  const s3Event = (key: string) => ({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    s3: { object: { key } },
  });
  test.each<[string | Buffer, string]>([
    [json({ awsAccountId: '1', digestS3Object: 'k', logFiles: [] }), 'a digest file'],
    [json({ Records: [s3Event('k')] }), 'an S3 event notification'],
    [json({ Records: [s3Event('k'), s3Event('l')] }), 'an S3 event notification; 2 values like it'],
    [json({ s3Bucket: 'b', s3ObjectKey: ['k'] }), 'a notification of new log files'],
    [json({ Service: 'Amazon S3', Event: 's3:TestEvent' }), "Amazon S3's test message"],
    [json(envelope({ bucket: { name: 'b' } })), 'an EventBridge event of another kind'],
    ['{"Records":[{}]}', 'an empty object'],
    ['{"Records":null}', 'an object with Records'],
    ['[1]', 'a number'],
    ['[[1]]', 'a list within a list'],
    ['[null,true]', 'null; 2 values like it'],
    ['"text"', 'a string'],
    [
      json({ a: 1, b: 2, '<script>': 3, c: 4, d: 5, e: 6, f: 7 }),
      'an object with a, b, c, d, e, …',
    ],
    [json({ awslogs: { data: '!' } }), 'a CloudWatch Logs payload that cannot be unpacked'],
    ['2 123 eni-1 10.0.0.1 ACCEPT OK\n2 124 eni-1 REJECT OK\n', 'text that is not JSON'],
    ['Records:\n- eventID: a\n', 'text that is not JSON'],
    ['<html></html>', 'XML or HTML'],
    [Buffer.from('\ufeff{"Records":[]}', 'utf16le'), 'UTF-16 text; UTF-8 is read'],
    [gzipSync('{}'), 'gzip within gzip'],
    [Buffer.from('PAR1\u0015'), 'a Parquet file'],
  ])('%j', async (content, kind) => {
    expect(await outline(content)).toEqual([`(no CloudTrail record: ${kind})`]);
  });

  test('but value by value where there are records beside it', async () => {
    const content = `{"x":1}\n${json(a)}\n{"y":2}\n`;
    expect(await outline(content)).toEqual([
      '(no CloudTrail record: an object with x)',
      'a',
      '(no CloudTrail record: an object with y)',
    ]);
  });

  test('and counted where there are very many before the first record', async () => {
    const content = `${'{"x":1}\n'.repeat(150)}${json(a)}`;
    const result = await outline(content);
    expect(result.slice(99)).toEqual([
      '(no CloudTrail record: an object with x)',
      '(no CloudTrail record: 50 more values before the first record)',
      '150: a',
    ]);
  });
});
