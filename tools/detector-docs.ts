import type { Detector } from '../detect/detector.ts';

const SUBJECT = [
  'Written by `tools/write-detector-docs.ts` from the detectors themselves; do not edit.',
  'Each may be configured in `agenttrail.yaml` under `detectors.<id>`: `enabled: false`, or any of its parameters.',
];

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

function shown(value: Detector['defaults'][string]): string {
  return typeof value === 'object'
    ? value.map((entry) => `\`${entry}\``).join(', ')
    : `\`${String(value)}\``;
}
