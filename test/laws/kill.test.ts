import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../fixtures/fleet/random.ts';
import { writeFleet } from '../../fixtures/fleet/write.ts';
import { agenttrail, CLI, temporaryFolder } from '../helpers/cli.ts';
import { contentsOf, freshStore } from './helpers/store.ts';

const folder = temporaryFolder();
const logs = join(folder, 'logs');
const KILLS = 5;

/** Two ways to ingest: all in one commit, and in many. */
const WAYS = {
  'the command': (store: string) => [CLI, 'ingest', logs, '--store', store],
  'a run of many commits': (store: string) => [
    fileURLToPath(new URL('helpers/small-batches.mjs', import.meta.url)),
    dirname(CLI),
    store,
    logs,
  ],
} as const;

beforeAll(async () => {
  await writeFleet({ seed: 5, days: 7, events: 12_000, recordsPerFile: 300 }, logs);
});

/** Lets a process run for so long, or to its end; gives its exit code, null where it was killed. */
async function runFor(args: readonly string[], milliseconds: number): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const end = new Promise<number | null>((done) => child.on('close', done));
  const timer = new AbortController();
  const limit = setTimeout(milliseconds, undefined, { signal: timer.signal }).then(
    () => child.kill('SIGKILL'),
    () => {},
  );
  const code = await end;
  timer.abort();
  await limit;
  return code;
}

/** Objects of which a reader sees other than all; 'none' as long as there is no store. */
async function torn(store: string): Promise<string> {
  const { code, out, err } = await agenttrail([
    'query',
    `select uri, events_stored, count(events.event_id) as seen
    from objects
    left join events on events.source_object = objects.uri
    group by all
    having seen <> events_stored`,
    '--format',
    'json',
    '--store',
    store,
  ]);
  if (code === 0) return out;
  return err.startsWith(`agenttrail: ${store}: no such store\n`) ? '[]\n' : err;
}

test.each(Object.entries(WAYS))(
  '%s, killed again and again, ends in the store of an undisturbed run',
  async (title, argsFor) => {
    const undisturbed = freshStore(folder);
    const begun = performance.now();
    expect(await runFor(argsFor(undisturbed), 60_000)).toBe(0);
    const duration = performance.now() - begun;

    const random = new Random(title.length);
    const store = freshStore(folder);
    const seen: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      // The first ones while the store is being made.
      const share = random.float() * (kill < 2 ? 0.3 : 1);
      await runFor(argsFor(store), duration * share);
      seen.push(await torn(store));
    }
    expect(seen).toEqual(seen.map(() => '[]\n'));
    expect(await runFor(argsFor(store), 60_000)).toBe(0);
    expect(await contentsOf(store)).toEqual(await contentsOf(undisturbed));
    expect(['.staging', '.wal', '.new'].filter((end) => existsSync(store + end))).toEqual([]);
  },
  120_000,
);
