import { jsonText } from './json-text.ts';
import type {
  GraphAction,
  GraphEdge,
  GraphFinding,
  GraphResource,
  GraphSession,
  TaskGraph,
} from './task-graph.ts';

/** The whole graph, keys in the order of `TaskGraph`, whoever built the objects. */
export function graphJson(graph: TaskGraph): string {
  const ordered: TaskGraph = {
    agentId: graph.agentId,
    taskId: graph.taskId,
    taskType: graph.taskType,
    onBehalfOf: graph.onBehalfOf,
    startedAt: graph.startedAt,
    endedAt: graph.endedAt,
    sessions: graph.sessions.map(orderedSession),
    actions: graph.actions.map(orderedAction),
    edges: graph.edges.map(
      ({ fromAction, toAction, transitionCount }): GraphEdge => ({
        fromAction,
        toAction,
        transitionCount,
      }),
    ),
    resources: graph.resources.map(
      ({ resource, capability, eventCount }): GraphResource => ({
        resource,
        capability,
        eventCount,
      }),
    ),
    findings: graph.findings.map(
      ({ id, severity, title, actions }): GraphFinding => ({ id, severity, title, actions }),
    ),
  };
  return `${jsonText(ordered, 2)}\n`;
}

function orderedSession(session: GraphSession): GraphSession {
  return {
    accessKeyId: session.accessKeyId,
    parentAccessKeyId: session.parentAccessKeyId,
    roleArn: session.roleArn,
    roleSessionName: session.roleSessionName,
    sourceIdentity: session.sourceIdentity,
    issuedAt: session.issuedAt,
    firstUsedAt: session.firstUsedAt,
    lastUsedAt: session.lastUsedAt,
    eventCount: session.eventCount,
    errorCount: session.errorCount,
  };
}

function orderedAction(action: GraphAction): GraphAction {
  return {
    action: action.action,
    capability: action.capability,
    region: action.region,
    eventCount: action.eventCount,
    errorCount: action.errorCount,
    firstTime: action.firstTime,
    lastTime: action.lastTime,
    bytesOut: action.bytesOut,
  };
}
