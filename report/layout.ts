/** Letters, signs and emoji that take two columns of a terminal. */
const WIDE =
  /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const COMBINING = /\p{M}/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Columns that printable text takes on a terminal. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...text].reduce((width, char) => width + charWidth(char), 0);
}

function charWidth(char: string): number {
  return COMBINING.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
}

/** At most `width` columns of the text; where it was cut it ends in `…`. */
export function cut(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${head(text, width - 1)}…`;
}

function head(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width) break;
    end += char.length;
  }
  return text.slice(0, end);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Lines of at most `width` columns, broken at spaces where there are any; the last of `maxLines` is cut. */
export function wrap(text: string, width: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  let rest = text.trim();
  while (displayWidth(rest) > width && lines.length < maxLines - 1) {
    const fitting = head(rest, width) || ([...rest][0] as string);
    const space = rest[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
    // A word that is longer than half a line is broken rather than left alone on the next.
    const end = space > fitting.length / 2 ? space : fitting.length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, cut(rest, width)];
}

/** Widths that fit `available`: the widest give way first, none below its minimum; null where that is not enough. */
export function shrink(
  natural: readonly number[],
  minimum: readonly number[],
  available: number,
): number[] | null {
  const atCap = (cap: number) =>
    natural.map((width, index) => Math.min(width, Math.max(cap, minimum[index] ?? 0)));
  const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0);
  let cap = Math.min(Math.max(0, ...natural), Math.max(0, available));
  while (cap > 0 && total(atCap(cap)) > available) cap -= 1;
  const widths = atCap(cap);
  if (total(widths) > available) return null;
  // One column more for each that was cut, as far as the rest of the line goes.
  let spare = available - total(widths);
  return widths.map((width, index) => {
    const isCut = width < (natural[index] as number) && spare > 0;
    spare -= isCut ? 1 : 0;
    return isCut ? width + 1 : width;
  });
}
