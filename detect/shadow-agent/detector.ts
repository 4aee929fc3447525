import { loadSql } from '../../store/sql.ts';
import { AGENT_MARKS, MCP_MARKS } from '../agent-marks.ts';
import { gravityOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

/** By the worst that it did. */
const SEVERITY = { sensitive: 'high', change: 'medium', read: 'low' } as const;

export const shadowAgent = defineDetector({
  id: 'shadow-agent',
  finds:
    'An agent without identity: an agent’s role assumed without agent tags, an agent that assumes a role and drops its tags, or the mark of a coding agent or of MCP on a session that no tag explains.',
  misses:
    'Agents that hide their mark or never had one, on roles that agents do not use; sessions whose issue is not in the store, whose tags nobody knows; roles that no tagged session used, unless declared (`attribution.agentRoles`).',
  benign:
    'A developer with a coding agent on their own session: not an attack, and yet an agent that no inventory has. An instance profile that agents share with the machine. A chain of roles whose tags nobody made transitive.',
  triage:
    'Ask whose agent it is, by session name and address. Give it an identity (agent tags), or stop its sessions.',
  techniques: ['T1078.004'],
  defaults: {
    agent_marks: AGENT_MARKS,
    mcp_marks: MCP_MARKS,
    /** Of a role, before it counts as one that agents use. */
    minimum_tagged_sessions: 3,
    minimum_tagged_share: 0.5,
  },
  columns: {
    principal_arn: 'VARCHAR',
    kind: 'VARCHAR',
    names: 'VARCHAR[]',
    tagged_count: 'BIGINT',
    is_declared: 'BOOLEAN',
    session_count: 'BIGINT',
    call_count: 'BIGINT',
    capabilities: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const gravity = gravityOf(row.capabilities);
    const isRole = row.kind === 'untagged-role';
    const isLongTerm = row.access_key_ids.some((key) => key.startsWith('AKIA'));
    const { title, what } = told(row);
    return {
      about: `${row.kind} ${row.principal_arn}`,
      severity: isRole && gravity === 'read' ? 'medium' : SEVERITY[gravity],
      confidence: isRole && row.is_declared !== true ? 0.7 : 0.9,
      title,
      explanation: `${what} ${times(row.call_count, 'call')}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`,
      response: { kind: isLongTerm ? 'access-key' : 'session', targets: row.access_key_ids },
    };
  },
});

interface Row {
  principal_arn: string | null;
  kind: string | null;
  names: readonly string[];
  tagged_count: bigint;
  is_declared: boolean | null;
  session_count: bigint;
}

function told(row: Row): { title: string; what: string } {
  const { principal_arn: principal, kind } = row;
  const names = someOf(row.names, 3);
  const sessions = times(row.session_count, 'session');
  switch (kind) {
    case 'untagged-role': {
      const declared = row.is_declared
        ? ', and the configuration says that only agents use it'
        : '';
      return {
        title: `Agents’ role ${nameOf(principal)} was used without agent tags`,
        what: `${sessions} of ${principal} had no agent tag; ${row.tagged_count} others had one${declared}.`,
      };
    }
    case 'shed-tags':
      return {
        title: `${names} assumed ${nameOf(principal)} and dropped its tags`,
        what: `${sessions} of ${principal}, which ${names} issued, had no agent tag: their calls belong to no task.`,
      };
    default:
      return {
        title: `${names} works as ${nameOf(principal)}, without an agent’s identity`,
        what: `${principal} has no agent identity, and its calls bear the mark of ${names}.`,
      };
  }
}
