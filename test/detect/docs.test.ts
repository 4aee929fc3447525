import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { DETECTORS } from '../../detect/registry.ts';
import { detectorDocs, withParameters } from '../../tools/detector-docs.ts';
import { PARAMETER_EFFECTS } from '../../tools/parameter-effects.ts';

test('docs/detectors.md says what the detectors say; npm run generate:detector-docs writes it', () => {
  expect(readFileSync('docs/detectors.md', 'utf8')).toBe(detectorDocs(DETECTORS));
});

test('docs/detection.md has every parameter with its default; npm run generate:detector-docs writes them', () => {
  const document = readFileSync('docs/detection.md', 'utf8');

  expect(document).toBe(withParameters(document, DETECTORS));
});

test('docs/detection.md has the alert budget as it is without configuration', () => {
  const { alerts } = parseConfig('', 'agenttrail.yaml', DETECTORS);
  const [, rate, perDay] =
    /`alerts.falseDiscoveryRate` \| (\S+) \|[\s\S]*`alerts.perDay` \| (\w+) \|/.exec(
      readFileSync('docs/detection.md', 'utf8'),
    ) ?? [];

  expect([rate, perDay]).toEqual([`\`${alerts.falseDiscoveryRate}\``, alerts.perDay ?? 'none']);
});

test('every parameter says what moving it does, and none is told of that does not exist', () => {
  const told = Object.entries(PARAMETER_EFFECTS).map(([id, effects]) => [id, Object.keys(effects)]);

  expect(told).toEqual(DETECTORS.map(({ id, defaults }) => [id, Object.keys(defaults)]));
});
