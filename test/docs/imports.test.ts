import { readdirSync, readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';

/** What the table of docs/architecture.md lets each folder import, by the order of its rows. */
function folders(): string[] {
  const text = readFileSync('docs/architecture.md', 'utf8');
  return [...text.matchAll(/^\| `([a-z]+)\/` \|/gm)].map(([, folder = '']) => folder);
}

/** Other folders that the files of one import from. */
function importsOf(folder: string): Set<string> {
  const files = globSync(`${folder}/**/*.ts`);
  const found = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(?:\.\.\/)+([a-z]+)\//g),
  ]);
  const top = new Set(readdirSync('.'));
  return new Set(found.map(([, name = '']) => name).filter((name) => top.has(name)));
}

test('no folder imports one that stands below it in docs/architecture.md', () => {
  const all = folders();
  const backwards = all.flatMap((folder, index) =>
    [...importsOf(folder)]
      .filter((name) => all.indexOf(name) > index)
      .map((name) => `${folder} -> ${name}`),
  );

  expect(backwards).toEqual([]);
  expect(all).toEqual([
    'store',
    'config',
    'ingest',
    'graph',
    'detect',
    'report',
    'readers',
    'commands',
  ]);
});
