import type { Finding } from '../../../detect/finding.ts';

/** A finding of which only `what` matters. */
export function finding(what: Partial<Finding> = {}): Finding {
  return {
    id: 'novel-action-1',
    detector: 'novel-action',
    severity: 'high',
    confidence: 0.9,
    title: 'title',
    explanation: 'explanation',
    agentId: 'bot',
    taskId: 'T-1',
    taskType: 'update',
    onBehalfOf: null,
    accessKeyIds: [],
    roleArns: [],
    accountIds: [],
    regions: [],
    firstSeen: '2026-09-01T10:00:00.000Z',
    lastSeen: '2026-09-01T11:00:00.000Z',
    evidence: { eventIds: ['e-1'], actions: ['rds:StartExportTask'], sql: 'select 1' },
    baseline: { level: 'agent', tasks: 50 },
    techniques: [],
    visibility: [],
    response: null,
    ...what,
  };
}
