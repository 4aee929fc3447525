import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { KnownError } from '../store/errors.ts';
import { printable } from '../store/printable.ts';
import { didYouMean } from './nearest.ts';
import { describeIssues, describeValue, problemAt, unknownKey } from './problems.ts';
import { configSchema } from './schema.ts';

/** A complete configuration: every key present, sizes in bytes, patterns as RE2 spells them. */
export type Config = z.output<typeof configSchema>;

/** What a detector is configured by: its id, and its parameters with their defaults. */
export interface KnownDetector {
  id: string;
  defaults?: Readonly<Record<string, unknown>>;
}

const DEFAULT_PATH = 'agenttrail.yaml';

/** Without a path: `agenttrail.yaml` in the working directory if there is one, else the defaults. */
export async function loadConfig(
  path: string | undefined,
  detectors?: readonly KnownDetector[],
): Promise<Config> {
  const name = path ?? DEFAULT_PATH;
  let text: string;
  try {
    text = await readFile(name, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' && path === undefined) return parseConfig('', name, detectors);
    throw new KnownError(`${printable(name)}: ${describeReadError(code)}`, {
      cause: error,
      hint: `without --config, ./${DEFAULT_PATH} is read if it exists`,
    });
  }
  return parseConfig(text, name, detectors);
}

/** All problems at once, one a line; `detectors`, where given, are the only ones that may be named. */
export function parseConfig(
  text: string,
  path: string,
  detectors?: readonly KnownDetector[],
): Config {
  const input = parseYaml(text, path);
  const { success, data, error } = configSchema.safeParse(input);
  const problems = [
    ...(success ? [] : describeIssues(error.issues, input)),
    ...(detectors ? describeDetectors(input, detectors) : []),
  ];
  if (!success || problems.length > 0) throw invalid(path, problems);
  return data;
}

function parseYaml(text: string, path: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Its own way to warn is the process's standard error.
    logLevel: 'error',
  });
  const found = [...document.errors, ...document.warnings];
  const problems = found.map(({ pos: [offset], code, message }) => {
    const { line, col } = lines.linePos(offset);
    return {
      place: `${printable(path)}:${line}:${col}`,
      message: code === 'MULTIPLE_DOCS' ? 'A second document begins here' : printable(message),
    };
  });
  if (problems.length > 0) {
    throw new KnownError(problems.map(({ place, message }) => `${place}: ${message}`).join('\n'), {
      hint: 'YAML: spaces to indent, and quotes around text with : # * & or \\',
    });
  }
  try {
    return withoutEmptyKeys(document.toJS()) ?? {};
  } catch (error) {
    // An alias without anchor, one within its own anchor, or aliases that unfold to a bomb.
    if (error instanceof RangeError) throw invalid(path, ['an alias stands for what holds it']);
    throw invalid(path, [error instanceof Error ? printable(error.message) : String(error)]);
  }
}

/** `scopes:` with nothing beneath it means what leaving it out means. */
function withoutEmptyKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, withoutEmptyKeys(entry)]),
  );
}

function describeDetectors(input: unknown, detectors: readonly KnownDetector[]): string[] {
  const given = (input as { detectors?: unknown } | null)?.detectors;
  const settings = Array.isArray(given) ? [] : entriesOf(given);
  return settings.flatMap(([id, parameters]) => {
    const known = detectors.find((detector) => detector.id === id);
    if (!known) {
      const ids = detectors.map((detector) => detector.id);
      return problemAt(['detectors', id], `no such detector${didYouMean(id, ids)}`);
    }
    return describeParameters(id, parameters, known.defaults ?? {});
  });
}

function describeParameters(
  id: string,
  parameters: unknown,
  defaults: Readonly<Record<string, unknown>>,
): string[] {
  return entriesOf(parameters)
    .filter(([name]) => name !== 'enabled')
    .flatMap(([name, value]) => {
      if (!Object.hasOwn(defaults, name)) {
        const known = ['enabled', ...Object.keys(defaults)];
        return problemAt(['detectors', id], unknownKey(name, known));
      }
      const expected = kindOf(defaults[name]);
      return kindOf(value) === expected
        ? []
        : problemAt(['detectors', id, name], describeValue(value, `is not ${expected}`));
    });
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return (
    { number: 'a number', boolean: 'true or false', string: 'text' }[String(typeof value)] ??
    'a value'
  );
}

function invalid(path: string, problems: readonly string[]): KnownError {
  return new KnownError(problems.map((problem) => `${printable(path)}: ${problem}`).join('\n'));
}

function describeReadError(code: string | undefined): string {
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  return `cannot be read (${code ?? 'unknown error'})`;
}
