import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/cli.ts';
import { type Counted, corpus } from './helpers/corpus.ts';
import { type Contents, contentsOf, freshStore, ingestInto, reportOf } from './helpers/store.ts';

const folder = temporaryFolder();
let all: Counted[];
let expected: { report: string; contents: Contents };

beforeAll(async () => {
  all = corpus();
  const path = freshStore(folder);
  await ingestInto(
    path,
    all.map(({ object }) => object),
  );
  expected = { report: await reportOf(path), contents: await contentsOf(path) };
});

/** Every object in one of several runs, in any order, and some of them again and again. */
const delivery = (count: number) =>
  fc.record({
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => index),
      { minLength: count },
    ),
    again: fc.array(fc.nat(count - 1), { maxLength: 10 }),
    runs: fc.array(fc.nat(3), { minLength: count + 10, maxLength: count + 10 }),
    batchObjects: fc.constantFrom(7, 20, 100),
    /** Whether a run is followed by `detect`. */
    detects: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  });

test('any order, partition and repetition of the objects ends in the same store and report', async () => {
  await fc.assert(
    fc.asyncProperty(
      delivery(all.length),
      async ({ order, again, runs, batchObjects, detects }) => {
        const path = freshStore(folder);
        const objects = [...order, ...again].map((index) => all[index]?.object);
        for (const run of [0, 1, 2, 3]) {
          const own = objects.filter((object, place) => object && runs[place] === run);
          await ingestInto(path, own as Counted['object'][], batchObjects);
          if (detects[run]) await reportOf(path);
        }
        expect(await reportOf(path)).toBe(expected.report);
        expect(await contentsOf(path)).toEqual(expected.contents);
      },
    ),
    { seed: 1, numRuns: 6, endOnFailure: true },
  );
}, 180_000);

test('the corpus holds what the law is about', () => {
  const { contents } = expected;
  expect(contents.tasks.length).toBeGreaterThan(20);
  expect(contents.delegations.length).toBeGreaterThan(5);
  expect(contents.dead_letters.length).toBeGreaterThan(5);
});
