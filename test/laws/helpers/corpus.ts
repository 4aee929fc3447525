import { constants, gunzipSync, gzipSync } from 'node:zlib';
import type { CloudTrailRecord } from '../../../fixtures/fleet/record.ts';
import type { LogObject } from '../../../ingest/source.ts';
import { fleetOf } from '../../fixtures/fleet/helpers.ts';

/** An object, and how many records this file's own counting finds in it, whole ones and others. */
export interface Counted {
  readonly object: LogObject;
  readonly records: number;
}

export function objectOf(uri: string, body: string | Buffer, version = '1'): LogObject {
  const bytes = Buffer.from(body);
  return { uri, version, bytes: bytes.length, read: () => Promise.resolve(bytes) };
}

/** As CloudTrail writes it. */
export function log(uri: string, records: readonly object[], version?: string): Counted {
  const body = gzipSync(JSON.stringify({ Records: records }), { level: 1 });
  return { object: objectOf(uri, body, version), records: records.length };
}

/** A small fleet's logs, and beside them all that makes the order in which objects come matter. */
export function corpus(): Counted[] {
  const { files, records } = fleetOf({ seed: 11, days: 2, events: 1_500, recordsPerFile: 400 });
  const shared = records.filter(({ sharedEventID }) => sharedEventID !== undefined).slice(0, 12);
  const issues = records.filter(({ eventName }) => eventName === 'AssumeRole').slice(0, 10);
  const some = records.filter((_, index) => index % 40 === 0);
  const first = files[0]?.records ?? [];
  return [
    ...files.map(({ key, records: own }) => log(`s3://trail/${key}`, own)),
    log('s3://copy/renamed.json.gz', first),
    log('s3://twice/one-object.json.gz', [...some, ...some]),
    log('s3://twice/cross-account.json.gz', [...shared, ...shared.slice(0, 6)]),
    ...corrections([...shared.slice(0, 4), ...issues.slice(0, 3), ...some.slice(0, 3)]),
    eventBridge('s3://bus/envelopes.ndjson', [...issues, ...shared, ...some]),
    ...issues.slice(0, 6).map(damaged),
    cutOff('s3://cut/lines.json.gz', some),
    { object: objectOf('s3://other/page.json.gz', '<html>not a log</html>'), records: 1 },
    { object: objectOf('s3://other/empty.json.gz', ''), records: 1 },
    { object: objectOf('s3://other/none.json.gz', '{"Records":[]}'), records: 0 },
  ];
}

/** Corrections in objects of their own: some twice, some that no longer say that the call was shared. */
function corrections(events: readonly CloudTrailRecord[]): Counted[] {
  const corrected = events.flatMap((event, index) => {
    const { sharedEventID, ...rest } = event;
    const kept = sharedEventID === undefined || index % 2 === 0 ? {} : { sharedEventID };
    return [1, 2].slice(index % 2).map((revision) => ({
      ...rest,
      ...kept,
      eventID: `correction-${index}-${revision}`,
      userAgent: `corrected ${revision}`,
      addendum: { reason: 'UPDATED_DATA', originalEventID: event.eventID },
    }));
  });
  const middle = Math.ceil(corrected.length / 2);
  return [
    log('s3://corrections/a.json.gz', corrected.slice(0, middle)),
    log('s3://corrections/b.json.gz', corrected.slice(middle - 2)),
  ];
}

function eventBridge(uri: string, events: readonly CloudTrailRecord[]): Counted {
  const lines = events.map((detail) =>
    JSON.stringify({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail }),
  );
  return { object: objectOf(uri, `${lines.join('\r\n')}\r\n`), records: events.length };
}

/** A record that is no JSON beside one whose numbers JavaScript cannot write as they were. */
function damaged(event: CloudTrailRecord, index: number): Counted {
  const { sharedEventID: _, ...rest } = event;
  const numbers = JSON.stringify({ ...rest, eventID: `numbers-${index}` }).replace(
    '"requestParameters":{',
    '"requestParameters":{"size":1.0,"id":12345678901234567890,',
  );
  const uri = `s3://damaged/${index}.json`;
  // The first ones have nothing wrong with them.
  const others = index < 2 ? [] : [`{"eventVersion":"1.08","eventID":}`];
  const body = `{"Records":[${[numbers, ...others].join(',')}]}`;
  return { object: objectOf(uri, body), records: 1 + others.length };
}

/** What zlib makes of it is counted here by lines; the object itself counts as one more. */
function cutOff(uri: string, events: readonly CloudTrailRecord[]): Counted {
  const lines = events.map((event, index) =>
    JSON.stringify({ ...event, eventID: `cut-${event.eventID}-${index}` }),
  );
  const whole = gzipSync(lines.join('\n'));
  const cut = whole.subarray(0, Math.floor(whole.length / 2));
  const text = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  const rest = text.slice(text.lastIndexOf('\n') + 1);
  const records = text.split('\n').length - 1 + (rest === '' ? 0 : 1);
  return { object: objectOf(uri, cut), records: records + 1 };
}
