import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inflate, inflateStream } from '../../../ingest/decode/gunzip.ts';
import { decodeRecords } from '../../../ingest/decode/records.ts';
import { recordsArray } from '../../../ingest/decode/records-array.ts';

const REAL = new URL('../../../fixtures/real', import.meta.url).pathname;
const LIMITS = { maximumBytes: 1 << 30 };

describe.each([
  ['invictus', 55, 2_900],
  ['stratus', 18, 142],
])('%s', (folder, files, records) => {
  const logs = readdirSync(join(REAL, folder))
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => readFileSync(join(REAL, folder, name)));

  test('is decoded whole, without a dead letter', async () => {
    const counts = { files: 0, records: 0, reasons: [] as string[], ids: new Set<string>() };
    for (const stored of logs) {
      counts.files += 1;
      for await (const decoded of decodeRecords(inflateStream(stored, LIMITS))) {
        if ('record' in decoded) {
          counts.records += 1;
          counts.ids.add(decoded.record.eventID);
        } else {
          counts.reasons.push(decoded.reason);
        }
      }
    }
    const ids = counts.ids.size;
    expect({ ...counts, ids }).toEqual({ files, records, reasons: [], ids: records });
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
