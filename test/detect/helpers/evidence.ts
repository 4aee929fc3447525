import { evidenceSql } from '../../../detect/evidence-sql.ts';
import type { Evidence } from '../../../detect/finding.ts';

export function evidence(eventIds: string[], actions: string[]): Evidence {
  return { eventIds, actions, sql: evidenceSql({ event_id: eventIds }) };
}
