import type { Sql } from '../store/sql.ts';
import type { BaselineReference, Finding, Severity } from './finding.ts';

/** DuckDB types that a detector's query may return, and what they are in JavaScript. */
interface ColumnTypes {
  VARCHAR: string | null;
  BOOLEAN: boolean | null;
  INTEGER: number;
  BIGINT: bigint;
  DOUBLE: number;
  TIMESTAMP: Date;
  'VARCHAR[]': string[];
}
type ColumnType = keyof ColumnTypes;
export type Columns = Readonly<Record<string, ColumnType>>;

/**
 * What each query returns beside its own columns: whom the finding is about, and what proves it. Event
 * ids come in order of time, other lists sorted; none holds a null.
 */
export const SUBJECT_COLUMNS = {
  agent_id: 'VARCHAR',
  task_id: 'VARCHAR',
  task_type: 'VARCHAR',
  on_behalf_of: 'VARCHAR',
  access_key_ids: 'VARCHAR[]',
  role_arns: 'VARCHAR[]',
  account_ids: 'VARCHAR[]',
  regions: 'VARCHAR[]',
  first_seen: 'TIMESTAMP',
  last_seen: 'TIMESTAMP',
  event_ids: 'VARCHAR[]',
  actions: 'VARCHAR[]',
} as const satisfies Columns;

/** A row as the declared columns say; the corpus test asks DuckDB's binder whether they are true. */
export type RowOf<Own extends Columns> = {
  [Name in keyof Own | keyof typeof SUBJECT_COLUMNS]: Name extends keyof Own
    ? ColumnTypes[Own[Name]]
    : Name extends keyof typeof SUBJECT_COLUMNS
      ? ColumnTypes[(typeof SUBJECT_COLUMNS)[Name]]
      : never;
};

/** What a detector makes of one row. */
export interface Claim {
  /**
   * What of the task it is about ('export'), or, without one, of whom ('agent-mark' and a role's ARN):
   * with agent and task it makes the finding's id.
   */
  about: string;
  severity: Severity;
  /** 0..1: of findings at 0.9, nine in ten are right. */
  confidence: number;
  title: string;
  explanation: string;
  baseline?: BaselineReference;
  /** Those of the detector, where absent. */
  techniques?: readonly string[];
  response?: Finding['response'];
}

export type Parameters = Readonly<Record<string, number | boolean | string | readonly string[]>>;

interface Definition<Own extends Columns, Defaults extends Parameters> {
  id: string;
  /** One sentence for the list of detectors: what it finds. */
  finds: string;
  /** What it cannot see. */
  misses: string;
  /** What looks like it and is harmless. */
  benign: string;
  /** What a person on call does first. */
  triage: string;
  /** ATT&CK technique ids. */
  techniques: readonly string[];
  /** Parameters of the query, by name; the configuration may set each. */
  defaults: Defaults;
  columns: Own;
  sql: Sql;
  /**
   * One row of `status` ('ran', 'learning' or 'not-available') and `reason`, by the same parameters:
   * missing data is not innocence.
   */
  availability?: Sql;
  claim: (row: RowOf<Own>, parameters: Defaults) => Claim;
}

/** A detector whose row type has been forgotten: all that the runner needs. */
export interface Detector extends Omit<Definition<Columns, Parameters>, 'claim'> {
  claim: (row: never, parameters: never) => Claim;
}

export function defineDetector<Own extends Columns, Defaults extends Parameters>(
  definition: Definition<Own, Defaults>,
): Detector {
  return definition;
}
