/** `1 call`, `3 calls`. */
export function times(count: number | bigint, noun: string): string {
  return `${count} ${noun}${count === 1 || count === 1n ? '' : 's'}`;
}

/** The first few, and how many more there are. */
export function someOf(values: readonly string[], most: number): string {
  const more = values.length - most;
  return values.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** As CloudTrail writes times: without a fraction where there is none. */
export function instant(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z');
}

/** Of an ARN the last part, for titles; other names as they are. */
export function nameOf(principal: string | null): string {
  return principal?.split('/').at(-1) ?? 'an unknown principal';
}
