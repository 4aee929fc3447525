import { type FileHandle, open } from 'node:fs/promises';
import type { StdinStream } from '../ingest/sources/stdin.ts';
import { KnownError } from '../store/errors.ts';
import { printable } from '../store/printable.ts';

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
export function emit(io: Io, text: string, file: string | undefined): Promise<void> {
  return emitAll(io, [text], file);
}

/** The same for text in pieces, none of which is held. A file is opened when the first piece is there. */
export async function emitAll(
  io: Io,
  pieces: AsyncIterable<string> | Iterable<string>,
  file: string | undefined,
): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    for await (const piece of pieces) {
      if (file === undefined) {
        io.out(piece);
      } else {
        handle ??= await opened(file);
        await handle.writeFile(piece);
      }
    }
  } finally {
    await handle?.close();
  }
}

async function opened(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'w');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new KnownError(`${printable(file)}: cannot be written (${code})`, {
      cause: error,
      hint: 'check --out: its folder must exist, and this user must be allowed to write there',
    });
  }
}
