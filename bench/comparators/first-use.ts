import { iso, text } from '../../readers/cells.ts';
import { loadSql } from '../../store/sql.ts';
import { type Comparator, SILENT } from './comparator.ts';

const FIRST_USE = loadSql(new URL('first-use.sql', import.meta.url));
const LEARNING_DAYS = 7;

export const firstUse: Comparator = {
  name: 'first use',
  rule: `a role or user calls an action for the first time, ${LEARNING_DAYS} days or more after it was first seen (Netflix cloudtrail-anomaly, Elastic new terms); ranked by those days`,
  alerts: async (store) =>
    (await store.rows(FIRST_USE)).map((row) => ({
      ...SILENT,
      by: 'first-use',
      score: Number(row['known_days']),
      isRaised: Number(row['known_days']) >= LEARNING_DAYS,
      agentId: text(row['agent_id']),
      taskId: text(row['task_id']),
      accessKeyIds: [text(row['access_key_id'])].filter((key) => key !== null),
      eventIds: [String(row['event_id'])],
      actions: [String(row['action'])],
      firstSeen: iso(row['event_time']),
      lastSeen: iso(row['event_time']),
    })),
};
