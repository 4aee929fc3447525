import { UNPRINTABLE } from '../store/printable.ts';

/** JSON that a terminal shows as it is: what JSON leaves raw (C1 controls, overrides) is escaped, so the value stays. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(UNPRINTABLE, (char) =>
    char === '\n' ? char : [...char].map(escapeUnits).join(''),
  );
}

function escapeUnits(char: string): string {
  return char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
