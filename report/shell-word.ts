import { printable } from '../store/printable.ts';

const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.,:=/@%+-]*$/;

/** One word of a POSIX shell; null where a command to copy cannot show the value as it is. */
export function shellWord(value: string): string | null {
  if (value !== printable(value)) return null;
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** An argument that is never taken for an option. */
export function shellArgument(value: string): string | null {
  const word = shellWord(value);
  return word !== null && value.startsWith('-') ? `-- ${word}` : word;
}
