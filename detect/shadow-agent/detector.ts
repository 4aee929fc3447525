import { loadSql } from '../../store/sql.ts';
import { AGENT_MARKS, MCP_MARKS } from '../agent-marks.ts';
import { gravityOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

export const shadowAgent = defineDetector({
  id: 'shadow-agent',
  finds:
    'An agent without identity: an agent’s role assumed without agent tags, or the mark of a coding agent or of MCP on a session that no tag explains.',
  misses:
    'Agents that hide their mark or never had one, on roles that agents do not use; sessions whose issue is not in the store, whose tags nobody knows; roles that no tagged session used, unless declared (`attribution.agentRoles`).',
  benign:
    'A developer with a coding agent on their own session: not an attack, and yet an agent that no inventory has. An instance profile that agents share with the machine.',
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
    const severity = { sensitive: 'high', change: 'medium', read: 'low' } as const;
    const isLongTerm = row.access_key_ids.some((key) => key.startsWith('AKIA'));
    const calls = `${times(row.call_count, 'call')}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`;
    return {
      about: `${row.kind} ${row.principal_arn}`,
      severity: isRole && gravity === 'read' ? 'medium' : severity[gravity],
      confidence: isRole && row.is_declared !== true ? 0.7 : 0.9,
      title: isRole
        ? `Agents’ role ${nameOf(row.principal_arn)} was used without agent tags`
        : `${someOf(row.names, 2)} works as ${nameOf(row.principal_arn)}, without an agent’s identity`,
      explanation: isRole
        ? `${times(row.session_count, 'session')} of ${row.principal_arn} had no agent tag; ` +
          `${row.tagged_count} others had one${row.is_declared ? ', and the configuration says that only agents use it' : ''}. ${calls}`
        : `${row.principal_arn} has no agent identity, and its calls bear the mark of ${someOf(row.names, 3)}. ${calls}`,
      response: { kind: isLongTerm ? 'access-key' : 'session', targets: row.access_key_ids },
    };
  },
});
