import { loadSql } from '../../store/sql.ts';
import { AGENT_MARKS } from '../agent-marks.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

/** So many networks are no longer two places. */
const RUNNERS = 3;

interface Shared {
  severity: Severity;
  confidence: number;
  title: string;
  what: string;
}

export const sharedCredential = defineDetector({
  id: 'shared-credential',
  finds:
    'A credential that serves two: one key at work in two places at once, one key that hands out several agents’ sessions, one session name or key for several agents.',
  misses:
    'Two agents that share a host and a client; places that take turns slowly, or inside one /24; a key that moves once (a hand-over, or a theft).',
  benign:
    'A person behind a proxy with several exits; a job whose parts share a key across zones; an orchestrator that is not declared as a minter.',
  triage:
    'Compare the two addresses and clients with where the agent runs. If one is a stranger’s, stop the session and treat its key as stolen; else give each agent its own session.',
  techniques: ['T1078.004', 'T1550.001'],
  defaults: {
    agent_marks: AGENT_MARKS,
    /** Calls from two places so near to each other are at the same time. */
    interleaved_minutes: 15,
    /** Once there and back can be a change of network. */
    minimum_switches: 3,
  },
  columns: {
    kind: 'VARCHAR',
    about: 'VARCHAR',
    principal_arn: 'VARCHAR',
    sharers: 'VARCHAR[]',
    switch_count: 'BIGINT',
    has_two_clients: 'BOOLEAN',
    call_count: 'BIGINT',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const { severity, confidence, title, what } = sharedOf(row);
    const isLongTerm = row.access_key_ids.some((key) => key.startsWith('AKIA'));
    return {
      about: `${row.kind} ${row.about}`,
      severity,
      confidence,
      title,
      explanation: `${what} ${times(row.call_count, 'call')}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`,
      response: { kind: isLongTerm ? 'access-key' : 'session', targets: row.access_key_ids },
    };
  },
});

interface Row {
  agent_id: string | null;
  access_key_ids: readonly string[];
  kind: string | null;
  about: string | null;
  principal_arn: string | null;
  sharers: readonly string[];
  switch_count: bigint;
  has_two_clients: boolean | null;
}

function sharedOf(row: Row): Shared {
  const key = row.access_key_ids[0] ?? '';
  const sharers = someOf(row.sharers, 3);
  switch (row.kind) {
    case 'two-places': {
      const whose = row.agent_id ?? nameOf(row.principal_arn);
      const clients = row.has_two_clients ? 'two clients' : 'one client';
      return {
        ...twoPlaces(row),
        title: `A key of ${whose} is at work in two places at once`,
        what: `${key} of ${whose} went to and fro ${times(row.switch_count, 'time')} between ${sharers}, with ${clients}.`,
      };
    }
    case 'one-issuer':
      return {
        severity: 'high',
        confidence: 0.9,
        title: `One key of ${nameOf(row.principal_arn)} hands out the sessions of several agents`,
        what: `${key} of ${row.principal_arn}, which is no declared minter, issued sessions of ${sharers}.`,
      };
    case 'one-name':
      return {
        severity: 'low',
        confidence: 0.8,
        title: `Several agents share the session name ${nameOf(row.about)}`,
        what: `Sessions of ${sharers} have the same role and session name, ${row.about}: most logs cannot tell them apart, nor can a deny by aws:userid.`,
      };
    default:
      return {
        severity: key.startsWith('AKIA') ? 'medium' : 'low',
        confidence: 0.7,
        title: `Several agents work with one key of ${nameOf(row.principal_arn)}`,
        what: `${key} of ${row.principal_arn} bears the marks of ${sharers}.`,
      };
  }
}

/** An agent's key has one home. A person roams, and a build server's runners come from everywhere. */
function twoPlaces(row: Row): Pick<Shared, 'severity' | 'confidence'> {
  if (row.agent_id !== null) {
    return row.has_two_clients
      ? { severity: 'high', confidence: 0.9 }
      : { severity: 'medium', confidence: 0.5 };
  }
  return row.has_two_clients && row.sharers.length <= RUNNERS
    ? { severity: 'medium', confidence: 0.5 }
    : { severity: 'informational', confidence: 0.1 };
}
