import type { Finding } from '../../../detect/finding.ts';

/** A plain finding; tests state what matters to them. */
export function findingOf(over: Partial<Finding> = {}): Finding {
  return {
    id: 'task-scope:1',
    detector: 'task-scope',
    severity: 'medium',
    confidence: 0.8,
    title: 'Task did what its type never does',
    explanation: '',
    agentId: 'agent-1',
    taskId: 'task-1',
    taskType: null,
    onBehalfOf: null,
    accessKeyIds: [],
    roleArns: [],
    accountIds: [],
    regions: [],
    firstSeen: '2026-11-01T10:00:00Z',
    lastSeen: '2026-11-01T10:00:00Z',
    evidence: { eventIds: [], actions: [], sql: '' },
    baseline: null,
    techniques: [],
    visibility: [],
    response: null,
    ...over,
  };
}
