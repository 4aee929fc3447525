import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/cli.ts';
import { type Counted, log, objectOf } from './helpers/corpus.ts';
import { type Contents, contentsOf, freshStore, ingestInto } from './helpers/store.ts';

const folder = temporaryFolder();

/** Few ids, so that nearly every record meets others of its event and of its call. */
const rival = fc.record({
  eventID: fc.constantFrom('a', 'b', 'c', 'd'),
  corrects: fc.constantFrom(null, null, null, 'a', 'b'),
  shared: fc.constantFrom(null, 's', 's', 't'),
  hasKey: fc.boolean(),
  userAgent: fc.constantFrom('one', 'two'),
});
type Rival = typeof rival extends fc.Arbitrary<infer Value> ? Value : never;

const deliveries = fc
  .array(fc.record({ rivals: fc.array(rival, { maxLength: 4 }), isEnvelope: fc.boolean() }), {
    minLength: 2,
    maxLength: 4,
  })
  .chain((objects) =>
    fc.record({
      objects: fc.constant(objects),
      order: fc.shuffledSubarray([...objects.keys()], { minLength: objects.length }),
      isOneRun: fc.boolean(),
    }),
  );

function recordOf({ eventID, corrects, shared, hasKey, userAgent }: Rival): object {
  return {
    eventVersion: '1.08',
    userIdentity: hasKey
      ? { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/x', accessKeyId: 'AKIAEXAMPLE' }
      : { type: 'AWSAccount', accountId: '444455556666' },
    eventTime: '2026-09-01T00:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    userAgent,
    requestParameters: null,
    eventID: corrects === null ? eventID : `${eventID}-corrects`,
    ...(shared === null ? {} : { sharedEventID: shared }),
    ...(corrects === null
      ? {}
      : { addendum: { reason: 'UPDATED_DATA', originalEventID: corrects } }),
  };
}

function objectsOf(
  objects: readonly { rivals: readonly Rival[]; isEnvelope: boolean }[],
): Counted[] {
  return objects.map(({ rivals, isEnvelope }, index) => {
    const records = rivals.map(recordOf);
    const uri = `s3://trail/${index}`;
    if (!isEnvelope || records.length === 0) return log(uri, records);
    const lines = records.map((detail) => JSON.stringify({ source: 'aws.sts', detail }));
    return { object: objectOf(uri, lines.join('\n')), records: records.length };
  });
}

async function storeOf(runs: readonly (readonly Counted[])[]): Promise<Contents> {
  const path = freshStore(folder);
  for (const run of runs) {
    await ingestInto(
      path,
      run.map(({ object }) => object),
    );
  }
  return contentsOf(path);
}

test('records that contend for one event or one call are settled alike in whatever order they come', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ objects, order, isOneRun }) => {
      const counted = objectsOf(objects);
      const mixed = order.map((index) => counted[index] as Counted);
      const contents = await storeOf([counted]);

      expect(await storeOf(isOneRun ? [mixed] : mixed.map((one) => [one]))).toEqual(contents);
      expect(
        broken(
          contents,
          objects.flatMap(({ rivals }) => rivals),
        ),
      ).toEqual({
        eventsShownTwice: [],
        callsShownTwice: [],
        missing: [],
      });
    }),
    { seed: 3, numRuns: 20, endOnFailure: true },
  );
}, 120_000);

/** What holds whichever of several records is kept: each event and each call is shown, and shown once. */
function broken({ events }: Contents, rivals: readonly Rival[]): object {
  const shown = events.map((event) => event['event_id']);
  const calls = events.map((event) => event['shared_event_id']).filter((call) => call !== null);
  // Events of which all records say the same about the call: so does the one that is kept.
  const sure = rivals.flatMap((one) => {
    const ofEvent = rivals.filter((other) => eventOf(other) === eventOf(one));
    return ofEvent.every(({ shared }) => shared === one.shared) ? [one] : [];
  });
  return {
    eventsShownTwice: shown.filter((id, place) => shown.indexOf(id) !== place),
    callsShownTwice: calls.filter((call, place) => calls.indexOf(call) !== place),
    missing: sure.filter((one) =>
      one.shared === null ? !shown.includes(eventOf(one)) : !calls.includes(one.shared),
    ),
  };
}

function eventOf({ eventID, corrects }: Rival): string {
  return corrects ?? eventID;
}
