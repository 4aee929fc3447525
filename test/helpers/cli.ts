import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { main } from '../../program.ts';

/** What one call of the command gave back. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

interface World {
  stdin?: string | Buffer;
  /** Stdout and stderr are terminals of so many columns. */
  columns?: number;
  colour?: boolean;
  now?: string;
}

/** One command in this process, with all that it prints. */
export async function agenttrail(
  args: readonly string[],
  { stdin = '', columns, colour = false, now = '2026-10-01T00:00:00Z' }: World = {},
): Promise<Outcome> {
  const said = { out: '', err: '' };
  const code = await main(args, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    stdin: streamOf(Buffer.from(stdin)),
    isOutTerminal: columns !== undefined,
    isErrTerminal: columns !== undefined,
    outColumns: columns ?? 80,
    errColumns: columns ?? 80,
    wantsColour: colour,
    now: () => new Date(now),
  });
  return { code, ...said };
}

async function* streamOf(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}

/** Where `npm test` has built the command. */
export const CLI = resolve(import.meta.dirname, '../../dist/cli.js');

/** The built command in a process of its own. */
export async function spawned(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Outcome> {
  const child = spawn(process.execPath, [CLI, ...args], { env: { ...env } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => {
    said.out += bytes;
  });
  child.stderr.on('data', (bytes) => {
    said.err += bytes;
  });
  const code = await new Promise<number>((done) => child.on('close', (value) => done(value ?? -1)));
  return { code, ...said };
}

/** A folder of this test file's own, gone when all its tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'agenttrail-test-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
