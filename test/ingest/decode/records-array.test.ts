import { expect, test } from 'vitest';
import { recordsArray } from '../../../ingest/decode/records-array.ts';

test.each([
  ['{"Records":[{"a":1}]}', '[{"a":1}]'],
  ['\ufeff {\r\n"Records" : [ ] }\n', '[ ]'],
  ['{"Records":[]}', '[]'],
  // The parser that follows refuses this.
  ['{"Records":[1],"x":[2]}', '[1],"x":[2]'],
  ['{"Records":[{}],"x":1}', null],
  ['{"x":1,"Records":[]}', null],
  ['{"records":[]}', null],
  ['{"Records":]}', null],
  ['{"Records":[}', null],
  ['{"Records":{}}', null],
  ['[{"a":1}]', null],
  ['{"Records":[{"a":1}', null],
  ['{}', null],
  ['', null],
])('%j is cut to %j', (text, array) => {
  expect(recordsArray(Buffer.from(text))?.toString() ?? null).toBe(array);
});

test('the array is not a copy', () => {
  const bytes = Buffer.from('{"Records":[1]}');
  expect(recordsArray(bytes)?.buffer).toBe(bytes.buffer);
});
