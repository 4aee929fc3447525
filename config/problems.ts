import type { z } from 'zod';
import { printable } from '../store/printable.ts';
import { didYouMean } from './nearest.ts';
import { configJsonSchema } from './schema.ts';

type Path = readonly PropertyKey[];

const SHOWN_LENGTH = 60;

/** One line for each thing that is wrong: place, value, what was expected. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], input: unknown): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => problemAt(issue.path, unknownKey(key, keysAt(issue.path))))
      : problemAt(issue.path, describeValue(valueAt(input, issue.path), issue.message)),
  );
}

export function problemAt(path: Path, problem: string): string {
  const place = path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${printable(String(step))}`,
    )
    .join('');
  return place === '' ? problem : `${place}: ${problem}`;
}

export function unknownKey(key: string, known: readonly string[]): string {
  return `${show(key)} is not a known key${didYouMean(key, known)}`;
}

export function describeValue(value: unknown, predicate: string): string {
  return value === undefined
    ? `missing${predicate.replace(/^is not /, '; expected ')}`
    : `${show(value)} ${predicate}`;
}

/** Keys of the mapping at `path`, as the schema has them. */
function keysAt(path: Path): string[] {
  let node: unknown = configJsonSchema();
  for (const step of path) {
    const { items, properties, additionalProperties } = node as Record<string, unknown>;
    node =
      typeof step === 'number'
        ? items
        : ((properties as Record<PropertyKey, unknown> | undefined)?.[step] ??
          additionalProperties);
  }
  return Object.keys((node as { properties?: object }).properties ?? {});
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce((value, step) => (value as Record<PropertyKey, unknown>)[step], input);
}

/** As JSON, cut, on one line, without characters that steer a terminal or hide. */
function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return printable(json.length > SHOWN_LENGTH ? `${json.slice(0, SHOWN_LENGTH)}…` : json);
}
