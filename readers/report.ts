import type { Finding } from '../detect/finding.ts';
import { compareFindings, incidentsOf } from '../report/incidents.ts';
import type { Reconciliation, Report } from '../report/model.ts';
import { SCHEMA_VERSION } from '../report/model.ts';
import type { Queryable, Row } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { iso, json, text, texts } from './cells.ts';
import { readCoverage } from './coverage.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));
const FINDINGS = load('findings');
const RECONCILIATION = load('reconciliation');

export interface ReportWindow {
  readonly since?: Date;
  readonly until?: Date;
}

/** What the last `detect` found, of activity in the window. */
export async function readReport(store: Queryable, window: ReportWindow): Promise<Report> {
  const findings = await readFindings(store, window);
  const { coverage, firstEventAt, lastEventAt } = await readCoverage(store);
  return {
    schemaVersion: SCHEMA_VERSION,
    window: {
      since: window.since?.toISOString() ?? firstEventAt,
      until: window.until?.toISOString() ?? lastEventAt,
    },
    reconciliation: await readReconciliation(store),
    coverage,
    incidents: incidentsOf(findings),
    findings,
  };
}

async function readFindings(store: Queryable, { since, until }: ReportWindow): Promise<Finding[]> {
  const rows = await store.rows(FINDINGS, {
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
  });
  return rows.map(findingOf).sort(compareFindings);
}

function findingOf(row: Row): Finding {
  return {
    id: String(row['id']),
    detector: String(row['detector']),
    severity: row['severity'] as Finding['severity'],
    confidence: Number(row['confidence']),
    title: String(row['title']),
    explanation: String(row['explanation']),
    agentId: text(row['agent_id']),
    taskId: text(row['task_id']),
    taskType: text(row['task_type']),
    onBehalfOf: text(row['on_behalf_of']),
    accessKeyIds: texts(row['access_key_ids']),
    roleArns: texts(row['role_arns']),
    accountIds: texts(row['account_ids']),
    regions: texts(row['regions']),
    firstSeen: iso(row['first_seen']),
    lastSeen: iso(row['last_seen']),
    evidence: json(row['evidence']) as Finding['evidence'],
    baseline: json(row['baseline']) as Finding['baseline'],
    techniques: texts(row['techniques']),
    visibility: texts(row['visibility']),
    response: json(row['response']) as Finding['response'],
  };
}

async function readReconciliation(store: Queryable): Promise<Reconciliation> {
  const [row = {}] = await store.rows(RECONCILIATION);
  return {
    objects: Number(row['objects']),
    recordsRead: Number(row['records_read']),
    eventsStored: Number(row['events_stored']),
    duplicates: Number(row['duplicates']),
    deadLetters: Number(row['dead_letters']),
  };
}
