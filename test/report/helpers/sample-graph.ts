import type { GraphAction, GraphSession, TaskGraph } from '../../../report/task-graph.ts';
import { HOSTILE } from './sample-report.ts';

export function sessionOf(over: Partial<GraphSession> = {}): GraphSession {
  return {
    accessKeyId: 'ASIAORCHESTRATOR0001',
    parentAccessKeyId: null,
    roleArn: 'arn:aws:iam::111122223333:role/agents/Orchestrator',
    roleSessionName: 'orch-1',
    sourceIdentity: 'alice',
    issuedAt: '2026-11-01T02:00:00Z',
    firstUsedAt: '2026-11-01T02:00:05Z',
    lastUsedAt: '2026-11-01T02:05:00Z',
    eventCount: 2,
    errorCount: 0,
    ...over,
  };
}

export function actionOf(over: Partial<GraphAction> = {}): GraphAction {
  return {
    action: 'rds:DescribeDBInstances',
    capability: 'read-metadata',
    region: 'us-east-1',
    eventCount: 12,
    errorCount: 0,
    firstTime: '2026-11-01T02:05:12Z',
    lastTime: '2026-11-01T02:07:40Z',
    bytesOut: 0,
    ...over,
  };
}

export const sampleGraph: TaskGraph = {
  agentId: 'schema-agent',
  taskId: 'schema-4711',
  taskType: 'schema-migration',
  onBehalfOf: 'alice@example.com',
  startedAt: '2026-11-01T02:00:00Z',
  endedAt: '2026-11-01T02:07:40Z',
  sessions: [
    sessionOf(),
    sessionOf({
      accessKeyId: 'ASIASCHEMA4711EXAMPL',
      parentAccessKeyId: 'ASIAORCHESTRATOR0001',
      roleArn: 'arn:aws:iam::111122223333:role/AgentWorker',
      roleSessionName: HOSTILE,
      eventCount: 1_019,
      errorCount: 3,
    }),
  ],
  actions: [
    actionOf(),
    actionOf({ region: 'eu-central-1', eventCount: 2, errorCount: 1 }),
    actionOf({ action: 'rds:StartExportTask', capability: 'export', eventCount: 1 }),
    actionOf({ action: 'iam:CreateAccessKey', capability: 'credential', eventCount: 1 }),
    actionOf({ action: 'x"]; click a0 "javascript:alert(1)"', capability: 'write-config' }),
    actionOf({ action: 'end', capability: 'write-data', bytesOut: 1_048_576 }),
  ],
  edges: [
    {
      fromAction: 'rds:DescribeDBInstances',
      toAction: 'rds:DescribeDBInstances',
      transitionCount: 9,
    },
    { fromAction: 'rds:DescribeDBInstances', toAction: 'rds:StartExportTask', transitionCount: 1 },
    { fromAction: 'rds:StartExportTask', toAction: 'end', transitionCount: 3 },
  ],
  resources: [
    { resource: 'arn:aws:s3:::acme-tmp-7', capability: 'export', eventCount: 1 },
    { resource: `arn:aws:s3:::${HOSTILE}`, capability: 'read-data', eventCount: 4 },
  ],
  findings: [
    {
      id: 'task-scope:1',
      severity: 'critical',
      title: 'A schema-migration task exported a database to S3',
      actions: ['rds:StartExportTask'],
    },
    { id: 'volume:1', severity: 'medium', title: HOSTILE, actions: [] },
  ],
};
