import { beforeAll, expect, test } from 'vitest';
import { Store } from '../../store/store.ts';
import { temporaryFolder } from '../helpers/cli.ts';
import { type Counted, corpus, log } from './helpers/corpus.ts';
import { freshStore, ingestInto } from './helpers/store.ts';

const folder = temporaryFolder();
let all: Counted[];

beforeAll(() => {
  all = corpus();
});

interface Entry {
  uri: string;
  version: string;
  read: number;
  stored: number;
  duplicates: number;
  dead: number;
}

async function ledgerOf(path: string): Promise<{ entries: Entry[]; events: number }> {
  const store = await Store.openToRead(path);
  try {
    const rows = await store.rows({
      name: 'objects',
      text: 'select uri, version, records_read, events_stored, duplicates, dead_letters from objects',
    });
    const [count] = await store.rows({ name: 'events', text: 'select count(*) as n from events' });
    const entries = rows.map((row) => ({
      uri: String(row['uri']),
      version: String(row['version']),
      read: Number(row['records_read']),
      stored: Number(row['events_stored']),
      duplicates: Number(row['duplicates']),
      dead: Number(row['dead_letters']),
    }));
    return { entries, events: Number(count?.['n']) };
  } finally {
    store.close();
  }
}

/** What does not add up, in words; nothing where the law holds. */
async function discrepancies(path: string, ingested: readonly Counted[]): Promise<string[]> {
  const { entries, events } = await ledgerOf(path);
  const wrong: string[] = [];
  const expected = new Map(ingested.map(({ object, records }) => [keyOf(object), records]));
  for (const entry of entries) {
    const { uri, read, stored, duplicates, dead } = entry;
    const counted = expected.get(keyOf(entry));
    expected.delete(keyOf(entry));
    if (read !== stored + duplicates + dead) wrong.push(`${uri}: ${read} is not the sum`);
    if (read !== counted) wrong.push(`${uri}: ${read} read, ${counted} counted`);
  }
  for (const key of expected.keys()) wrong.push(`${key}: not in the ledger`);
  const stored = entries.reduce((sum, entry) => sum + entry.stored, 0);
  if (stored !== events) wrong.push(`${stored} events in the ledger, ${events} in the view`);
  return wrong;
}

function keyOf({ uri, version }: { uri: string; version: string }): string {
  return `${uri} ${version}`;
}

test('every record of every object is an event, a duplicate or a dead letter, after each run', async () => {
  const path = freshStore(folder);
  const halves = [0, 1].map((half) => all.filter((_, index) => index % 2 === half));
  const done: Counted[] = [];
  for (const half of [...halves].reverse()) {
    await ingestInto(
      path,
      half.map(({ object }) => object),
    );
    done.push(...half);
    expect(await discrepancies(path, done)).toEqual([]);
  }
});

test('an object that was rewritten is an object of its own, and its events are no new ones', async () => {
  const path = freshStore(folder);

  const nameless = { eventVersion: '1.08', eventName: 'GetCallerIdentity' };
  const whole = log('s3://trail/again.json.gz', [nameless, { ...event, eventID: 'one' }]);
  const again = log(
    's3://trail/again.json.gz',
    [nameless, { ...event, eventID: 'one' }, { ...event, eventID: 'two' }],
    '2',
  );
  for (const { object } of [whole, again, whole]) await ingestInto(path, [object]);

  expect(await discrepancies(path, [whole, again])).toEqual([]);
  expect((await ledgerOf(path)).entries.map(({ read, dead }) => [read, dead])).toEqual([
    [2, 1],
    [3, 1],
  ]);
});

test('what a run says it did is what the ledger says', async () => {
  const path = freshStore(folder);
  const objects = all.map(({ object }) => object);
  const { records, events, duplicates, deadLetters, knownObjects } = await ingestInto(
    path,
    objects,
  );
  const { entries } = await ledgerOf(path);
  const sum = (name: 'read' | 'stored' | 'duplicates' | 'dead') =>
    entries.reduce((total, entry) => total + entry[name], 0);

  expect({ records, events, duplicates, deadLetters, knownObjects }).toEqual({
    records: sum('read'),
    events: sum('stored'),
    duplicates: sum('duplicates'),
    deadLetters: sum('dead'),
    knownObjects: 0,
  });
  expect(await ingestInto(path, objects)).toMatchObject({
    objects: 0,
    knownObjects: objects.length,
    records: 0,
  });
});

const event = {
  eventVersion: '1.08',
  eventTime: '2026-09-01T00:00:00Z',
  eventSource: 'sts.amazonaws.com',
  eventName: 'GetCallerIdentity',
};
