// Writes docs/detectors.md.
import { writeFileSync } from 'node:fs';
import { DETECTORS } from '../detect/registry.ts';
import { detectorDocs } from './detector-docs.ts';

writeFileSync('docs/detectors.md', detectorDocs(DETECTORS));
