import { loadSql } from '../../store/sql.ts';
import { gravityOf, lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

/** By the worst that was done in the strange place. Thieves begin with reads, and with asking who they are. */
const SEVERITY = { sensitive: 'critical', change: 'high', read: 'medium' } as const;

export const credentialTheft = defineDetector({
  id: 'credential-theft',
  finds:
    'A session key of an agent, or of who launches agents, that moves to a network it never used, with another client or past its own network’s endpoints.',
  misses:
    'A key whose first use is already the thief’s; a thief inside the owner’s networks, behind the agent’s own NAT, or at an address where agents worked before; turns between two places, which shared-credential reports; keys of people.',
  benign:
    'A job that hands its key to a helper elsewhere; an agent on a laptop that changes networks (low, and silent once it is the agent’s habit); a new way out of the network.',
  triage:
    'Ask who is at the new address. If nobody knows it, stop the session and those it issued, and look on the agent’s host for how the key got out.',
  techniques: ['T1078.004', 'T1550.001', 'T1528'],
  defaults: {
    /** Of the agent, that were at home in a network and ended, before it is no news. */
    familiar_sessions: 2,
    /** As in shared-credential, which reports turns of this kind. */
    interleaved_minutes: 15,
    minimum_switches: 3,
    /** Of a role, before it counts as one that agents use. */
    minimum_tagged_sessions: 3,
    minimum_tagged_share: 0.5,
  },
  columns: {
    principal_arn: 'VARCHAR',
    way: 'VARCHAR',
    is_known_elsewhere: 'BOOLEAN',
    home_network: 'VARCHAR',
    home_clients: 'VARCHAR[]',
    networks: 'VARCHAR[]',
    clients: 'VARCHAR[]',
    is_home_in_use: 'BOOLEAN',
    call_count: 'BIGINT',
    succeeded_count: 'BIGINT',
    capabilities: 'VARCHAR[]',
    child_key_ids: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const key = row.access_key_ids[0] ?? '';
    const whose = row.agent_id ?? nameOf(row.principal_arn);
    const networks = someOf(row.networks, 3);
    const known = row.is_known_elsewhere ? ', where other agents are at home' : '';
    const after = row.is_home_in_use ? 'went on using it' : 'did not use it again';
    const failed = row.succeeded_count > 0n ? '' : ', none succeeded';
    return {
      about: key,
      ...weightOf(row),
      title: `A key of ${whose} moved to ${networks}${row.way === 'other-client' ? ', with another client' : ''}`,
      explanation:
        `${key} of ${whose} worked from ${row.home_network} with ${someOf(row.home_clients, 3)}, then from ` +
        `${networks} with ${someOf(row.clients, 3)}${known}${HOW[row.way ?? ''] ?? ''}; its first place ${after}. ` +
        `${times(row.call_count, 'call')}${failed}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`,
      response: { kind: 'session', targets: [key, ...row.child_key_ids] },
    };
  },
});

const HOW: Readonly<Record<string, string>> = {
  'left-network': ', and not through the endpoint by which it reached the same service before',
};

interface Row {
  way: string | null;
  is_known_elsewhere: boolean | null;
  is_home_in_use: boolean | null;
  capabilities: readonly string[];
  child_key_ids: readonly string[];
}

function weightOf(row: Row): { severity: Severity; confidence: number } {
  const gravity = gravityOf(row.capabilities);
  // Whoever issues sessions will not stop at reading.
  const severity =
    SEVERITY[gravity === 'read' && row.child_key_ids.length > 0 ? 'change' : gravity];
  // A laptop changes networks, a runner its address.
  if (row.way === 'roamed') return { severity: lowerBy(severity, 2), confidence: 0.1 };
  const sure = row.way === 'other-client' ? 0.9 : 0.8;
  if (row.is_known_elsewhere) return { severity: lowerBy(severity, 1), confidence: sure - 0.4 };
  return { severity, confidence: row.is_home_in_use ? sure + 0.05 : sure };
}
