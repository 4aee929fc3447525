import type { Detector } from './detector.ts';
import { novelAction } from './novel-action/detector.ts';
import { novelPlace } from './novel-place/detector.ts';
import { novelResource } from './novel-resource/detector.ts';
import { shadowAgent } from './shadow-agent/detector.ts';
import { sharedCredential } from './shared-credential/detector.ts';
import { staticCredential } from './static-credential/detector.ts';
import { tagIntegrity } from './tag-integrity/detector.ts';
import { taskScope } from './task-scope/detector.ts';

/** In order of id. */
export const DETECTORS: readonly Detector[] = [
  novelAction,
  novelPlace,
  novelResource,
  shadowAgent,
  sharedCredential,
  staticCredential,
  tagIntegrity,
  taskScope,
];
