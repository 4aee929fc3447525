import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/cli.ts';
import { log, objectOf } from '../laws/helpers/corpus.ts';
import {
  type Contents,
  contentsOf,
  freshStore,
  ingestInto,
  reportOf,
} from '../laws/helpers/store.ts';

const folder = temporaryFolder();
const NOT_JSON = '{"eventVersion":"1.08","eventID":}';

function recordOf(eventID: string, more: object = {}): object {
  return {
    eventVersion: '1.08',
    eventTime: '2026-09-01T00:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    eventID,
    ...more,
  };
}

async function stored(...objects: Parameters<typeof ingestInto>[1]): Promise<Contents> {
  const path = freshStore(folder);
  await ingestInto(path, objects);
  return contentsOf(path);
}

/** What of the store these tests are about. */
function summary({ events, dead_letters, objects }: Contents): object {
  return {
    events: events.map((event) => event['event_id']),
    dead: dead_letters.map(({ source_object, position, reason }) => [
      source_object,
      position === null ? null : Number(position),
      reason,
    ]),
    read: objects.map(({ uri, records_read }) => [uri, Number(records_read)]),
  };
}

test('an object keeps the text of its numbers, however many of its batch have to be decoded', async () => {
  const numbers = JSON.stringify(recordOf('n', { requestParameters: { size: 0 } }));
  const exact = numbers.replace('0}', '1.0,"id":12345678901234567890}');
  const damaged = [1, 2, 3, 4, 5].map((index) =>
    objectOf(
      `s3://b/${index}`,
      `{"Records":[${JSON.stringify(recordOf(`d${index}`))},${NOT_JSON}]}`,
    ),
  );
  const { events, dead_letters } = await stored(
    objectOf('s3://a/numbers', `{"Records":[${exact}]}`),
    ...damaged,
  );

  expect(events.at(-1)).toMatchObject({
    event_id: 'n',
    request_parameters: '{"size":1.0,"id":12345678901234567890}',
  });
  expect([events.length, dead_letters.length]).toEqual([6, 5]);
});

test('documents in a row in one object hold just their records', async () => {
  const document = (eventID: string) => JSON.stringify({ Records: [recordOf(eventID)] });
  const contents = await stored(objectOf('s3://a/two', document('x') + document('y')));

  expect(summary(contents)).toEqual({ events: ['x', 'y'], dead: [], read: [['s3://a/two', 2]] });
});

test.each([
  ['an addendum that is text', recordOf('x', { addendum: 'x' })],
  ['an addendum that is a list', recordOf('x', { addendum: [{ reason: 'UPDATED_DATA' }] })],
  ['an identity that is text', recordOf('x', { userIdentity: 'root' })],
  ['half a surrogate pair', recordOf('x', { userAgent: 'a\ud800b' })],
  ['a control character', recordOf('x', { userAgent: 'a\0b', requestParameters: { '\0': '\0' } })],
])('%s does not stop the other records', async (_title, record) => {
  const contents = await stored(log('s3://a/odd', [record, recordOf('y')]).object);

  expect(summary(contents)).toEqual({ events: ['x', 'y'], dead: [], read: [['s3://a/odd', 2]] });
});

test('a dead letter that is cut within a character does not stop the other records', async () => {
  const letters = [0, 1].map((shift) => ({
    eventVersion: '9.9',
    eventID: 'x',
    eventName: 'x'.repeat(shift + 256 * 1024 - 100) + '\u{1f600}'.repeat(100),
  }));
  const contents = await stored(log('s3://a/cut', [...letters, recordOf('y')]).object);
  const reason = 'eventVersion 9.9, where 1.x is known';

  expect(summary(contents)).toEqual({
    events: ['y'],
    dead: [
      ['s3://a/cut', 0, reason],
      ['s3://a/cut', 1, reason],
    ],
    read: [['s3://a/cut', 3]],
  });
});

test.each([
  '0001-01-01T00:00:00.0001Z',
  '1969-12-31T23:59:59.9999Z',
  '9999-12-31T23:59:59.999999Z',
])('an event of %s that comes again is no second one', async (eventTime) => {
  const record = recordOf('x', { eventTime });
  const path = freshStore(folder);
  await ingestInto(path, [log('s3://a/twice', [record, record]).object]);
  await ingestInto(path, [log('s3://a/again', [record]).object]);

  expect(summary(await contentsOf(path))).toEqual({
    events: ['x'],
    dead: [],
    read: [
      ['s3://a/again', 1],
      ['s3://a/twice', 2],
    ],
  });
});

test.each([[null], ['']])('a correction whose own id is %j is a dead letter', async (eventID) => {
  const addendum = { reason: 'UPDATED_DATA', originalEventID: 'y' };
  const correction = recordOf('', { eventID, addendum });
  const contents = await stored(log('s3://a/odd', [correction, recordOf('y')]).object);

  expect(summary(contents)).toEqual({
    events: ['y'],
    dead: [['s3://a/odd', 0, 'no eventID']],
    read: [['s3://a/odd', 2]],
  });
});

test('an empty object is a dead letter, and an object without records is none', async () => {
  const contents = await stored(
    objectOf('s3://a/empty', ''),
    objectOf('s3://a/none', '{"Records":[]}'),
  );

  expect(summary(contents)).toEqual({
    events: [],
    dead: [['s3://a/empty', null, 'empty']],
    read: [
      ['s3://a/empty', 1],
      ['s3://a/none', 0],
    ],
  });
});

test('bytes that are no number count for nothing, and every view can be read', async () => {
  const credentials = { accessKeyId: 'ASIAEXAMPLE' };
  const tags = [
    { key: 'AgentID', value: 'a' },
    { key: 'TaskID', value: 't' },
  ];
  const issue = recordOf('issue', {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/a', tags },
    responseElements: { credentials },
  });
  const reads = ['inf', 'nan', '1e300', 1e300, -1, '1234.0', 7].map((bytes, index) =>
    recordOf(`read-${index}`, {
      userIdentity: { type: 'AssumedRole', ...credentials },
      additionalEventData: { bytesTransferredOut: bytes },
    }),
  );
  const path = freshStore(folder);
  await ingestInto(path, [log('s3://a/bytes', [issue, ...reads]).object]);
  await reportOf(path);

  expect((await contentsOf(path)).task_actions).toMatchObject([
    { action: 's3:GetObject', event_count: '7', bytes_out: '1240' },
  ]);
});
