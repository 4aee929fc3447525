export interface TaskSpan {
  agentId: string;
  taskId: string;
  taskType: string | null;
  /** Milliseconds. */
  startedAt: number;
  endedAt: number;
}

export interface Scored {
  span: TaskSpan;
  score: number;
}

interface Judgement {
  /** How often earlier tasks scored as high; never 0. */
  pValue: number;
  level: 'agent' | 'peers';
  /** Earlier tasks of that level. */
  tasks: number;
}

/** What the peers say counts as much as so many tasks of the agent itself. */
const PRIOR_TASKS = 10;

/** Earlier tasks and their scores. A task without findings scores 0. */
export class History {
  readonly #agents: Map<string, Group>;
  readonly #types: Map<string, Group>;

  constructor(spans: readonly TaskSpan[], scored: readonly Scored[]) {
    this.#agents = groupsOf(spans, scored, ({ agentId }) => agentId);
    this.#types = groupsOf(spans, scored, typeOf);
  }

  /** Against tasks that ended before this one began; an agent's few are eked out by its peers'. */
  judge({ span, score }: Scored): Judgement {
    const own = past(this.#agents.get(span.agentId), span.startedAt, score);
    const peers = past(this.#types.get(typeOf(span)), span.startedAt, score);
    const peerRate = (peers.asHigh + 1) / (peers.tasks + 2);
    const isOwn = own.tasks >= PRIOR_TASKS;
    return {
      pValue: (own.asHigh + PRIOR_TASKS * peerRate) / (own.tasks + PRIOR_TASKS),
      level: isOwn ? 'agent' : 'peers',
      tasks: isOwn ? own.tasks : peers.tasks,
    };
  }
}

interface Group {
  /** When its tasks ended, in order. */
  ends: number[];
  scored: Scored[];
}

function groupsOf(
  spans: readonly TaskSpan[],
  scored: readonly Scored[],
  keyOf: (span: TaskSpan) => string,
): Map<string, Group> {
  const groups = new Map<string, Group>();
  const groupAt = (span: TaskSpan): Group => {
    const key = keyOf(span);
    const group = groups.get(key) ?? { ends: [], scored: [] };
    groups.set(key, group);
    return group;
  };
  for (const span of spans) groupAt(span).ends.push(span.endedAt);
  for (const one of scored) groupAt(one.span).scored.push(one);
  for (const { ends } of groups.values()) ends.sort((a, b) => a - b);
  return groups;
}

function past(
  group: Group | undefined,
  startedAt: number,
  score: number,
): { tasks: number; asHigh: number } {
  if (!group) return { tasks: 0, asHigh: 0 };
  const isEarlier = (one: Scored) => one.span.endedAt < startedAt && one.score >= score;
  return {
    tasks: countBelow(group.ends, startedAt),
    asHigh: group.scored.filter(isEarlier).length,
  };
}

/** How many of the sorted `values` are below `limit`. */
function countBelow(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function typeOf({ taskType, agentId }: TaskSpan): string {
  return taskType ?? agentId;
}
