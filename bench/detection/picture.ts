import { thinned } from './curve.ts';
import type { MethodResult } from './methods.ts';

const SIZE = { width: 800, height: 520 } as const;
const PLOT = { left: 70, top: 30, width: 440, height: 420 } as const;
/** Told apart without colour too: by dash and by mark. Readable on white and on black. */
const STYLES = [
  { colour: '#2f81f7', dash: 'none', width: 3 },
  { colour: '#d9822b', dash: '7 3', width: 2 },
  { colour: '#a371f7', dash: '2 3', width: 2 },
  { colour: '#2da44e', dash: '10 3 2 3', width: 2 },
  { colour: '#d1477a', dash: '4 4', width: 2 },
] as const;
const CURVE_POINTS = 200;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Precision over recall, a line a method; its dot is the natural threshold. */
export function drawCurves(methods: readonly MethodResult[]): string {
  const { width, height } = SIZE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">`,
    '<title id="title">Precision and recall of each method over its thresholds</title>',
    '<style>',
    'svg { font: 14px system-ui, sans-serif; background: #ffffff } text { fill: #1f2328 } .line { stroke: #d0d7de } .ring { stroke: #ffffff }',
    '@media (prefers-color-scheme: dark) { svg { background: #0d1117 } text { fill: #e6edf3 } .line { stroke: #30363d } .ring { stroke: #0d1117 } }',
    '</style>',
    ...axes(),
    ...methods.flatMap(curve),
    ...methods.toReversed().flatMap((method, index) => dot(method, methods.length - 1 - index)),
    ...methods.flatMap(legend),
    '</svg>',
    '',
  ].join('\n');
}

function axes(): string[] {
  const { left, top, width, height } = PLOT;
  const bottom = top + height;
  return [
    ...TICKS.flatMap((tick) => [
      `<path class="line" d="M${x(tick)} ${top}V${bottom}M${left} ${y(tick)}H${left + width}" fill="none"/>`,
      `<text x="${x(tick)}" y="${bottom + 20}" text-anchor="middle">${tick}</text>`,
      `<text x="${left - 10}" y="${y(tick) + 5}" text-anchor="end">${tick}</text>`,
    ]),
    `<text x="${left + width / 2}" y="${bottom + 46}" text-anchor="middle">recall: share of the incidents that are found</text>`,
    `<text transform="translate(22 ${top + height / 2}) rotate(-90)" text-anchor="middle">precision: share of the alerts that are right</text>`,
  ];
}

function curve({ curve: points }: MethodResult, index: number): string[] {
  const { colour, dash, width } = styleOf(index);
  const path = thinned(points, CURVE_POINTS)
    .map(({ recall, precision }) => `${x(recall)} ${y(precision)}`)
    .join('L');
  return path === ''
    ? []
    : [
        `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}" stroke-linejoin="round"/>`,
      ];
}

function dot({ recall, precision }: MethodResult, index: number): string[] {
  if (Number.isNaN(recall) || Number.isNaN(precision)) return [];
  const { colour } = styleOf(index);
  return [
    `<circle class="ring" cx="${x(recall)}" cy="${y(precision)}" r="7" fill="${colour}" stroke-width="2"/>`,
  ];
}

function legend({ name, recall, precision }: MethodResult, index: number): string[] {
  const { colour, dash, width } = styleOf(index);
  const [left, top] = [PLOT.left + PLOT.width + 24, PLOT.top + 14 + index * 46];
  return [
    `<path d="M${left} ${top}h34" fill="none" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/>`,
    `<circle cx="${left + 17}" cy="${top}" r="5" fill="${colour}"/>`,
    `<text x="${left + 42}" y="${top + 5}">${name}</text>`,
    `<text x="${left + 42}" y="${top + 22}" font-size="12">recall ${rounded(recall)}, precision ${rounded(precision)}</text>`,
  ];
}

function styleOf(index: number): (typeof STYLES)[number] {
  return STYLES[index % STYLES.length] ?? STYLES[0];
}

function x(recall: number): string {
  return (PLOT.left + recall * PLOT.width).toFixed(1);
}

function y(precision: number): number {
  return Number((PLOT.top + (1 - precision) * PLOT.height).toFixed(1));
}

function rounded(value: number): string {
  return Number.isNaN(value) ? '?' : value.toFixed(3);
}
