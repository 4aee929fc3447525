import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inflate, inflateStream } from '../../../ingest/decode/gunzip.ts';
import { decodeRecords } from '../../../ingest/decode/records.ts';
import { recordsArray } from '../../../ingest/decode/records-array.ts';

const REAL = new URL('../../../fixtures/real', import.meta.url).pathname;
const LIMITS = { maximumBytes: 1 << 30 };

async function idsOf(content: AsyncIterable<Buffer>) {
  const ids: string[] = [];
  const reasons: string[] = [];
  for await (const decoded of decodeRecords(content)) {
    if ('record' in decoded) ids.push(decoded.record.eventID);
    else reasons.push(decoded.reason);
  }
  return { ids, reasons };
}

describe.each([
  ['invictus', 55, 2_900],
  ['stratus', 18, 142],
])('%s', (folder, files, records) => {
  const logs = readdirSync(join(REAL, folder))
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => readFileSync(join(REAL, folder, name)));

  test('is decoded whole, without a dead letter', async () => {
    const all = { ids: [] as string[], reasons: [] as string[] };
    for (const stored of logs) {
      const { ids, reasons } = await idsOf(inflateStream(stored, LIMITS));
      all.ids.push(...ids);
      all.reasons.push(...reasons);
    }
    expect(all.reasons).toEqual([]);
    expect([logs.length, all.ids.length, new Set(all.ids).size]).toEqual([files, records, records]);
  });

  test('cut off anywhere, keeps the records that are whole', async () => {
    for (const stored of logs.slice(0, 10)) {
      const whole = await idsOf(inflateStream(stored, LIMITS));
      const inflating = inflateStream(stored.subarray(0, stored.length >> 1), LIMITS);
      const { ids, reasons } = await idsOf(inflating);

      expect(whole.ids.slice(0, ids.length)).toEqual(ids);
      expect(reasons).toEqual([expect.stringMatching(/^cut off/)]);
      expect(inflating.problem).toBe('the gzip data is cut off');
    }
  });

  test('takes the fast path, which sees the same records', async () => {
    let count = 0;
    for (const stored of logs) {
      const array = recordsArray((await inflate(stored, LIMITS))?.bytes ?? Buffer.alloc(0));
      count += JSON.parse(String(array)).length;
    }
    expect(count).toBe(records);
  });
});
