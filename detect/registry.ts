import type { Detector } from './detector.ts';
import { taskScope } from './task-scope/detector.ts';

/** In order of id. */
export const DETECTORS: readonly Detector[] = [taskScope];
