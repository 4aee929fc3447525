import { loadSql } from '../../store/sql.ts';
import { lowerBy } from '../capability.ts';
import { defineDetector } from '../detector.ts';
import type { Severity } from '../finding.ts';
import { instant, nameOf, someOf, times } from '../words.ts';

interface Breach {
  severity: Severity;
  confidence: number;
  title: string;
  what: string;
}

export const tagIntegrity = defineDetector({
  id: 'tag-integrity',
  finds:
    'Agent tags that do not hold: a child that names another agent than its parent, one task under two agents, an issuer that is no known minter, ids that only look alike.',
  misses:
    'A declared minter that lies about its own agents; without declared minters (`attribution.minters`) whoever hands out agent tags is believed; denied attempts, whose tags CloudTrail does not log.',
  benign:
    'A planner that hands work to other agents and is not declared as a minter; a person who tries out an agent’s launch by hand.',
  triage:
    'Look at who issued the session and for what. If it is a planner of yours, declare it as a minter; if not, stop the sessions and close the trust policy (aws:RequestTag, sts:TransitiveTagKeys).',
  techniques: ['T1078.004', 'T1098.001', 'T1036'],
  defaults: {
    /** So many tasks of several agents, and more than this share of all: that is how this fleet works. */
    habitual_tasks: 5,
    habitual_share: 0.05,
  },
  columns: {
    kind: 'VARCHAR',
    about: 'VARCHAR',
    told: 'VARCHAR[]',
    expected: 'VARCHAR',
    issuer_key_ids: 'VARCHAR[]',
    session_count: 'BIGINT',
    has_minters: 'BOOLEAN',
  },
  sql: loadSql(new URL('query.sql', import.meta.url)),
  availability: loadSql(new URL('availability.sql', import.meta.url)),
  claim: (row) => {
    const kind = row.kind ?? '';
    const { severity, confidence, title, what } = breachOf(kind, row);
    return {
      about: `${kind} ${row.about}`,
      severity,
      confidence,
      title,
      explanation: `${what} ${times(row.session_count, 'session')}, first issued at ${instant(row.first_seen)}.`,
      // Whoever forged a child can forge the next.
      response: {
        kind: 'session',
        targets: kind.startsWith('other-')
          ? [...row.access_key_ids, ...row.issuer_key_ids]
          : row.access_key_ids,
      },
    };
  },
});

interface Told {
  agent_id: string | null;
  task_id: string | null;
  told: readonly string[];
  expected: string | null;
  has_minters: boolean | null;
}

function breachOf(kind: string, { agent_id, task_id, told, expected, has_minters }: Told): Breach {
  const names = someOf(told, 3);
  // Where nobody is declared to be a planner, anyone may be one.
  const doubt = has_minters ? 0 : 1;
  switch (kind) {
    case 'other-agent':
      return {
        severity: lowerBy('high', doubt),
        confidence: has_minters ? 0.9 : 0.5,
        title: `${expected} gave itself a session as ${agent_id}`,
        what: `A session of ${expected} issued one ${names}; it is no declared minter.`,
      };
    case 'other-task':
      return {
        severity: lowerBy('medium', doubt),
        confidence: has_minters ? 0.6 : 0.3,
        title: `${agent_id} gave itself a session for another task, ${task_id}`,
        what: `A session of ${expected} issued one ${names}; it is no declared minter.`,
      };
    case 'two-agents':
    case 'two-tasks':
      return {
        severity: 'medium',
        confidence: 0.7,
        title: `A session of ${agent_id} has ${kind === 'two-agents' ? 'two agents’ ids' : 'two task ids'}`,
        what: `It inherited one id and added another under a second tag key: ${names}.`,
      };
    case 'shared-task':
    case 'common-task':
      return {
        severity: kind === 'shared-task' ? 'medium' : 'informational',
        confidence: kind === 'shared-task' ? 0.7 : 0.1,
        title: `Task ${task_id} has sessions of several agents`,
        what: `Agents ${names} have sessions of task ${task_id}, and none of them issued the others’.`,
      };
    case 'unknown-minter':
      return {
        severity: 'high',
        confidence: 0.9,
        title: `${nameOf(expected)} hands out sessions as ${agent_id}, and is no known minter`,
        what: `${expected} matches none of the declared minters, and issued sessions tagged as ${names}.`,
      };
    case 'look-alike-agent':
    case 'look-alike-task':
      return {
        severity: told.every(isAscii) ? 'medium' : 'high',
        confidence: told.every(isAscii) ? 0.6 : 0.9,
        title: `${kind === 'look-alike-agent' ? 'Agent' : 'Task'} ${names} looks like ${expected}`,
        what: `${names} differs from ${expected}, which was there before, only in case, spaces or letters that look alike: tags compare by value, people by look.`,
      };
    default:
      return {
        severity: 'low',
        confidence: 0.5,
        title: `Tag ${names} is set and empty`,
        what: `Sessions of ${expected} carry the tag ${names} without a value.`,
      };
  }
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
