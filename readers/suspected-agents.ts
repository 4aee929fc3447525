import type { Config } from '../config/config.ts';
import { detectorRows } from '../detect/run.ts';
import { shadowAgent } from '../detect/shadow-agent/detector.ts';
import { staticCredential } from '../detect/static-credential/detector.ts';
import { someOf, times } from '../detect/words.ts';
import type { SuspectedAgent } from '../report/inventory.ts';
import type { Queryable, Row } from '../store/connection.ts';
import { iso, texts } from './cells.ts';

/** Who acts like an agent and has no agent's identity: what two detectors go by, without their judgement. */
export async function readSuspectedAgents(
  store: Queryable,
  config: Config,
): Promise<SuspectedAgent[]> {
  const rowsOf = (detector: typeof shadowAgent) =>
    detectorRows(store, detector, config.detectors[detector.id]?.parameters);
  const suspected = [
    ...(await rowsOf(shadowAgent)).map(shadowOf),
    ...(await rowsOf(staticCredential)).map(longTermKeyOf),
  ];
  return suspected.sort(byLastSeen);
}

function shadowOf(row: Row): SuspectedAgent {
  const names = someOf(texts(row['names']), 3);
  switch (row['kind']) {
    case 'untagged-role':
      return suspectOf(
        row,
        'agent-role-without-tags',
        `${times(Number(row['session_count']), 'session')} without agent tags; ${row['tagged_count']} others had them`,
      );
    case 'mcp-mark':
      return suspectOf(row, 'mcp', `calls through ${names}`);
    default:
      return suspectOf(row, 'coding-agent', `the mark of ${names} in the user agent`);
  }
}

function longTermKeyOf(row: Row): SuspectedAgent {
  const [key = ''] = texts(row['access_key_ids']);
  const agents = someOf(texts(row['agents']), 3);
  return suspectOf(row, 'long-term-key', `${key} does the work of ${agents}`);
}

function suspectOf(row: Row, kind: SuspectedAgent['kind'], why: string): SuspectedAgent {
  return {
    principalArn: String(row['principal_arn']),
    kind,
    why,
    eventCount: Number(row['call_count']),
    firstSeen: iso(row['first_seen']),
    lastSeen: iso(row['last_seen']),
  };
}

/** Latest first. */
function byLastSeen(a: SuspectedAgent, b: SuspectedAgent): number {
  if (a.lastSeen !== b.lastSeen) return a.lastSeen < b.lastSeen ? 1 : -1;
  return `${a.principalArn} ${a.kind} ${a.why}` < `${b.principalArn} ${b.kind} ${b.why}` ? -1 : 1;
}
