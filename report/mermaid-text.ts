import { printable } from '../store/printable.ts';

const LABEL_LENGTH = 60;
/** Code points that mean nothing to Mermaid, to the Markdown and to the HTML it makes of a label. */
const PLAIN = /[\p{L}\p{M}\p{Nd} :/,()]/u;

/** Text for inside a quoted Mermaid label: only plain characters, all others as entities. Cut at 60. */
export function mermaidText(text: string): string {
  const chars = [...printable(text)];
  const shown = chars.length > LABEL_LENGTH ? [...chars.slice(0, LABEL_LENGTH - 1), '…'] : chars;
  return shown.map((char, index) => (isPlain(char, index, shown) ? char : entity(char))).join('');
}

function isPlain(char: string, index: number, chars: readonly string[]): boolean {
  // `.` and `-` make lists at the beginning and links in between: plain only between letters or digits,
  // and never after `www`. `//` makes a link.
  if (char === '.' || char === '-') {
    const around = `${chars[index - 1] ?? ''}${chars[index + 1] ?? ''}`;
    return /^[\p{L}\p{Nd}]{2}$/u.test(around) && !/www$/i.test(chars.slice(0, index).join(''));
  }
  if (char === '/') return chars[index - 1] !== '/';
  // `1)` begins a list.
  if (char === ')') return !/^ *\d+$/.test(chars.slice(0, index).join(''));
  // Mermaid eats the `;` of an entity on a line that seems to hold a style or a class definition.
  if (/[sc]/i.test(char)) {
    return !/^(?:style|classdef)/i.test(chars.slice(index, index + 8).join(''));
  }
  return PLAIN.test(char);
}

function entity(char: string): string {
  return `#${char.codePointAt(0)};`;
}
