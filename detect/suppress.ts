import type { Config } from '../config/config.ts';
import { matchesAction, matchesWildcard } from '../config/wildcard.ts';
import type { Finding } from './finding.ts';

type Suppression = Config['suppressions'][number];

/** What one suppression of the configuration did. */
export interface SuppressionState {
  owner: string;
  reason: string;
  /** The day on which it ends, `YYYY-MM-DD`. */
  expires: string;
  findings: number;
}

export interface Suppressed {
  /** Those that stand. */
  findings: Finding[];
  /** In the configuration's order. */
  states: SuppressionState[];
}

/**
 * Takes out what somebody answers for. A finding with activity on the day of expiry or later stands: time
 * is the log's, so that the same records give the same findings on any day.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): Suppressed {
  const states = suppressions.map(({ owner, reason, expires }) => ({
    owner,
    reason,
    expires,
    findings: 0,
  }));
  const standing = findings.filter((finding) => {
    const index = suppressions.findIndex((suppression) => covers(suppression, finding));
    const state = states[index];
    if (state) state.findings += 1;
    return state === undefined;
  });
  return { findings: standing, states };
}

function covers(
  { detector, agent, task, action, expires }: Suppression,
  finding: Finding,
): boolean {
  return (
    finding.lastSeen.slice(0, expires.length) < expires &&
    matchesWildcard(detector, finding.detector) &&
    fits(agent, finding.agentId) &&
    fits(task, finding.taskId) &&
    finding.evidence.actions.every((used) => matchesAction(action, used))
  );
}

/** `*` covers a finding without agent or task too. */
function fits(pattern: string, value: string | null): boolean {
  return value === null ? pattern === '*' : matchesWildcard(pattern, value);
}
