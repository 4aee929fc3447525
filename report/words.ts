import { printable } from '../store/printable.ts';

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 task`, `2 tasks`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Never rounded up to the whole: 100% means all. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const permille = part === whole ? 1000 : Math.min(999, Math.round((part / whole) * 1000));
  return `${permille / 10}%`;
}

export function confidence(value: number): string {
  return `${Math.round(value * 100)}%`;
}

/** `first, second and 3 more`. */
export function listed(items: readonly string[], max: number): string {
  const shown = items.slice(0, max).join(', ');
  return items.length <= max ? shown : `${shown} and ${count(items.length - max)} more`;
}

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z$/;

/** `2026-11-01 10:05:12`, of ISO 8601 in UTC. */
export function moment(iso: string): string {
  const [, date, time] = TIME.exec(iso) ?? [];
  return date === undefined ? printable(iso) : `${date} ${time}`;
}

/** From first to last, the date once where it is one. */
export function span(first: string, last: string): string {
  if (first === last) return `${moment(first)} UTC`;
  const [, firstDate] = TIME.exec(first) ?? [];
  const [, lastDate, lastTime] = TIME.exec(last) ?? [];
  const isOneDay = firstDate !== undefined && firstDate === lastDate;
  return `${moment(first)} – ${isOneDay ? lastTime : moment(last)} UTC`;
}
