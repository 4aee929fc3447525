import { thinned } from './curve.ts';
import type { Summary } from './summary.ts';

const CURVE_POINTS = 40;
const DIGITS = 4;

/** `bench/results/detect.json`: the numbers without what depends on the machine, so that two runs can be compared. */
export function savedText({ speed: _, targets, ...summary }: Summary): string {
  const methods = summary.methods.map((method) => ({
    ...method,
    curve: thinned(method.curve, CURVE_POINTS),
  }));
  const steady = targets.filter(({ name }) => !name.startsWith('seconds'));
  const saved = { ...summary, targets: steady, methods };
  return `${JSON.stringify(saved, rounded, 2)}\n`;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
}
