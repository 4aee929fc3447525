import type { Finding } from '../../../detect/finding.ts';
import { incidentsOf } from '../../../report/incidents.ts';
import type { Report } from '../../../report/model.ts';
import { findingOf } from './findings.ts';

/** Everything a log line may try: terminal, direction, HTML, links, mentions, tables, fences, headings. */
export const HOSTILE =
  '\x1b[2J\x9b31m\u202e<img src=x onerror=alert(1)> [pay](https://evil.example) @security www.evil.example | a | b |\n```\n# owned\n---|---\n';

const exported: Finding = findingOf({
  id: 'task-scope:schema-agent/schema-4711:rds:StartExportTask',
  detector: 'task-scope',
  severity: 'critical',
  confidence: 0.97,
  title: 'A schema-migration task exported a database to S3',
  explanation:
    'rds:StartExportTask copied snapshot orders-prod to bucket acme-tmp-7. None of 214 earlier schema-migration tasks exported anything, and the scope of this task type allows rds:Describe* and rds:ModifyDB* only.',
  agentId: 'schema-agent',
  taskId: 'schema-4711',
  taskType: 'schema-migration',
  onBehalfOf: 'alice@example.com',
  accessKeyIds: ['ASIASCHEMA4711EXAMPL'],
  roleArns: ['arn:aws:iam::111122223333:role/AgentWorker'],
  accountIds: ['111122223333'],
  regions: ['eu-central-1', 'us-east-1'],
  firstSeen: '2026-11-01T02:05:12Z',
  lastSeen: '2026-11-01T02:07:40Z',
  evidence: {
    eventIds: [
      '0f1d7c1e-3a52-4d0c-9f3e-6a1b2c3d4e5f',
      '1a2b3c4d-0000-4444-8888-9e8d7c6b5a40',
      '2b3c4d5e-0000-4444-8888-9e8d7c6b5a41',
    ],
    actions: ['rds:CreateDBSnapshot', 'rds:StartExportTask'],
    sql: "select * from events where event_id in ('0f1d7c1e-3a52-4d0c-9f3e-6a1b2c3d4e5f')",
  },
  baseline: { level: 'task-type', tasks: 214 },
  techniques: ['T1537', 'T1530'],
  visibility: ['S3 data events of acme-tmp-7 are not in this trail'],
  response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/AgentWorker'] },
});

const findings: Finding[] = [
  exported,
  findingOf({
    ...exported,
    id: 'novel-action:schema-agent/schema-4711:rds:StartExportTask',
    detector: 'novel-action',
    severity: 'high',
    confidence: 0.91,
    title: 'First rds:StartExportTask by agent schema-agent',
    explanation: 'In 1,204 earlier tasks this agent never called an action that exports data.',
    baseline: { level: 'agent', tasks: 1204 },
    response: null,
  }),
  findingOf({
    ...exported,
    id: 'volume:schema-agent/schema-4711',
    detector: 'volume',
    severity: 'medium',
    confidence: 0.7,
    title: 'Four times the calls of a usual task',
    explanation: '812 calls; nine in ten earlier tasks of this type made fewer than 203.',
    response: null,
  }),
  findingOf({
    id: `shadow-agent:${HOSTILE}`,
    detector: 'shadow-agent',
    severity: 'high',
    confidence: 0.85,
    title: `Untagged session of a coding agent: ${HOSTILE}`,
    explanation: `User agent ${HOSTILE} marks a coding agent, and the session has no AgentID tag.`,
    agentId: null,
    taskId: null,
    roleArns: ['arn:aws:iam::444455556666:role/Deploy'],
    accessKeyIds: ['ASIADEPLOYEXAMPLE001'],
    accountIds: ['444455556666'],
    regions: ['us-east-1'],
    firstSeen: '2026-11-01T01:00:00Z',
    lastSeen: '2026-11-01T01:30:00Z',
    evidence: { eventIds: [HOSTILE], actions: ['sts:AssumeRole', HOSTILE], sql: 'select 1' },
    techniques: ['T1078.004'],
  }),
  findingOf({
    id: 'failures:hostile',
    detector: 'failures',
    severity: 'medium',
    confidence: 0.62,
    title: 'Seventeen different actions denied in four minutes',
    explanation: 'Healthy tasks of this agent are denied one or two actions at most.',
    agentId: `agent ${HOSTILE}`,
    taskId: "end]; click a 'rm -rf ~' \u2066",
    taskType: `x · on behalf of root ${HOSTILE}`,
    onBehalfOf: '@everyone',
    evidence: {
      eventIds: ['e-1', 'e-2', 'e-3', 'e-4'],
      actions: ['iam:ListUsers'],
      sql: 'select 1',
    },
    baseline: { level: 'peers', tasks: 31 },
  }),
  findingOf({
    id: 'novel-place:report-agent/weekly-9',
    detector: 'novel-place',
    severity: 'low',
    confidence: 0.4,
    title: 'First call from eu-west-3',
    agentId: 'report-agent',
    taskId: 'weekly 9; rm -rf ~',
    baseline: { level: 'agent', tasks: 18 },
  }),
];

export const sampleReport: Report = {
  schemaVersion: '1.0',
  window: { since: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z' },
  reconciliation: {
    objects: 125,
    recordsRead: 500_000,
    eventsStored: 499_200,
    duplicates: 790,
    deadLetters: 10,
  },
  coverage: {
    events: 499_200,
    attributedEvents: 466_253,
    byMethod: { 'role-session': 16_474, 'access-key': 449_779 },
    agents: 12,
    tasks: 840,
    sessions: 1_932,
    accounts: ['111122223333', '444455556666'],
    regions: ['eu-central-1', 'eu-west-3', 'us-east-1'],
    dataEventServices: ['lambda', 's3'],
    detectors: [
      { id: 'failures', status: 'ran', reason: null },
      { id: 'novel-action', status: 'ran', reason: null },
      { id: 'novel-place', status: 'ran', reason: null },
      { id: 'shadow-agent', status: 'ran', reason: null },
      { id: 'task-scope', status: 'ran', reason: null },
      { id: 'volume', status: 'learning', reason: '12 of 20 tasks seen for 3 of 12 agents' },
      { id: 'novel-resource', status: 'not-available', reason: `no data events of ${HOSTILE}` },
    ],
    notes: [
      'Denied AssumeRole calls carry no request parameters: who tried is known, which role is not.',
      `Source ${HOSTILE} was skipped`,
    ],
  },
  incidents: incidentsOf(findings),
  findings,
};
