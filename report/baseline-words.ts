import { isSensitive, SENSITIVE_CAPABILITIES } from '../store/capabilities/classes.ts';
import type { Baseline, BaselineProfile, Quantiles } from './baseline.ts';
import { count, countOf, moment, percent } from './words.ts';

/** `41 tasks, 2026-09-01 07:36 – 2026-09-14 20:02 UTC`. */
export function historyOf({ taskCount, since, until }: BaselineProfile): string {
  if (since === null || until === null) return 'no task that could teach';
  return `${countOf(taskCount, 'task')}, ${minute(since)} – ${minute(until)} UTC`;
}

function minute(iso: string): string {
  return moment(iso).replace(/:\d\d$/, '');
}

/** `18 (9–40)`: the median, and where eight in ten are. */
export function rangeOf(
  quantiles: Quantiles | null,
  word: (value: number) => string = count,
): string {
  if (quantiles === null) return '–';
  const [low, middle, high] = [quantiles.p10, quantiles.median, quantiles.p90].map(word);
  return low === high ? String(middle) : `${middle} (${low}–${high})`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** `45s`, `12m`, `3.2h`, `1.5d`. */
export function duration(seconds: number): string {
  for (const [unit, length] of UNITS) {
    if (seconds < length * 2) continue;
    const value = seconds / length;
    return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)}${unit}`;
  }
  return `${Math.round(seconds)}s`;
}

export function rate(value: number | null): string {
  return value === null ? '–' : String(Math.round(value * 10) / 10);
}

/** What would be news in any task of it: an attempt that was denied does not make success normal. */
export function neverDone({ actions }: BaselineProfile): string[] {
  const succeeded = actions.filter(({ callCount, deniedCount }) => deniedCount < callCount);
  const done = new Set<string>(succeeded.map(({ capability }) => capability));
  return SENSITIVE_CAPABILITIES.filter((capability) => !done.has(capability));
}

/** In how many of the tasks, and how much of it was refused. */
export function shareOf(
  { taskCount, callCount, deniedCount }: Record<'taskCount' | 'callCount' | 'deniedCount', number>,
  tasks: number,
): string {
  const denied = deniedCount === 0 ? '' : `, ${percent(deniedCount, callCount)} denied`;
  return `${percent(taskCount, tasks)}${denied}`;
}

/** `novel-action lacks 7 of 10 tasks`. */
export function learningWords({ learning }: Baseline): string[] {
  return learning.map(
    ({ id, minimumTasks, lackingTasks }) =>
      `${id} lacks ${count(lackingTasks)} of ${countOf(minimumTasks, 'task')}`,
  );
}

/** Sensitive ones always, the others as far as there is room; the order stays. */
export function shownOf<Item extends { capability: string }>(
  items: readonly Item[],
  max: number,
): { shown: Item[]; more: number } {
  const shown = items.filter(({ capability }, index) => index < max || isSensitive(capability));
  return { shown, more: items.length - shown.length };
}
