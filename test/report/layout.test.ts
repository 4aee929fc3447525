import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, displayWidth, shrink, wrap } from '../../report/layout.ts';

test('wide letters and emoji take two columns, combining marks none', () => {
  expect(['abc', '日本', 'ｆ', '😀', 'e\u0301', 'ключ', ''].map(displayWidth)).toEqual([
    3, 4, 2, 2, 1, 4, 0,
  ]);
});

test('a cut text ends in the mark and never splits a letter', () => {
  expect([cut('abcdef', 6), cut('abcdef', 5), cut('日本語', 5), cut('😀😀', 3)]).toEqual([
    'abcdef',
    'abcd…',
    '日本…',
    '😀…',
  ]);
});

test('lines break at spaces, long words within, and the last line is cut', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  expect(wrap('one two three four', 9, 2)).toEqual(['one two', 'three fo…']);
  expect(wrap('arn:aws:iam::111122223333:role/x', 12)).toEqual([
    'arn:aws:iam:',
    ':11112222333',
    '3:role/x',
  ]);
});

test('wrapping loses nothing but spaces, and no line is too wide', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '日', '😀'), maxLength: 80 }),
      fc.integer({ min: 2, max: 20 }),
      (text, width) => {
        const lines = wrap(text, width);
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      },
    ),
    { seed: 2, numRuns: 1_000 },
  );
});

test('the widest columns give way first, none below its minimum', () => {
  expect(shrink([5, 40, 20], [5, 10, 10], 65)).toEqual([5, 40, 20]);
  expect(shrink([5, 40, 20], [5, 10, 10], 40)).toEqual([5, 18, 17]);
  expect(shrink([5, 40, 20], [5, 10, 20], 35)).toEqual([5, 10, 20]);
  expect(shrink([5, 40, 20], [5, 10, 20], 34)).toBeNull();
});
