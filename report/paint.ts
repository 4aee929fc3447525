import type { Severity } from '../detect/finding.ts';

type Style = 'heading' | 'label' | 'command' | Severity;

/** Select Graphic Rendition codes; every one is readable on a dark and on a light ground. */
const CODES: Readonly<Record<Style, string>> = {
  heading: '1',
  label: '2',
  command: '36',
  critical: '1;37;41',
  high: '1;31',
  medium: '33',
  low: '34',
  informational: '2',
};

export type Paint = (style: Style, text: string) => string;

/** Colour only adds: what it says is in the words too. */
export function painter(colour: boolean): Paint {
  return colour ? (style, text) => `\x1b[${CODES[style]}m${text}\x1b[0m` : (_style, text) => text;
}
