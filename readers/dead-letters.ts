import type { Queryable } from '../store/connection.ts';
import { loadSql } from '../store/sql.ts';

export interface DeadLetter {
  uri: string;
  /** Index of the record in its object, from 0; null for the object as a whole. */
  position: number | null;
  reason: string;
}

const DEAD_LETTERS = loadSql(new URL('dead-letters.sql', import.meta.url));
const SHOWN = 10;

/** The first few that a run set aside. */
export async function readDeadLetters(
  store: Queryable,
  first_object_id: number,
): Promise<DeadLetter[]> {
  const rows = await store.rows(DEAD_LETTERS, { first_object_id, most: SHOWN });
  return rows.map((row) => ({
    uri: String(row['uri']),
    position: row['position'] === null ? null : Number(row['position']),
    reason: String(row['reason']),
  }));
}
