import { writeFile } from 'node:fs/promises';
import type { StdinStream } from '../ingest/sources/stdin.ts';
import { KnownError } from '../store/errors.ts';

/** All that a command may touch of its process. */
export interface Io {
  /** Results. */
  out(text: string): void;
  /** Progress, warnings and failures. */
  err(text: string): void;
  readonly stdin: StdinStream;
  readonly isOutTerminal: boolean;
  readonly isErrTerminal: boolean;
  /** Columns of the terminal that `out` is, or 80. */
  readonly outColumns: number;
  readonly errColumns: number;
  readonly wantsColour: boolean;
  now(): Date;
}

/** To the file, where one is named; else to stdout. */
export async function emit(io: Io, text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    io.out(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new KnownError(`${file}: cannot be written (${code})`, {
      cause: error,
      hint: 'check --out: its folder must exist, and this user must be allowed to write there',
    });
  }
}
