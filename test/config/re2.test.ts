import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PatternError, toRe2 } from '../../config/re2.ts';

let duckdb: DuckDBInstance;

beforeAll(async () => {
  duckdb = await DuckDBInstance.create(':memory:');
});

afterAll(() => duckdb.closeSync());

async function runs(pattern: string): Promise<boolean> {
  const connection = await duckdb.connect();
  try {
    await connection.runAndReadAll('select regexp_matches($text, $pattern)', {
      text: 'agent-schema-task-91',
      pattern,
    });
    return true;
  } catch {
    return false;
  } finally {
    connection.closeSync();
  }
}

test.each([
  ['^agent-(?P<agent>[a-z-]+)-(?P<task>task-\\d+)$', ['agent', 'task']],
  ['(?i)^AGENT_(?<agent>\\w{1,64})', ['agent']],
  ['(?P<task>[[:alnum:]]+|\\p{Greek}+|[]x]|[^]x]|\\Q(?=\\E|\\x{41}|\\pL)', ['task']],
  ['[(?=]{2,3}(?s:.)\\A\\z\\-', []],
])('%s is understood as RE2 understands it', async (source, groups) => {
  const { pattern, captures } = toRe2(source);
  const found = [...captures.keys()];

  expect({ found, runs: await runs(pattern) }).toEqual({ found: groups, runs: true });
});

test.each([
  ['a(?=b)', 'uses a lookahead, which RE2 does not have'],
  ['a(?!b)', 'uses a lookahead, which RE2 does not have'],
  ['(?<=a)b', 'uses a lookbehind, which RE2 does not have'],
  ['(?<!a)b', 'uses a lookbehind, which RE2 does not have'],
  ['(a)\\1', 'uses a backreference, which RE2 does not have'],
  ['(?P<agent>a)(?P=agent)', 'uses a backreference, which RE2 does not have'],
  ['(?<agent>a)\\k<agent>', 'uses a backreference, which RE2 does not have'],
  ['(?>a)', 'uses an atomic group, which RE2 does not have'],
  ['(?&a)', 'has a group that RE2 does not know; it knows (?P<name>…), (?:…) and (?i)'],
  ['a{1001}', "repeats more than 1000 times, which is RE2's limit"],
  ['a\\y', 'has \\y, which is no escape in RE2'],
  ['a\\', 'ends in a backslash'],
  ['a++', 'is not a regular expression: nothing to repeat'],
  ['[a', 'is not a regular expression: unterminated character class'],
  ['(a', 'is not a regular expression: unterminated group'],
])('%s is refused, as by DuckDB', async (source, problem) => {
  expect(() => toRe2(source)).toThrow(new PatternError(problem));
  expect(await runs(source)).toBe(false);
});

test('a group named twice is refused: which of the two counts is not for RE2 to choose', () => {
  expect(() => toRe2('(?P<task>.)(?<task>.)')).toThrow('names the group "task" twice');
});

test('whatever is accepted, DuckDB can run', async () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      '-',
      '.',
      '\\d',
      '\\w',
      '\\-',
      '\\_',
      '\\x41',
      '\\pL',
      '\\b',
      '[',
      ']',
      '^',
      '[^',
      '(',
    ],
    ...[
      ')',
      '(?:',
      '(?i)',
      '(?P<a>',
      '(?<b>',
      '*',
      '+',
      '?',
      '{2}',
      '{2,1}',
      '{',
      '|',
      '\\Q',
      '\\E',
    ],
    ...['[:alpha:]', '\\', 'é', '(?=', '(?P<', '$', ' ', '\\z', '\\1', '\\é', 'z-a', '\\C', '\\0'],
  );
  const pattern = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  await fc.assert(
    fc.asyncProperty(pattern, async (source) => {
      let accepted: string;
      try {
        accepted = toRe2(source).pattern;
      } catch (error) {
        expect(error).toBeInstanceOf(PatternError);
        return;
      }
      expect(await runs(accepted)).toBe(true);
    }),
    { numRuns: 1000, seed: 1 },
  );
});
