import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DETECTORS } from '../../detect/registry.ts';
import { detectorDocs } from '../../tools/detector-docs.ts';

test('docs/detectors.md says what the detectors say; node dist/tools/write-detector-docs.js writes it', () => {
  expect(readFileSync('docs/detectors.md', 'utf8')).toBe(detectorDocs(DETECTORS));
});
