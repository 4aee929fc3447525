import { padEnd, wrap } from './layout.ts';
import type { Paint } from './paint.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  width: number;
  colour: boolean;
}

const MIN_WIDTH = 40;
/** Longer lines are hard to read, however wide the terminal. */
const MAX_TEXT_WIDTH = 110;
const LABEL_WIDTH = 10;
const INDENT = '  ';

/** How wide the text beside the labels may be. */
export function textWidth(width: number): number {
  return Math.min(Math.max(width, MIN_WIDTH) - INDENT.length - LABEL_WIDTH, MAX_TEXT_WIDTH);
}

/** A label and, beside it, text of one or more lines; nothing where there is no text. */
export function labelled(
  paint: Paint,
  label: string,
  text: string,
  { width, maxLines }: { width: number; maxLines?: number },
): string[] {
  if (text === '') return [];
  return beside(paint, label, wrap(text, textWidth(width), maxLines));
}

/** Lines that have been laid out already, beside their label. */
export function beside(paint: Paint, label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => {
    const name = padEnd(index === 0 ? label : '', LABEL_WIDTH);
    return `${INDENT}${paint('label', name)}${line}`;
  });
}

/** Sections apart by one empty line; those without lines leave no gap. */
export function sections(...parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
