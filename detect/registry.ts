import type { Detector } from './detector.ts';

export const DETECTORS: readonly Detector[] = [];
