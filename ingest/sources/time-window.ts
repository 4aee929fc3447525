import { KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';
import type { TimeWindow } from '../source.ts';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const DURATION = /^(?<count>\d{1,6})(?<unit>[mhdw])$/;
const MOMENT =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[Tt ](?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?<fraction>\.\d{1,9})?)?(?<zone>[Zz]|[+-]\d{2}:\d{2})?)?$/;
const FORMS =
  'write 2026-10-05, 2026-10-05T14:30Z (UTC where no zone is given), or 30m, 24h, 7d, 2w ago';

/** A moment as ISO 8601, or a duration before `now`. */
export function parseWhen(text: string, now: Date): Date {
  const moment = durationBefore(text, now) ?? isoMoment(text);
  if (moment === null) throw new KnownError(`not a time: ${printable(text)}`, { hint: FORMS });
  return moment;
}

export function parseWindow(
  since: string | undefined,
  until: string | undefined,
  now: Date,
): TimeWindow {
  const window = {
    ...(since === undefined ? {} : { since: parseWhen(since, now) }),
    ...(until === undefined ? {} : { until: parseWhen(until, now) }),
  };
  if (window.since && window.until && window.since >= window.until) {
    throw new KnownError(
      `the window is empty: since ${window.since.toISOString()} is not before until ${window.until.toISOString()}`,
      { hint: `the window holds since and all up to, not including, until; ${FORMS}` },
    );
  }
  return window;
}

function durationBefore(text: string, now: Date): Date | null {
  const { count, unit } = DURATION.exec(text)?.groups ?? {};
  if (!count || !isUnit(unit)) return null;
  const moment = new Date(now.getTime() - Number(count) * UNIT_MS[unit]);
  // Before the year 0 the ISO form changes, and with it every comparison of days as text.
  return moment.getUTCFullYear() > 0 ? moment : null;
}

function isoMoment(text: string): Date | null {
  const { date, hour, minute, second, fraction, zone } = MOMENT.exec(text)?.groups ?? {};
  if (!date) return null;
  const midnight = new Date(`${date}T00:00:00Z`);
  // JavaScript takes 30 February for 2 March.
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return null;
  const clock = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${(fraction ?? '').slice(0, 4)}`;
  const moment = new Date(`${date}T${clock}${(zone ?? 'Z').toUpperCase()}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

function isUnit(unit: string | undefined): unit is keyof typeof UNIT_MS {
  return unit !== undefined && unit in UNIT_MS;
}
