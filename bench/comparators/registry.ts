import { callCount } from './call-count.ts';
import type { Comparator } from './comparator.ts';
import { firstUse } from './first-use.ts';
import { isolationForest } from './isolated-tasks.ts';
import { sensitiveNames } from './sensitive-names.ts';

export const COMPARATORS: readonly Comparator[] = [
  firstUse,
  callCount,
  isolationForest,
  sensitiveNames,
];
