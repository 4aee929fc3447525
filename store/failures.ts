import { KnownError, QueryError } from './errors.ts';
import { printable } from './printable.ts';

interface Known {
  readonly pattern: RegExp;
  readonly problem: (match: RegExpExecArray) => string;
  readonly hint: string;
}

/** DuckDB tells its errors apart by their text alone. */
const KNOWN: readonly Known[] = [
  {
    pattern: /Could not set lock on file(?:.*\(PID (\d+)\))?/s,
    problem: ([, pid]) => `locked by another process${pid ? ` (pid ${pid})` : ''}`,
    hint: 'DuckDB lets one process write and then nobody else in; wait for it, or read a copy of the file',
  },
  {
    pattern: /No space left on device|Could not write all bytes|out of disk space/i,
    problem: () => 'no space left on the disk',
    hint: 'the run was undone and the store is as it was; free some space and run it again',
  },
  {
    pattern:
      /not a valid DuckDB database file|Corrupt(?:ed)? (?:database )?header|checksum|Could not read enough bytes/i,
    problem: () => 'not a DuckDB file, or a damaged one',
    hint: 'check --store; a store is made by agenttrail ingest',
  },
  {
    pattern:
      /database (?:file )?was created with a newer (?:version|DuckDB)|storage version|version number \d+, but we can only read/i,
    problem: () => 'written by a newer DuckDB',
    hint: 'update AgentTrail',
  },
  {
    pattern: /Permission denied|Read-only file system/i,
    problem: () => 'may not be opened by this user',
    hint: 'check the permissions of the file and its folder',
  },
  {
    pattern:
      /Cannot open file ".*": (?:No such file or directory|Not a directory)|directory does not exist|ENOTDIR/i,
    problem: () => 'its folder does not exist',
    hint: 'make the folder first, or check --store',
  },
  {
    pattern: /Is a directory|is a directory/,
    problem: () => 'is a folder, not a file',
    hint: 'name a file: --store agenttrail.duckdb',
  },
  {
    pattern: /Out of Memory Error|failed to (?:allocate|pin block)/i,
    problem: () => 'the query needs more memory than it may use',
    hint: 'narrow it: fewer columns, a shorter time, a LIMIT',
  },
];

/** What the user can act on, else a `QueryError` that names the statement. */
export function storeFailure(path: string, error: unknown, statement?: string): unknown {
  if (error instanceof KnownError) return error;
  const text = error instanceof Error ? error.message : String(error);
  for (const { pattern, problem, hint } of KNOWN) {
    const match = pattern.exec(text);
    if (match)
      return new KnownError(`${printable(path)}: ${problem(match)}`, { hint, cause: error });
  }
  return statement === undefined ? error : new QueryError(statement, error);
}
