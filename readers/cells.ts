/** What DuckDB's values are in a model. */

export function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A TIMESTAMP as ISO 8601 UTC. */
export function iso(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  throw new TypeError('not a timestamp');
}

export function isoOrNull(value: unknown): string | null {
  return value instanceof Date ? value.toISOString() : null;
}

/** A JSON column; null stays null. */
export function json(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : null;
}
