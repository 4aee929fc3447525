import { type Capability, SENSITIVE_CAPABILITIES } from '../store/capabilities/classes.ts';
import type { GraphAction, TaskGraph } from './task-graph.ts';

const SENSITIVE: ReadonlySet<Capability> = new Set(SENSITIVE_CAPABILITIES);
/** Actions named in findings that keep a node of their own where others are drawn together. */
const KEPT_ALONE = 20;

/** One box of a drawing: an action over all its regions, or several actions drawn as one. */
export interface ActionNode {
  title: string;
  capability: Capability;
  /** The actions it stands for. */
  actions: string[];
  eventCount: number;
  errorCount: number;
  isSensitive: boolean;
  isInFinding: boolean;
}

/** One node an action; above `max`, one a service and capability; above that too, one a capability. */
export function actionNodes(
  { actions, findings }: Pick<TaskGraph, 'actions' | 'findings'>,
  max: number,
): ActionNode[] {
  const inFindings = new Set(findings.flatMap((finding) => finding.actions));
  const present = new Set(actions.map(({ action }) => action));
  const alone = new Set([...inFindings].filter((name) => present.has(name)).slice(0, KEPT_ALONE));
  const levels: ((action: GraphAction) => string)[] = [
    ({ action }) => action,
    ({ action, capability }) => `${serviceOf(action)}: ${capability}`,
    ({ capability }) => capability,
  ];
  const drawn = levels.map((title, level) =>
    group(actions, inFindings, (action) =>
      level > 0 && alone.has(action.action) ? action.action : title(action),
    ),
  );
  return drawn.find((nodes) => nodes.length <= max) ?? (drawn.at(-1) as ActionNode[]);
}

function serviceOf(action: string): string {
  return action.split(':', 1)[0] as string;
}

function group(
  actions: readonly GraphAction[],
  inFindings: ReadonlySet<string>,
  titleOf: (action: GraphAction) => string,
): ActionNode[] {
  const nodes = new Map<string, ActionNode>();
  for (const action of actions) {
    const title = titleOf(action);
    const node = nodes.get(title) ?? {
      title,
      capability: action.capability,
      actions: [],
      eventCount: 0,
      errorCount: 0,
      isSensitive: false,
      isInFinding: false,
    };
    if (!node.actions.includes(action.action)) node.actions.push(action.action);
    node.eventCount += action.eventCount;
    node.errorCount += action.errorCount;
    node.isSensitive ||= SENSITIVE.has(action.capability);
    node.isInFinding ||= inFindings.has(action.action);
    nodes.set(title, node);
  }
  return [...nodes.values()];
}

/** Transitions between nodes, the most frequent first; those within one node are left out. */
export function nodeEdges(
  { edges }: Pick<TaskGraph, 'edges'>,
  nodes: readonly ActionNode[],
): { from: number; to: number; transitionCount: number }[] {
  const nodeOf = new Map(
    nodes.flatMap(({ actions }, index) => actions.map((action) => [action, index] as const)),
  );
  const drawn = new Map<string, { from: number; to: number; transitionCount: number }>();
  for (const { fromAction, toAction, transitionCount } of edges) {
    const from = nodeOf.get(fromAction);
    const to = nodeOf.get(toAction);
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from}>${to}`;
    const edge = drawn.get(key) ?? { from, to, transitionCount: 0 };
    edge.transitionCount += transitionCount;
    drawn.set(key, edge);
  }
  return [...drawn.values()].sort(
    (a, b) => b.transitionCount - a.transitionCount || a.from - b.from || a.to - b.to,
  );
}
