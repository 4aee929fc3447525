import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../version.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What each part may import besides itself: the way of the data, in one direction. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  store: [],
  config: ['store'],
  ingest: ['store'],
  graph: ['store', 'config'],
  detect: ['store', 'config', 'graph'],
  report: ['store', 'detect/finding.ts'],
  readers: ['store', 'config', 'detect', 'report'],
  fixtures: [],
  commands: ['store', 'config', 'ingest', 'graph', 'detect', 'readers', 'report', 'fixtures'],
  'version.ts': [],
  'program.ts': ['store', 'commands', 'version.ts'],
  'cli.ts': ['program.ts'],
};

/** Files besides cli.ts that touch the process, and why they may. */
const TOUCH_THE_PROCESS: Readonly<Record<string, string>> = {
  'ingest/sources/index.ts': 'relative paths and stdin, where the caller names none',
  'ingest/sources/s3-bucket.ts': "AWS's own variables, where the SDK leaves them to its caller",
};

interface Source {
  /** From the root on, with `/`. */
  readonly path: string;
  readonly part: string;
  /** Without its comments. */
  readonly code: string;
}

const sources: readonly Source[] = Object.keys(MAY_IMPORT).flatMap((part) =>
  filesOf(part, '.ts').map((path) => ({ path, part, code: codeOf(path) })),
);
const queries = Object.keys(MAY_IMPORT).flatMap((part) => filesOf(part, '.sql'));

function filesOf(part: string, ending: string): string[] {
  if (part.endsWith('.ts')) return part.endsWith(ending) ? [part] : [];
  return readdirSync(join(ROOT, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .sort();
}

function codeOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

/** Files of the project that a file imports, at once or when they are needed, types too. */
function importsOf({ path, code }: Source): string[] {
  const specifiers = code.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, specifier = '']) => join(dirname(path), specifier));
}

function isAllowed(part: string, target: string): boolean {
  return [part, ...(MAY_IMPORT[part] ?? [])].some(
    (allowed) => target === allowed || target.startsWith(`${allowed}/`),
  );
}

test('every folder of code has its place in the order of imports', () => {
  const others = new Set(['test', 'tools', 'bench', 'dist', 'node_modules', 'docs']);
  const parts = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) => {
    const isCode = entry.isDirectory()
      ? !entry.name.startsWith('.') && !others.has(entry.name)
      : entry.name.endsWith('.ts') && !entry.name.endsWith('.config.ts');
    return isCode ? [entry.name] : [];
  });

  expect(parts.sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('imports point one way', () => {
  const imports = sources.flatMap((source) =>
    importsOf(source).map((target) => ({ from: source.path, part: source.part, target })),
  );

  expect(imports.length).toBeGreaterThan(300);
  expect(imports.filter(({ part, target }) => !isAllowed(part, target))).toEqual([]);
  expect(imports.filter(({ target }) => !existsSync(join(ROOT, target)))).toEqual([]);
});

test('only cli.ts touches the process, and those that say why', () => {
  const touching = sources.filter(({ code }) =>
    /\bprocess\s*[.[]|\bglobalThis\b|'(?:node:)?process'/.test(code),
  );

  expect(touching.map(({ path }) => path).sort()).toEqual(
    ['cli.ts', ...Object.keys(TOUCH_THE_PROCESS)].sort(),
  );
});

test('nothing is exported by default', () => {
  const exporting = sources.filter(({ code }) => /\bexport\s+default\b|\bas default\b/.test(code));

  expect(exporting.map(({ path }) => path)).toEqual([]);
});

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  expect(VERSION).toBe(version);
});

describe('every SQL file', () => {
  test('is loaded by the TypeScript beside or above it', () => {
    const unused = queries.filter((path) => {
      const folder = dirname(path);
      const name = basename(path, '.sql');
      const loads = new RegExp(`['"\`/]${name}(?:\\.sql)?['"\`]`);
      return !sources.some(
        (source) =>
          [folder, dirname(folder)].includes(dirname(source.path)) && loads.test(source.code),
      );
    });

    expect(queries.length).toBeGreaterThan(50);
    expect(unused).toEqual([]);
  });

  test('is built into dist', () => {
    expect(queries.filter((path) => !existsSync(join(ROOT, 'dist', path)))).toEqual([]);
  });
});
