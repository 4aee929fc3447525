import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { DETECTORS } from '../../detect/registry.ts';
import { blocks, DOCUMENTS, prose, words } from './helpers/documents.ts';
import { run } from './helpers/run.ts';

const README = readFileSync('README.md', 'utf8');

/** By name, each command's help; `''` is the program's own. */
async function helps(): Promise<Map<string, string>> {
  const { output } = await run(['--help']);
  const names = [...output.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
  const all = new Map([['', output]]);
  for (const name of names) all.set(name, (await run([name, '--help'])).output);
  return all;
}

/** Every command line of `agenttrail` in code, in blocks and in prose. */
function quotedCommands(): { document: string; args: string[] }[] {
  const spans = DOCUMENTS.flatMap((document) =>
    [...prose(document).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => ({ document, code })),
  );
  const lines = blocks('sh', 'console').flatMap(({ document, lines }) =>
    lines.map((code) => ({ document, code })),
  );
  return [...spans, ...lines].flatMap(({ document, code }) =>
    [...code.matchAll(/(?:^|[|$;] +|&& +)(?:agenttrail|node dist\/cli\.js)(?= |$)(.*)/g)].map(
      ([, rest = '']) => ({ document, args: words(rest) }),
    ),
  );
}

test('the two commands are on the first screen', () => {
  const screen = README.split('\n').slice(0, 25).join('\n');

  expect(screen).toContain('npm ci && npm run demo');
  expect(screen).toContain('npm ci && npm test');
});

test('every quoted command exists and has the options quoted with it', async () => {
  const help = await helps();
  const quoted = quotedCommands();
  const wrong = quoted.filter(({ args }) => {
    const [name = ''] = args.filter((word) => !word.startsWith('-') || word === '-');
    const options = args.filter((word) => word.startsWith('--'));
    const text = help.get(name);
    return text === undefined || options.some((option) => !hasOption(text, option));
  });

  expect(wrong).toEqual([]);
  const commands = [...help.keys()].filter((name) => name !== '');
  expect(quoted.map(({ args }) => args[0])).toEqual(expect.arrayContaining(commands));
});

test('every option that prose names is an option of some command', async () => {
  const help = [...(await helps()).values()].join('\n');
  const named = ['README.md', 'docs/exit-codes.md', 'docs/architecture.md'].flatMap((document) =>
    [...prose(document).matchAll(/`(--[a-z-]+)`/g)].map(([, option = '']) => option),
  );

  expect(named.filter((option) => !hasOption(help, option))).toEqual([]);
  expect(named).toContain('--fail-on');
});

test('what the documents show a command to print is what it prints, in that order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agenttrail-'));
  try {
    const shown = blocks('console').filter(({ document }) => document !== 'docs/detectors.md');
    for (const [index, { lines }] of shown.entries()) {
      const [command = '', ...expected] = lines;
      const store = join(folder, `${index}.duckdb`);
      const { output } = await run([...words(command).slice(2), '--store', store]);
      const quoted = expected.filter((line) => line !== '…');

      expect(inOrder(quoted, output.split('\n'))).toEqual(quoted);
    }
    expect(shown.length).toBeGreaterThan(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('every configuration shown is a valid one', () => {
  const shown = blocks('yaml');
  for (const { document, lines } of shown) {
    expect(() => parseConfig(lines.join('\n'), document, DETECTORS)).not.toThrow();
  }
  expect(shown.length).toBeGreaterThan(0);
});

test('the README lists every detector with its techniques', () => {
  const rows = [...README.matchAll(/^\| `([a-z][a-z-]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$/gm)];
  const listed = rows.map(([, id, techniques = '']) => [id, techniques.match(/T[\d.]+/g)]).sort();

  expect(listed).toEqual(DETECTORS.map(({ id, techniques }) => [id, techniques]).sort());
});

test('every relative link leads to a file', () => {
  const links = DOCUMENTS.flatMap((document) =>
    [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({
      document,
      target,
    })),
  ).filter(({ target }) => !/^(?:https?:|#)/.test(target));
  const path = ({ document, target }: { document: string; target: string }) =>
    join(dirname(document), target.replace(/#.*$/, ''));

  expect(links.filter((link) => !existsSync(path(link)))).toEqual([]);
  expect(links.length).toBeGreaterThan(10);
});

function hasOption(help: string, option: string): boolean {
  return new RegExp(`(?<![\\w-])${option}(?![\\w-])`).test(help);
}

/** Those of `wanted` that stand in `lines`, each behind the one before. */
function inOrder(wanted: readonly string[], lines: readonly string[]): string[] {
  let at = -1;
  return wanted.filter((line) => {
    const next = lines.indexOf(line, at + 1);
    if (next >= 0) at = next;
    return next >= 0;
  });
}
