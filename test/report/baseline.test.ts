import { expect, test } from 'vitest';
import { duration, rangeOf } from '../../report/baseline-words.ts';
import { BASELINE_FORMATS, renderBaseline } from '../../report/index.ts';
import { displayWidth } from '../../report/layout.ts';
import { emptyBaseline, sampleBaseline } from './helpers/sample-baseline.ts';

const OPTIONS = { width: 100, colour: false };
const EXTENSIONS = { table: 'txt', json: 'json.txt', markdown: 'md' } as const;

test.each(BASELINE_FORMATS)('a baseline as %s reads as the golden file does', async (format) => {
  await expect(renderBaseline(sampleBaseline, format, OPTIONS)).toMatchFileSnapshot(
    `golden/baseline.${EXTENSIONS[format]}`,
  );
});

test.each([40, 60, 80, 100, 200])('no line of the table is wider than %d columns', (width) => {
  const lines = renderBaseline(sampleBaseline, 'table', { width, colour: false }).split('\n');

  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
});

test('JSON keeps every value', () => {
  expect(JSON.parse(renderBaseline(sampleBaseline, 'json', OPTIONS))).toEqual(sampleBaseline);
});

test.each(['table', 'markdown'] as const)(
  'a sensitive action is in the %s, however rare; one that was only ever denied stays under never',
  (format) => {
    const text = renderBaseline(sampleBaseline, format, OPTIONS);

    expect(text).toContain('iam:AttachRolePolicy');
    expect(text).toContain('kms:Decrypt');
    expect(text).toMatch(/never:? +export, share, privilege, evade, destroy/i);
  },
);

test('an agent whose calls name no task is told so', () => {
  expect(renderBaseline(emptyBaseline, 'table', OPTIONS)).toBe(
    [
      'What is normal for nameless: no task that could teach',
      '  learning  no detector: all have enough tasks',
      '',
      'No task is known: its calls name none',
      '',
    ].join('\n'),
  );
});

test.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [754, '13m'],
  [7_200, '2h'],
  [86_400, '24h'],
  [200_000, '2.3d'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('a number that hardly varies has no range', () => {
  expect(rangeOf({ p10: 1, median: 1, p90: 1 })).toBe('1');
  expect(rangeOf({ p10: 1, median: 2, p90: 9 })).toBe('2 (1–9)');
});
