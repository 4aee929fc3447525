import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapBounded } from '../../../ingest/sources/bounded.ts';
import { Cursor, compareEntries, type Entry, merge } from '../../../ingest/sources/merge.ts';

function entry(time: string, uri: string): Entry {
  return { time, object: { uri, bytes: 0, version: '', read: () => Promise.reject(uri) } };
}

test('many ordered runs, in pages of any size and some empty, come out as one', async () => {
  const entries = fc.array(
    fc
      .tuple(fc.constantFrom('1', '2', '3', '~'), fc.string({ maxLength: 2 }))
      .map(([time, uri]) => entry(time, uri)),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(entries, { maxLength: 9 }),
      fc.integer({ min: 1, max: 5 }),
      async (runs, size) => {
        const sorted = runs.map((run) => run.toSorted(compareEntries));
        const opened = await mapBounded(sorted, 3, (run) => Cursor.open(paged(run, size)));
        const merged: string[] = [];
        for await (const { uri } of merge(opened.filter((cursor) => cursor !== null)))
          merged.push(uri);

        expect(merged).toEqual(
          runs
            .flat()
            .sort(compareEntries)
            .map(({ object }) => object.uri),
        );
      },
    ),
  );
});

async function* paged(entries: readonly Entry[], size: number) {
  for (let start = 0; start < entries.length; start += size) {
    yield [];
    yield entries.slice(start, start + size);
  }
}

test('no run is left open when the reader stops', async () => {
  const closed: string[] = [];
  async function* run(name: string) {
    try {
      yield [entry('1', name)];
      yield [entry('2', name)];
    } finally {
      closed.push(name);
    }
  }
  const opened = await Promise.all([Cursor.open(run('a')), Cursor.open(run('b'))]);
  for await (const _object of merge(opened.filter((cursor) => cursor !== null))) break;

  expect(closed).toEqual(['a', 'b']);
});

test('bounded work keeps order, keeps the bound, and stops at a failure', async () => {
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 10 - item));
    running -= 1;
    if (item === 5) throw new Error('five');
    return item * 2;
  };

  expect(await mapBounded([0, 1, 2, 3, 4], 2, work)).toEqual([0, 2, 4, 6, 8]);
  expect(most).toBe(2);
  begun.length = 0;
  await expect(mapBounded([5, 1, 2, 3, 4, 6, 7, 8, 9], 2, work)).rejects.toThrow('five');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun.length).toBeLessThan(5);
});
