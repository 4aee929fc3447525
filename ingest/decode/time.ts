const SPELLING =
  /^(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:[Zz]|UTC|([+-])(\d\d):?(\d\d)?)?$/;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
/** Epoch numbers above are milliseconds, below seconds: the year 5138 or 1973. */
const SECONDS_END = 1e11;

/**
 * `YYYY-MM-DDTHH:MM:SS[.fff]Z` of every spelling seen in CloudTrail records and exports; null where it is
 * none. Without a zone, it is UTC. Fractions are cut to milliseconds, and left out where they are zero.
 */
export function normalTime(value: unknown): string | null {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = '0',
    fraction = '',
    sign,
    zoneHour,
    zoneMinute,
  ] = SPELLING.exec(text) ?? [];
  if (year === undefined) return null;
  const parts = [year, Number(month) - 1, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(y, mo, d);
  const isDay = date.getUTCMonth() === mo && date.getUTCDate() === d;
  if (!isDay || h > 23 || mi > 59 || s > 60) return null;
  date.setUTCHours(h, mi, s, millis);
  const offset = (Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0)) * 60_000;
  return iso(date.getTime() - (sign === '-' ? -offset : offset));
}

function fromEpoch(value: number): string | null {
  return iso(Math.trunc(Math.abs(value) < SECONDS_END ? value * 1000 : value));
}

function iso(millis: number): string | null {
  // Before 1970 there is no CloudTrail; a zero is a default, not a time.
  if (!(millis > 0 && millis <= LAST)) return null;
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}
