import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Package {
  license: string;
  dependencies?: Readonly<Record<string, string>>;
  devDependencies?: Readonly<Record<string, string>>;
}

async function packageAt(path: string): Promise<Package> {
  return JSON.parse(await read(path));
}

test('every dependency has its line, with the version that is pinned and the licence it states', async () => {
  const { dependencies, devDependencies } = await packageAt('package.json');
  const text = await read('docs/decisions/0006-dependencies.md');
  const rows = text.matchAll(/^\| ([@\w/-]+) \| ([\w.-]+) \| [\d-]* \| ([^|]+) \|/gm);
  const documented = [...rows].map(([, name, version, licence]) => ({ name, version, licence }));

  const installed = await Promise.all(
    Object.entries({ ...dependencies, ...devDependencies }).map(async ([name, version]) => {
      const { license } = await packageAt(`node_modules/${name}/package.json`);
      return { name, version, licence: license.replace(' OR ', ' or ') };
    }),
  );
  const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
    String(a.name) < String(b.name) ? -1 : 1;
  expect(documented.sort(byName)).toEqual(installed.sort(byName));
});
