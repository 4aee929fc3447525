import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SUBJECT_COLUMNS } from '../../detect/detector.ts';
import { DETECTORS } from '../../detect/registry.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';

test('every detector folder is registered, once, under its own name', async () => {
  const entries = await readdir('detect', { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(DETECTORS.map(({ id }) => id)).toEqual(folders.sort());
});

describe.each(DETECTORS)('$id', (detector) => {
  const { id, sql, availability, columns, defaults } = detector;
  const statements = availability ? [sql, availability] : [sql];

  test('binds against the store and returns the columns it declares', async () => {
    const described = await withStore({}, (store) => store.describe(sql));
    expect(described).toEqual({ ...SUBJECT_COLUMNS, ...columns });
  });

  test('states its grain, what it reads and what it misses, and ends in an order', () => {
    for (const { text } of statements) {
      expect(text).toMatch(
        /^-- Grain: {2}.+\n(-- {9}.+\n)*-- Reads: {2}.+\n(-- {9}.+\n)*-- Misses: .+\n/,
      );
      expect(text).toMatch(/\norder by [\w., ]+\n$/);
    }
  });

  test('has a default for every parameter of its queries, and no other', () => {
    const named = statements.flatMap(({ text }) => text.match(/(?<=\$)\w+/g) ?? []);
    expect(new Set(Object.keys(defaults))).toEqual(new Set(named));
  });

  test('finds the same whatever the order, the files and the repetitions of the records', async () => {
    const folder = `fixtures/detect/${id}`;
    const config = await readFile(`${folder}/agenttrail.yaml`, 'utf8');
    const logs = [`${folder}/*.ndjson`];
    const asWritten = await withStore({ logs, config }, (store) => runDetector(store, detector));
    const shuffled = await withShuffled(folder, (paths) =>
      withStore({ logs: paths, config }, (store) => runDetector(store, detector)),
    );

    expect(shuffled).toEqual(asWritten);
    expect(asWritten.findings.length).toBeGreaterThan(0);
    const ids = asWritten.findings.map((finding) => finding.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** The fixture's records in two files: last first and in full, then every third once more. */
async function withShuffled<Result>(
  folder: string,
  work: (paths: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ndjson'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const records = texts.flatMap((text) => text.trimEnd().split('\n'));
  const target = await mkdtemp(join(tmpdir(), 'agenttrail-'));
  try {
    const paths = [join(target, 'a.ndjson'), join(target, 'b.ndjson')] as const;
    await writeFile(paths[0], records.filter((_, index) => index % 3 === 0).join('\n'));
    await writeFile(paths[1], records.toReversed().join('\n'));
    return await work(paths);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}
