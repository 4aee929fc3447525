import { printable } from '../store/printable.ts';

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 task`, `2 tasks`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Never rounded to all or to none. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  if (part === 0 || part === whole) return part === 0 ? '0%' : '100%';
  return `${Math.min(Math.max(Math.round((part / whole) * 1000), 1), 999) / 10}%`;
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
