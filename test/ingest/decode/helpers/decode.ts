import { type Decoded, decodeRecords } from '../../../../ingest/decode/records.ts';
import type { SplitLimits } from '../../../../ingest/decode/splitter.ts';

/** The least that makes a record. */
export function minimal(eventID: string, more: object = {}): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    eventTime: '2026-11-01T10:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    eventID,
    ...more,
  };
}

export async function decode(
  content: string | Buffer,
  { pieceBytes = 1 << 20, limits }: { pieceBytes?: number; limits?: SplitLimits } = {},
): Promise<Decoded[]> {
  const bytes = Buffer.from(content);
  const source = (async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      yield bytes.subarray(at, at + pieceBytes);
    }
  })();
  const decoded: Decoded[] = [];
  for await (const item of decodeRecords(source, limits)) decoded.push(item);
  return decoded;
}

/** Event ids and, for what was set aside, reasons, in order. */
export async function outline(...args: Parameters<typeof decode>): Promise<string[]> {
  return (await decode(...args)).map((item, index) => {
    const isNumbered = item.position === index;
    const text = 'record' in item ? item.record.eventID : `(${item.reason})`;
    return isNumbered ? text : `${item.position}: ${text}`;
  });
}
