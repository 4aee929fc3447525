import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Run {
  /** Wall time of the whole process. */
  seconds: number;
  /** Largest resident size seen; 0 where there is no /proc. */
  peakMiB: number;
  /** What it wrote to stdout. */
  output: string;
}

const POLL_MS = 20;

/** Runs a command to its end; throws unless it ends well. */
export async function timed(command: string, args: readonly string[]): Promise<Run> {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  let peakMiB = 0;
  const poll = setInterval(async () => {
    peakMiB = Math.max(peakMiB, await highWater(child.pid));
  }, POLL_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(poll);
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${errors}`);
  return { seconds: (performance.now() - startedAt) / 1000, peakMiB, output };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** Linux keeps the largest resident size itself, so that a poll misses no peak but the last 20 ms'. */
async function highWater(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
