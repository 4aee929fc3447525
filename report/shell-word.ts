import { printable } from '../store/printable.ts';

const PLAIN = /^[A-Za-z0-9_][A-Za-z0-9_.,:=/@%+-]*$/;

/**
 * One argument for a POSIX shell, never taken for an option; null where a command to copy cannot show
 * the value as it is.
 */
export function shellArgument(value: string): string | null {
  if (value !== printable(value)) return null;
  const word = PLAIN.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
  return value.startsWith('-') ? `-- ${word}` : word;
}
