import { printable } from '../store/printable.ts';

/** A value in a code span: no client reads links, mentions, HTML, emphasis or table cells in it. */
export function code(value: string): string {
  const text = printable(value).replace(
    /[`<|]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16)}`,
  );
  // An empty span, or one of spaces alone, would leave its backticks as text.
  return text.trim() === '' ? '`""`' : `\`${text}\``;
}

const TOKEN = /^(["'(“]*)(.*?)([)"'”.,;:!?…]*)$/u;
// `www.` alone is a link in GitHub's dialect.
const WORD = /^(?!www$)\p{L}+(?:['’-]\p{L}+)*$/iu;
const NUMBER = /^\d{1,6}(?:[.,]\d{1,3}){0,3}%?$/;

/**
 * A sentence that may hold values out of a log. Words and numbers stay; whatever else there is could be
 * a link, a mention or markup and becomes a code span. At most `length` characters.
 */
export function prose(text: string, length = Number.POSITIVE_INFINITY): string {
  const chars = [...printable(text).trim()];
  const shown = chars.length > length ? [...chars.slice(0, length - 1), '…'] : chars;
  // No span holds a backtick, so this is two spans side by side: they read better as one.
  return shown.join('').split(/ +/).map(proseToken).join(' ').replaceAll('` `', ' ');
}

function proseToken(token: string, index: number): string {
  if (/^[–—·…]$/u.test(token)) return token;
  const [, before = '', core = '', after = ''] = TOKEN.exec(token) ?? [];
  // `1.` and `1)` at the beginning would make a list.
  const isWord = WORD.test(core) || (NUMBER.test(core) && (index > 0 || after === ''));
  if (isWord || core === '') return isWord ? token : token === '' ? '' : code(token);
  return `${before}${code(core)}${after}`;
}
