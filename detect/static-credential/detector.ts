import { loadSql } from '../../store/sql.ts';
import { AGENT_MARKS, MCP_MARKS } from '../agent-marks.ts';
import { gravityOf } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

/** How a key shows that an agent uses it, the surest first. */
const WAYS = [
  ['mints', 'handed out sessions of', 0.95],
  ['identity', 'acted as', 0.9],
  ['mark', 'bears the mark of', 0.9],
  ['host', 'worked with the client of, and from a host of,', 0.8],
] as const;

export const staticCredential = defineDetector({
  id: 'static-credential',
  finds:
    'A long-term access key that does an agent’s work: it never expires, and its task cannot end.',
  misses:
    'Keys of agents that leave no mark and run outside the network that other agents are seen in (only private addresses count as hosts).',
  benign: 'A developer who runs a coding agent with the key of their own IAM user.',
  triage:
    'Find what holds the key. Give it a role with agent tags instead; deactivate the key, and deny the sessions that it handed out: they live on.',
  techniques: ['T1078.004', 'T1552'],
  defaults: { agent_marks: AGENT_MARKS, mcp_marks: MCP_MARKS },
  columns: {
    principal_arn: 'VARCHAR',
    way: 'VARCHAR',
    agents: 'VARCHAR[]',
    call_count: 'BIGINT',
    capabilities: 'VARCHAR[]',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  claim: (row) => {
    const key = row.access_key_ids[0] ?? '';
    const [way, verb, confidence] = WAYS.find(([name]) => name === row.way) ?? WAYS[3];
    const isSure = way === 'mints' || way === 'identity';
    return {
      about: key,
      severity: isSure || gravityOf(row.capabilities) === 'sensitive' ? 'high' : 'medium',
      confidence,
      title: `A long-term key of ${nameOf(row.principal_arn)} does an agent’s work`,
      explanation:
        `${key} of ${row.principal_arn} never expires, and ${verb} ${someOf(row.agents, 3)}. ` +
        `${times(row.call_count, 'call')}, first at ${instant(row.first_seen)}: ${someOf(row.actions, 4)}.`,
      response: { kind: 'access-key', targets: [key] },
    };
  },
});
