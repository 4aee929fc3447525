import { type ActionNode, actionNodes, nodeEdges } from './graph-nodes.ts';
import { type SessionNode, sessionTree } from './graph-sessions.ts';
import { mermaidText } from './mermaid-text.ts';
import type { TaskGraph } from './task-graph.ts';
import { countOf } from './words.ts';

/** Above these a drawing is no longer legible, and is drawn coarser. */
const MAX_ACTIONS = 60;
const MAX_SESSIONS = 20;
const MAX_EDGES = 80;
const MAX_FINDINGS = 10;

/**
 * A Mermaid flowchart: agent, sessions as they were chained, actions and their transitions, findings.
 * Node ids are generated and labels are escaped, so that no value of the log is ever syntax.
 */
export function graphMermaid(graph: TaskGraph): string {
  const nodes = actionNodes(graph, MAX_ACTIONS);
  const lines = [
    'flowchart LR',
    `agent[${label(whoOf(graph))}]`,
    ...sessionLines(graph),
    ...actionLines(graph, nodes),
    ...findingLines(graph, nodes),
    'classDef sensitive fill:#fff3cd,stroke:#b58105,color:#000',
    'classDef finding fill:#f8d7da,stroke:#b02a37,stroke-width:3px,color:#000',
    ...classLine('sensitive', nodes, ({ isSensitive, isInFinding }) => isSensitive && !isInFinding),
    ...classLine('finding', nodes, ({ isInFinding }) => isInFinding),
  ];
  return `${lines.join('\n')}\n`;
}

/** The only way into a label: each part escaped, one a line. */
function label(parts: readonly string[]): string {
  return `"${parts.map(mermaidText).join('<br/>')}"`;
}

function whoOf({ agentId, taskId, taskType, onBehalfOf }: TaskGraph): string[] {
  return [
    agentId === null ? 'no agent known' : `agent ${agentId}`,
    `task ${taskId}`,
    ...(taskType === null ? [] : [`type ${taskType}`]),
    ...(onBehalfOf === null ? [] : [`for ${onBehalfOf}`]),
  ];
}

function sessionLines({ sessions }: TaskGraph): string[] {
  if (sessions.length === 0) return [];
  const { nodes, edges, roots } = sessionTree(sessions, MAX_SESSIONS);
  return [
    `subgraph sessions[${label([countOf(sessions.length, 'session')])}]`,
    ...nodes.map((node, index) => `  s${index}[${label(sessionLabel(node))}]`),
    ...edges.map(({ from, to }) => `  s${from} --> s${to}`),
    'end',
    ...roots.map((root) => `agent --> s${root}`),
  ];
}

function sessionLabel({ titles, sessionCount, eventCount, errorCount }: SessionNode): string[] {
  return [
    ...titles,
    ...(sessionCount > 1 ? [countOf(sessionCount, 'session')] : []),
    callsOf(eventCount, errorCount),
  ];
}

function actionLines(graph: TaskGraph, nodes: readonly ActionNode[]): string[] {
  if (nodes.length === 0) return [];
  const edges = nodeEdges(graph, nodes);
  const total = nodes.reduce((sum, { eventCount }) => sum + eventCount, 0);
  const actionCount = nodes.reduce((sum, { actions }) => sum + actions.length, 0);
  const hidden = edges.length - MAX_EDGES;
  return [
    `subgraph actions[${label([
      `${countOf(total, 'call')} of ${countOf(actionCount, 'action')}`,
      ...(hidden > 0 ? [`${countOf(hidden, 'rarer transition')} not drawn`] : []),
    ])}]`,
    ...nodes.map((node, index) => `  a${index}[${label(actionLabel(node))}]`),
    ...edges
      .slice(0, MAX_EDGES)
      .map(({ from, to, transitionCount }) => `  a${from} -->|${transitionCount}| a${to}`),
    'end',
    `${graph.sessions.length > 0 ? 'sessions' : 'agent'} --> actions`,
  ];
}

function actionLabel({ title, capability, actions, ...counts }: ActionNode): string[] {
  return [
    title,
    ...(actions.length > 1 ? [countOf(actions.length, 'action')] : []),
    ...(title.endsWith(capability) ? [] : [capability]),
    callsOf(counts.eventCount, counts.errorCount),
  ];
}

function callsOf(eventCount: number, errorCount: number): string {
  return `${countOf(eventCount, 'call')}${errorCount > 0 ? `, ${errorCount} failed` : ''}`;
}

function findingLines({ findings }: TaskGraph, nodes: readonly ActionNode[]): string[] {
  return findings
    .slice(0, MAX_FINDINGS)
    .flatMap(({ severity, title, actions }, index) => [
      `f${index}([${label([severity.toUpperCase(), title])}])`,
      ...nodes.flatMap((node, target) =>
        node.actions.some((action) => actions.includes(action))
          ? [`f${index} -.-> a${target}`]
          : [],
      ),
    ]);
}

function classLine(
  name: string,
  nodes: readonly ActionNode[],
  isMember: (node: ActionNode) => boolean,
): string[] {
  const members = nodes.flatMap((node, index) => (isMember(node) ? [`a${index}`] : []));
  return members.length === 0 ? [] : [`class ${members.join(',')} ${name}`];
}
