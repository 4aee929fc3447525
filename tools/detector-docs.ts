import type { Detector } from '../detect/detector.ts';
import { someOf } from '../detect/words.ts';
import { PARAMETER_EFFECTS } from './parameter-effects.ts';

const SUBJECT = [
  'Written by `tools/write-detector-docs.ts` from the detectors themselves; do not edit.',
  'Each may be configured in `agenttrail.yaml` under `detectors.<id>`: `enabled: false`, or any of its parameters.',
  'What moving each parameter does is in [detection.md](detection.md#parameters).',
];

/** Of a long list of words the first: all of them stand in `docs/detectors.md`. */
const LIST_SHOWN = 4;
const PARAMETERS = /(?<=^<!-- parameters: .*-->\n)[\s\S]*(?=^<!-- end of parameters -->$)/m;

/** `docs/detectors.md`. */
export function detectorDocs(detectors: readonly Detector[]): string {
  const rows = detectors.map(
    ({ id, finds, techniques }) => `| [${id}](#${id}) | ${finds} | ${techniques.join(', ')} |`,
  );
  return [
    '# Detectors',
    '',
    ...SUBJECT,
    '',
    '| detector | finds | ATT&CK |',
    '|---|---|---|',
    ...rows,
    ...detectors.flatMap(section),
    '',
  ].join('\n');
}

/** `docs/detection.md` with its table of parameters as the detectors have them. */
export function withParameters(document: string, detectors: readonly Detector[]): string {
  if (!PARAMETERS.test(document)) throw new Error('docs/detection.md has no place for parameters');
  const rows = detectors.flatMap(({ id, defaults }) =>
    Object.entries(defaults).map(
      ([name, value]) =>
        `| [${id}](detectors.md#${id}) | \`${name}\` | ${shown(value, LIST_SHOWN)} | ${PARAMETER_EFFECTS[id]?.[name]} |`,
    ),
  );
  const table = [
    '| detector | parameter | default | what it is, and what moving it does |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
  return document.replace(PARAMETERS, () => `\n${table}\n`);
}

function section({ id, finds, misses, benign, triage, techniques, defaults }: Detector): string[] {
  return [
    '',
    `## ${id}`,
    '',
    finds,
    '',
    `- **Misses.** ${misses}`,
    `- **Looks like it, and is harmless.** ${benign}`,
    `- **What to do.** ${triage}`,
    `- **ATT&CK.** ${techniques.join(', ')}`,
    ...parameters(defaults),
  ];
}

function parameters(defaults: Detector['defaults']): string[] {
  const entries = Object.entries(defaults);
  if (entries.length === 0) return [];
  return [
    '',
    '| parameter | default |',
    '|---|---|',
    ...entries.map(([name, value]) => `| \`${name}\` | ${shown(value)} |`),
  ];
}

function shown(value: Detector['defaults'][string], most = Number.POSITIVE_INFINITY): string {
  if (typeof value !== 'object') return `\`${String(value)}\``;
  return someOf(
    value.map((entry) => `\`${entry}\``),
    most,
  );
}
