import type { Dirent, Stats } from 'node:fs';
import { constants, createReadStream } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';
import type { LogObject, Skipped, SourceOptions } from '../source.ts';
import { mapBounded } from './bounded.ts';
import { isLogName, skipReason } from './key-layout.ts';
import { codeOf, fsFailure, readFailure, similarName } from './local-errors.ts';
import { Cursor, compareEntries, type Entry, entryOf, type Run } from './merge.ts';
import { nothingFound, SkipTally } from './nothing-found.ts';

/** Files are looked at this many at a time, when their turn comes. */
const PAGE = 256;
const PARALLEL = 32;
const MIB = 1024 * 1024;
/** A larger file is read in pieces. */
const IN_MEMORY_BYTES = 64 * MIB;
const FORMS = 'a source is a file, a folder, a quoted glob, s3://bucket/prefix, or - for stdin';

/** Every file that `sources` lead to, once each, whatever the ways to it. */
export async function openLocal(
  sources: readonly string[],
  options: SourceOptions,
  cwd: string,
): Promise<Cursor[]> {
  const found = new Set<string>();
  const told = new Set<string>();
  const onSkip = (skipped: Skipped): void => {
    if (!told.has(skipped.uri)) options.onSkip?.(skipped);
    told.add(skipped.uri);
  };
  for (const source of sources) {
    const files = await filesOf(source, { ...options, onSkip }, cwd);
    for (const file of files) found.add(file);
  }
  const cursor = await Cursor.open(localRun([...found]));
  return cursor === null ? [] : [cursor];
}

async function filesOf(source: string, options: SourceOptions, cwd: string): Promise<string[]> {
  const path = resolve(cwd, source);
  const tally = new SkipTally(options);
  const wanted = { ...options, onSkip: tally.onSkip };
  const stats = await statOf(path, source);
  let files: string[];
  if (stats === null) files = await filesOfGlob(source, wanted, cwd);
  else if (stats.isDirectory()) files = await filesOfFolder(await realpath(path), source, wanted);
  else files = await namedFile(path, source, stats, wanted);
  if (files.length === 0) nothingFound(printable(source), tally);
  return files;
}

/** Null where there is nothing of that name, but where the name may be a glob. */
async function statOf(path: string, source: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw fsFailure(source, error);
    if (isDynamicPattern(source)) return null;
    const name = await similarName(path);
    throw new KnownError(`${printable(source)}: no such file or folder`, {
      hint: name === null ? FORMS : `did you mean ${printable(join(dirname(source), name))}?`,
      cause: error,
    });
  }
}

async function namedFile(
  path: string,
  source: string,
  stats: Stats,
  options: SourceOptions,
): Promise<string[]> {
  if (!stats.isFile()) {
    throw new KnownError(`${printable(source)}: not a regular file`, {
      hint: 'pipe it in: `… | agenttrail ingest -`',
    });
  }
  try {
    await access(path, constants.R_OK);
  } catch (error) {
    throw fsFailure(source, error);
  }
  const file = await realpath(path);
  return isWanted(file, options) ? [file] : [];
}

async function filesOfGlob(
  pattern: string,
  options: SourceOptions,
  cwd: string,
): Promise<string[]> {
  const matches = await glob(pattern, { cwd, absolute: true, expandDirectories: false });
  if (matches.length === 0) {
    throw new KnownError(`${printable(pattern)}: no file matches`, {
      hint: 'quote the pattern, so that the shell leaves it alone; ** spans folders: "logs/**/*.json.gz"',
    });
  }
  const takesAnyName = /^\*{1,2}$/.test(basename(pattern));
  const files = await mapBounded(matches, PARALLEL, async (path) => {
    const file = await realpath(path).catch(() => null);
    if (file === null) {
      options.onSkip?.({ uri: path, reason: 'unreadable' });
      return [];
    }
    return (!takesAnyName || isNamedLikeLog(file, options)) && isWanted(file, options)
      ? [file]
      : [];
  });
  return files.flat();
}

/** Follows links; a folder that has been seen under its real name is not entered again. */
async function filesOfFolder(
  root: string,
  source: string,
  options: SourceOptions,
): Promise<string[]> {
  const files: string[] = [];
  const seen = new Set([root]);
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    if (!isWanted(`${folder}/`, options)) continue;
    for (const entry of await entriesOf(folder, root, source, options)) {
      const path = join(folder, entry.name);
      const target = await targetOf(path, entry);
      if (target === null) {
        options.onSkip?.({ uri: path, reason: 'unreadable' });
      } else if (target.isFolder) {
        if (entry.name.startsWith('.')) options.onSkip?.({ uri: `${path}/`, reason: 'not-a-log' });
        else if (!seen.has(target.path)) folders.push(target.path);
        seen.add(target.path);
      } else if (isNamedLikeLog(path, options) && isWanted(target.path, options)) {
        files.push(target.path);
      }
    }
  }
  return files;
}

async function entriesOf(
  folder: string,
  root: string,
  source: string,
  { onSkip }: SourceOptions,
): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (folder === root) throw fsFailure(source, error);
    onSkip?.({ uri: `${folder}/`, reason: 'unreadable' });
    return [];
  }
}

/** Null for a link to nowhere or a circle of links, and for what is neither file nor folder. */
async function targetOf(
  path: string,
  entry: Dirent,
): Promise<{ path: string; isFolder: boolean } | null> {
  if (entry.isFile() || entry.isDirectory()) return { path, isFolder: entry.isDirectory() };
  if (!entry.isSymbolicLink()) return null;
  try {
    const target = await realpath(path);
    const stats = await stat(target);
    const isFolder = stats.isDirectory();
    return isFolder || stats.isFile() ? { path: target, isFolder } : null;
  } catch {
    return null;
  }
}

function isWanted(uri: string, options: SourceOptions): boolean {
  const reason = skipReason(uri, options);
  if (reason !== null) options.onSkip?.({ uri, reason });
  return reason === null;
}

function isNamedLikeLog(uri: string, { onSkip }: { onSkip?: (skipped: Skipped) => void }): boolean {
  const isLog = isLogName(uri);
  if (!isLog) onSkip?.({ uri, reason: 'not-a-log' });
  return isLog;
}

async function* localRun(files: readonly string[]): Run {
  // The order needs the names alone.
  const sorted = files.map((file) => entryOf(fileObject(file))).sort(compareEntries);
  for (let start = 0; start < sorted.length; start += PAGE) {
    yield await mapBounded(sorted.slice(start, start + PAGE), PARALLEL, sized);
  }
}

async function sized({ time, object }: Entry): Promise<Entry> {
  const stats = await stat(object.uri).catch(() => null);
  return { time, object: fileObject(object.uri, stats ?? undefined) };
}

/** A file that has gone since it was listed stays listed: reading it says so. */
function fileObject(path: string, stats?: { size: number; mtimeMs: number }): LogObject {
  return {
    uri: path,
    bytes: stats?.size ?? null,
    version: stats ? `${Math.trunc(stats.mtimeMs)}-${stats.size}` : '',
    async read() {
      try {
        return await readFile(path);
      } catch (error) {
        throw readFailure(path, error);
      }
    },
    ...((stats?.size ?? 0) > IN_MEMORY_BYTES ? { open: () => piecesOf(path) } : {}),
  };
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: MIB });
  } catch (error) {
    throw readFailure(path, error);
  }
}
