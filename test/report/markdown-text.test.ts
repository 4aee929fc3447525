import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, prose } from '../../report/markdown-text.ts';

test('a value is one code span, whatever it holds', () => {
  expect(
    ['task-1', '`a``b`', '<b> | c', '', '   ', 'x\n\n# y', '@team', '\x1b[31m'].map(code),
  ).toEqual([
    '`task-1`',
    '`\\x60a\\x60\\x60b\\x60`',
    '`\\x3cb> \\x7c c`',
    '`""`',
    '`""`',
    '`x\\x0a\\x0a# y`',
    '`@team`',
    '`\\x1b[31m`',
  ]);
});

test('a sentence keeps its words and numbers; what could be more is code', () => {
  expect(
    [
      'None of 1,204 earlier tasks (0.5%) exported "orders", it seems.',
      'ask @security or <b>x</b> at https://evil.example, or www.evil.example!',
      '[pay](javascript:alert(1)) ![x](y) &lt; _a_ **b** ~~c~~ #12 GH-3 org/repo#4 :tada:',
      '1. no list',
      '# no heading',
      '``` no fence',
      '| no | table |',
      'line\nbreak  and   spaces',
      'www. WWW.',
      '',
    ].map((text) => prose(text)),
  ).toEqual([
    'None of 1,204 earlier tasks (0.5%) exported "orders", it seems.',
    'ask `@security` or `\\x3cb>x\\x3c/b>` at `https://evil.example`, or `www.evil.example`!',
    '`[pay](javascript:alert(1`)) `![x](y`) `&lt`; `_a_ **b** ~~c~~ #12 GH-3 org/repo#4 :tada`:',
    '`1`. no list',
    '`#` no heading',
    '`\\x60\\x60\\x60` no fence',
    '`\\x7c` no `\\x7c` table `\\x7c`',
    '`line\\x0abreak` and spaces',
    '`www`. `WWW`.',
    '',
  ]);
});

test('a long sentence is cut', () => {
  expect(prose('one two three', 8)).toBe('one two…');
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'`<>|@#[](){}!*_~:/\\-+=.&;"\' \n\r\t0123abwww'),
    fc.constantFrom('http://', 'www.', '```', '](', '<!--', '\x1b', '\u202e', '\ud800'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 60,
});

test('outside its code spans, prose is letters, numbers and stops', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const outside = prose(text).replace(/`[^`<|\n]+`/g, '§');
      expect(outside).toMatch(/^[\p{L}\p{N}§ '’“”".,;:!?()%–—·…-]*$/u);
      expect(outside).not.toMatch(/[\p{L}\p{N}][.:]\p{L}|^\d+[.)]|^[-–]/u);
    }),
    { seed: 11, numRuns: 2_000 },
  );
});

test('no value breaks out of its code span', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(code(text)).toMatch(/^`[^`<|\n\r]*[^`<|\n\r\s][^`<|\n\r]*`$/);
    }),
    { seed: 12, numRuns: 2_000 },
  );
});
