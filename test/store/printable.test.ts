import { expect, test } from 'vitest';
import { printable } from '../../store/printable.ts';

test('text from a log cannot move the cursor, forge a line or turn its direction', () => {
  expect(printable('a\x1b[31mb\r\nc\x07\x7f\x9b d\u202ee\u2066f\u200bg é 日本 😀 \ud800')).toBe(
    'a\\x1b[31mb\\x0d\\x0ac\\x07\\x7f\\x9b d\\u202ee\\u2066f\\u200bg é 日本 😀 \\ud800',
  );
});

test('characters that hide are shown: separators, joiners, fillers, tags, unassigned', () => {
  expect(printable('\u2028\u2029\u00ad\u200d\u3164\ufe0f\u{e0041}\u{e000}\u0378')).toBe(
    '\\u2028\\u2029\\xad\\u200d\\u3164\\ufe0f\\u{e0041}\\ue000\\u0378',
  );
});

test('what is printed can be printed again without change', () => {
  const once = printable('\x1b]8;;https://evil.example\x07click\x1b]8;;\x07');
  expect(printable(once)).toBe(once);
});
