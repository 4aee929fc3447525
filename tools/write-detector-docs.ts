// Writes docs/detectors.md, and the table of parameters in docs/detection.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { DETECTORS } from '../detect/registry.ts';
import { detectorDocs, withParameters } from './detector-docs.ts';

const DETECTION = 'docs/detection.md';

writeFileSync('docs/detectors.md', detectorDocs(DETECTORS));
writeFileSync(DETECTION, withParameters(readFileSync(DETECTION, 'utf8'), DETECTORS));
