import type { GraphSession } from './task-graph.ts';

/** One box of a drawing: a session, or the sessions of one role. */
export interface SessionNode {
  /** Role, key and session name; of several sessions the role alone. */
  titles: string[];
  sessionCount: number;
  eventCount: number;
  errorCount: number;
}

export interface SessionTree {
  nodes: SessionNode[];
  /** From the session that issued to the one that was issued, by index. */
  edges: { from: number; to: number }[];
  /** Nodes with a session that no other of the task issued. */
  roots: number[];
}

/** One node a session; above `max`, one a role. */
export function sessionTree(sessions: readonly GraphSession[], max: number): SessionTree {
  const isCollapsed = sessions.length > max;
  const indexes = new Map<string, number>();
  const nodes: SessionNode[] = [];
  const nodeOf = new Map<string, number>();
  for (const session of sessions) {
    const role = session.roleArn ?? '';
    const key = isCollapsed ? role : session.accessKeyId;
    const index = indexes.get(key) ?? nodes.length;
    indexes.set(key, index);
    const node = nodes[index] ?? {
      titles: isCollapsed ? [roleName(role)] : titlesOf(session),
      sessionCount: 0,
      eventCount: 0,
      errorCount: 0,
    };
    node.sessionCount += 1;
    node.eventCount += session.eventCount;
    node.errorCount += session.errorCount;
    nodes[index] = node;
    nodeOf.set(session.accessKeyId, index);
  }
  return { nodes, ...links(sessions, nodeOf) };
}

function titlesOf({ roleArn, accessKeyId, roleSessionName }: GraphSession): string[] {
  const titles = [roleName(roleArn ?? ''), accessKeyId];
  return roleSessionName === null ? titles : [...titles, roleSessionName];
}

function roleName(roleArn: string): string {
  return roleArn === '' ? 'unknown role' : roleArn.slice(roleArn.lastIndexOf('/') + 1);
}

function links(sessions: readonly GraphSession[], nodeOf: ReadonlyMap<string, number>) {
  const edges = new Map<string, { from: number; to: number }>();
  const roots = new Set<number>();
  for (const { accessKeyId, parentAccessKeyId } of sessions) {
    const to = nodeOf.get(accessKeyId) as number;
    const from = parentAccessKeyId === null ? undefined : nodeOf.get(parentAccessKeyId);
    if (from === undefined) roots.add(to);
    else if (from !== to) edges.set(`${from}>${to}`, { from, to });
  }
  return { edges: [...edges.values()], roots: [...roots].sort((a, b) => a - b) };
}
