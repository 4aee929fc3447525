import { readdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { BadObjectError, KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';

/** One bad file among many is set aside; it does not stop the rest. */
export function readFailure(path: string, cause: unknown): BadObjectError {
  const { problem, hint } = explain(cause);
  return new BadObjectError(printable(path), problem, { cause, ...(hint ? { hint } : {}) });
}

/** A source that the user named and that cannot be opened at all. */
export function fsFailure(source: string, cause: unknown): KnownError {
  const { problem, hint } = explain(cause);
  return new KnownError(`${printable(source)}: ${problem}`, { cause, ...(hint ? { hint } : {}) });
}

function explain(error: unknown): { problem: string; hint?: string } {
  const code = codeOf(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return { problem: 'permission denied', hint: 'run as a user who may read it' };
    case 'ENOENT':
      return { problem: 'gone since it was listed' };
    case 'ERR_FS_FILE_TOO_LARGE':
      return { problem: 'larger than 2 GiB', hint: 'pipe it in: `agenttrail ingest - < file`' };
    case 'ELOOP':
      return { problem: 'a circle of symbolic links' };
    case 'ENAMETOOLONG':
      return { problem: 'the name is too long' };
    default:
      return { problem: `cannot be read (${code})` };
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** The neighbour whose name is one or two slips away. */
export async function similarName(path: string): Promise<string | null> {
  const wanted = basename(path).toLowerCase();
  const names = await readdir(dirname(path)).catch(() => []);
  const [nearest] = names
    .map((name) => ({ name, slips: slipsBetween(wanted, name.toLowerCase()) }))
    .filter(({ slips }) => slips <= Math.min(2, wanted.length - 1))
    .sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1));
  return nearest?.name ?? null;
}

/** Letters to insert, remove or replace (Levenshtein). */
function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j < row.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
