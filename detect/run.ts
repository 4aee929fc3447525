import { createHash } from 'node:crypto';
import { listValue } from '@duckdb/node-api';
import type { Params, Queryable, Row } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import type { Claim, Detector, Parameters, RowOf } from './detector.ts';
import { evidenceSql } from './evidence-sql.ts';
import type { DetectorState, Finding } from './finding.ts';

export interface Detected {
  findings: Finding[];
  state: DetectorState;
}

/** A finding proves itself with its first events; the query in it gives all of them. */
const EVIDENCE_EVENTS = 100;

const VISIBILITY = loadSql(new URL('visibility.sql', import.meta.url));

/** What this trail could not have shown, whatever happened. */
export async function visibilityOf(store: Queryable): Promise<string[]> {
  const rows = await store.rows(VISIBILITY);
  return rows.map(({ limit_text }) => String(limit_text));
}

/** What the detector's query returns, before anything is claimed of it. */
export function detectorRows(
  store: Queryable,
  { sql, defaults }: Pick<Detector, 'sql' | 'defaults'>,
  settings: Parameters = {},
): Promise<Row[]> {
  return store.rows(sql, bind(sql, { ...defaults, ...settings }));
}

/** Runs one detector over all that is stored, sorted by finding id. */
export async function runDetector(
  store: Queryable,
  detector: Detector,
  settings: Parameters = {},
  visibility: readonly string[] = [],
): Promise<Detected> {
  const parameters: Parameters = { ...detector.defaults, ...settings };
  const state = await stateOf(store, detector, parameters);
  if (state.status === 'not-available') return { findings: [], state };
  const rows = (await detectorRows(store, detector, settings)) as RowOf<Record<never, never>>[];
  const findings = rows.map((row) => {
    const claim = detector.claim(row as never, parameters as never);
    return findingOf(detector, row, claim, visibility);
  });
  findings.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { findings, state };
}

async function stateOf(
  store: Queryable,
  { id, availability }: Detector,
  parameters: Parameters,
): Promise<DetectorState> {
  if (!availability) return { id, status: 'ran', reason: null };
  const [row] = await store.rows(availability, bind(availability, parameters));
  const status = row?.['status'];
  if (status !== 'ran' && status !== 'learning' && status !== 'not-available') {
    throw new Error(`${availability.name} gives the status ${JSON.stringify(status)}`);
  }
  const reason = row?.['reason'];
  return { id, status, reason: typeof reason === 'string' ? reason : null };
}

function findingOf(
  detector: Detector,
  row: RowOf<Record<never, never>>,
  claim: Claim,
  visibility: readonly string[],
): Finding {
  const eventIds = row.event_ids.slice(0, EVIDENCE_EVENTS);
  return {
    id: findingId(detector.id, row, claim.about),
    detector: detector.id,
    severity: claim.severity,
    confidence: Math.round(claim.confidence * 100) / 100,
    title: claim.title,
    explanation: claim.explanation,
    agentId: row.agent_id,
    taskId: row.task_id,
    taskType: row.task_type,
    onBehalfOf: row.on_behalf_of,
    accessKeyIds: row.access_key_ids,
    roleArns: row.role_arns,
    accountIds: row.account_ids,
    regions: row.regions,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    evidence: { eventIds, actions: row.actions, sql: evidenceSql({ event_id: eventIds }) },
    baseline: claim.baseline ?? null,
    techniques: [...(claim.techniques ?? detector.techniques)],
    visibility: [...visibility],
    response: claim.response ?? null,
  };
}

/** Detector, subject and what it is about, so that a rerun over more records finds the same finding. */
function findingId(
  detector: string,
  { agent_id, task_id }: RowOf<Record<never, never>>,
  about: string,
): string {
  const digest = createHash('sha256').update(JSON.stringify([detector, agent_id, task_id, about]));
  return `${detector}-${digest.digest('hex').slice(0, 12)}`;
}

/** Those that the statement names: DuckDB takes no others. */
function bind({ text }: Sql, parameters: Parameters): Params {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([name]) => new RegExp(`\\$${name}\\b`).test(text))
      .map(([name, value]) => [name, typeof value === 'object' ? listValue([...value]) : value]),
  );
}
