import type { Alert } from './alert.ts';
import type { Call, Incident } from './match.ts';

/** What had happened when the first proof of an incident was there. */
export interface Delay {
  /** Bad calls up to it; 1 is the first. */
  readonly badCalls: number;
  /** Events of the task (or of the keys, without one) after the first bad call and before it. */
  readonly taskEvents: number;
}

/** By the first bad call that a right alert shows; null where none shows any event. */
export function delayOf({ bad, calls }: Incident, rightAlerts: readonly Alert[]): Delay | null {
  const found = rightAlerts
    .filter(({ eventIds }) => eventIds !== null)
    .map((alert) => provenBy(alert, bad))
    .filter((index) => index >= 0);
  if (found.length === 0) return null;
  const index = Math.min(...found);
  const [first, last] = [bad[0], bad[index]];
  if (first === undefined || last === undefined) return null;
  const between = calls.filter((call) => isBefore(first, call) && isBefore(call, last));
  return { badCalls: index + 1, taskEvents: between.length };
}

/** Where no bad call is shown, the first at or after the alert's first event. */
function provenBy({ eventIds, firstSeen }: Alert, bad: readonly Call[]): number {
  const shown = bad.findIndex(({ eventId }) => eventIds?.includes(eventId));
  if (shown >= 0) return shown;
  return bad.findIndex(({ at }) => Date.parse(at) >= Date.parse(firstSeen));
}

/** Within one second CloudTrail tells no order; the event id gives one that is always the same. */
function isBefore(a: Call, b: Call): boolean {
  return a.at < b.at || (a.at === b.at && a.eventId < b.eventId);
}
