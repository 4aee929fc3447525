import type { Detector } from './detector.ts';
import { novelAction } from './novel-action/detector.ts';
import { taskScope } from './task-scope/detector.ts';

/** In order of id. */
export const DETECTORS: readonly Detector[] = [novelAction, taskScope];
