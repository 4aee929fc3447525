import { iso, texts } from '../../readers/cells.ts';
import type { Queryable } from '../../store/connection.ts';
import { loadSql } from '../../store/sql.ts';
import type { Alert } from '../detection/alert.ts';
import { SILENT } from './comparator.ts';

const TASK_FEATURES = loadSql(new URL('task-features.sql', import.meta.url));

export interface TaskFeatures {
  readonly agentId: string;
  readonly eventCount: number;
  readonly features: readonly number[];
  /** An alert on the task as a whole, but for who raises it and why. */
  readonly subject: Omit<Alert, 'by' | 'score' | 'isRaised'>;
}

export async function readTasks(store: Queryable): Promise<TaskFeatures[]> {
  const rows = await store.rows(TASK_FEATURES);
  return rows.map((row) => ({
    agentId: String(row['agent_id']),
    eventCount: Number(row['event_count']),
    features: (row['features'] as number[]).map(Number),
    subject: {
      ...SILENT,
      agentId: String(row['agent_id']),
      taskId: String(row['task_id']),
      accessKeyIds: texts(row['access_key_ids']),
      eventIds: null,
      actions: [],
      firstSeen: iso(row['started_at']),
      lastSeen: iso(row['ended_at']),
    },
  }));
}
