import type { DetectorState } from '../detect/finding.ts';
import type { Coverage } from '../report/model.ts';
import { countOf } from '../report/words.ts';
import type { Queryable, Row } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { isoOrNull, text, texts } from './cells.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));
const COVERAGE = load('coverage');
const METHODS = load('methods');
const SUPPRESSIONS = load('suppressions');
const STATES = {
  name: 'readers/states',
  text: 'select detector, status, reason from detector_states order by detector',
};

interface StoredCoverage {
  coverage: Coverage;
  /** ISO 8601 UTC; null where the store is empty. */
  firstEventAt: string | null;
  lastEventAt: string | null;
}

/** What is stored, and what this trail cannot show. */
export async function readCoverage(store: Queryable): Promise<StoredCoverage> {
  const [totals = {}] = await store.rows(COVERAGE);
  const methods = await store.rows(METHODS);
  const states = await store.rows(STATES);
  const counts = {
    events: Number(totals['events']),
    attributedEvents: Number(totals['attributed_events']),
    agents: Number(totals['agents']),
    tasks: Number(totals['tasks']),
    sessions: Number(totals['sessions']),
  };
  const dataEventServices = texts(totals['data_event_services']);
  const coverage = {
    ...counts,
    byMethod: Object.fromEntries(
      methods.map((row) => [String(row['attribution_method']), Number(row['events'])]),
    ),
    accounts: texts(totals['accounts']),
    regions: texts(totals['regions']),
    dataEventServices,
    detectors: states.map(stateOf),
    notes: [
      ...notesOf({ ...counts, dataEventServices, issues: Number(totals['assume_role_events']) }),
      ...(await store.rows(SUPPRESSIONS)).map(suppressionNote),
    ],
  };
  return {
    coverage,
    firstEventAt: isoOrNull(totals['first_event_at']),
    lastEventAt: isoOrNull(totals['last_event_at']),
  };
}

/** A suppression that ended is told of for as long as it stands in the configuration. */
function suppressionNote(row: Row): string {
  const owner = String(row['owner']);
  const reason = String(row['reason']);
  return row['is_expired'] === true
    ? `a suppression expired on ${row['expires']} (${owner}): ${reason}`
    : `suppressed until ${row['expires']}: ${countOf(Number(row['finding_count']), 'finding')} (${owner}): ${reason}`;
}

function stateOf(row: Row): DetectorState {
  return {
    id: String(row['detector']),
    status: row['status'] as DetectorState['status'],
    reason: text(row['reason']),
  };
}

/** Law 7: what is missing, and what would bring it. */
function notesOf({
  events,
  agents,
  dataEventServices,
  issues,
}: {
  events: number;
  agents: number;
  dataEventServices: readonly string[];
  issues: number;
}): string[] {
  if (events === 0) return ['the store holds no events'];
  const notes: string[] = [];
  if (issues === 0) {
    notes.push(
      'no AssumeRole events: session tags are logged there alone. AssumeRole is read-only: a trail of write events misses it',
    );
  } else if (agents === 0) {
    notes.push(
      'no session carries an agent tag: set AgentID and TaskID when a role is assumed, or name your own keys under attribution.tags',
    );
  }
  if (dataEventServices.length === 0) {
    notes.push(
      'no data events in this trail: reads of S3 objects and DynamoDB items, and Lambda invocations, would not show',
    );
  }
  return notes;
}
