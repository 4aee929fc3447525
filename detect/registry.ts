import { credentialTheft } from './credential-theft/detector.ts';
import type { Detector } from './detector.ts';
import { failures } from './failures/detector.ts';
import { graphShape } from './graph-shape/detector.ts';
import { logTampering } from './log-tampering/detector.ts';
import { novelAction } from './novel-action/detector.ts';
import { novelPlace } from './novel-place/detector.ts';
import { novelResource } from './novel-resource/detector.ts';
import { outlivedTask } from './outlived-task/detector.ts';
import { rareSequence } from './rare-sequence/detector.ts';
import { shadowAgent } from './shadow-agent/detector.ts';
import { sharedCredential } from './shared-credential/detector.ts';
import { staticCredential } from './static-credential/detector.ts';
import { tagIntegrity } from './tag-integrity/detector.ts';
import { taskScope } from './task-scope/detector.ts';
import { volume } from './volume/detector.ts';

/** In order of id. */
export const DETECTORS: readonly Detector[] = [
  credentialTheft,
  failures,
  graphShape,
  logTampering,
  novelAction,
  novelPlace,
  novelResource,
  outlivedTask,
  rareSequence,
  shadowAgent,
  sharedCredential,
  staticCredential,
  tagIntegrity,
  taskScope,
  volume,
];
