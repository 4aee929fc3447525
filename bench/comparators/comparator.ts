import type { Queryable } from '../../store/connection.ts';
import type { Alert } from '../detection/alert.ts';

/** What users have today, on the same store. */
export interface Comparator {
  readonly name: string;
  /** How it decides, and at which threshold. */
  readonly rule: string;
  readonly alerts: (store: Queryable) => Promise<Alert[]>;
}

/** What no comparator says of itself. */
export const SILENT = { confidence: null, isGrave: false } as const;
