import type { Severity } from '../detect/finding.ts';
import { SEVERITIES } from '../detect/finding.ts';
import type {
  GraphAction,
  GraphEdge,
  GraphFinding,
  GraphResource,
  GraphSession,
  TaskGraph,
} from '../report/task-graph.ts';
import type { Queryable, Row } from '../store/connection.ts';
import { KnownError } from '../store/errors.ts';
import { printable } from '../store/printable.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { iso, isoOrNull, json, text, texts } from './cells.ts';

const load = (name: string): Sql => loadSql(new URL(`${name}.sql`, import.meta.url));
const TASK = load('task-graph');
const SESSIONS = load('task-sessions');
const ACTIONS = load('task-actions');
const EDGES = load('task-edges');
const RESOURCES = load('task-resources');
const FINDINGS = load('task-findings');

/** One task's graph; a task id that several agents have needs the agent too. */
export async function readTaskGraph(
  store: Queryable,
  task_id: string,
  agent_id: string | null,
): Promise<TaskGraph> {
  const [task, ...others] = await store.rows(TASK, { task_id, agent_id });
  if (!task) throw unknownTask(task_id, agent_id);
  if (others.length > 0) throw severalAgents(task_id, [task, ...others]);
  const of = { agent_id: String(task['agent_id']), task_id };
  return {
    agentId: of.agent_id,
    taskId: task_id,
    taskType: text(task['task_type']),
    onBehalfOf: text(task['on_behalf_of']),
    startedAt: iso(task['started_at']),
    endedAt: iso(task['ended_at']),
    sessions: (await store.rows(SESSIONS, of)).map(sessionOf),
    actions: (await store.rows(ACTIONS, of)).map(actionOf),
    edges: (await store.rows(EDGES, of)).map(edgeOf),
    resources: (await store.rows(RESOURCES, of)).map(resourceOf),
    findings: (await store.rows(FINDINGS, of)).map(findingOf).sort(graver),
  };
}

function sessionOf(row: Row): GraphSession {
  return {
    accessKeyId: String(row['access_key_id']),
    parentAccessKeyId: text(row['parent_access_key_id']),
    roleArn: text(row['role_arn']),
    roleSessionName: text(row['role_session_name']),
    sourceIdentity: text(row['source_identity']),
    issuedAt: isoOrNull(row['issued_at']),
    firstUsedAt: isoOrNull(row['first_used_at']),
    lastUsedAt: isoOrNull(row['last_used_at']),
    eventCount: Number(row['event_count']),
    errorCount: Number(row['error_count']),
  };
}

function actionOf(row: Row): GraphAction {
  return {
    action: String(row['action']),
    capability: row['capability'] as GraphAction['capability'],
    region: String(row['region']),
    eventCount: Number(row['event_count']),
    errorCount: Number(row['error_count']),
    firstTime: iso(row['first_time']),
    lastTime: iso(row['last_time']),
    bytesOut: Number(row['bytes_out']),
  };
}

function edgeOf(row: Row): GraphEdge {
  return {
    fromAction: String(row['from_action']),
    toAction: String(row['to_action']),
    transitionCount: Number(row['transition_count']),
  };
}

function resourceOf(row: Row): GraphResource {
  return {
    resource: String(row['resource']),
    capability: row['capability'] as GraphResource['capability'],
    eventCount: Number(row['event_count']),
  };
}

function findingOf(row: Row): GraphFinding {
  const evidence = json(row['evidence']) as { actions?: unknown } | null;
  return {
    id: String(row['id']),
    severity: row['severity'] as Severity,
    title: String(row['title']),
    actions: texts(evidence?.actions),
  };
}

/** Gravest first; of equals the order of ids stays. */
function graver(a: GraphFinding, b: GraphFinding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
}

function unknownTask(task_id: string, agent_id: string | null): KnownError {
  const of = agent_id === null ? '' : ` of agent ${printable(agent_id)}`;
  return new KnownError(`${printable(task_id)}: no such task${of}`, {
    hint: 'agenttrail query "select agent_id, task_id from tasks order by started_at" lists them',
  });
}

function severalAgents(task_id: string, tasks: readonly Row[]): KnownError {
  const agents = tasks.map((row) => printable(String(row['agent_id'])));
  return new KnownError(`${printable(task_id)}: a task of ${agents.length} agents`, {
    hint: `add --agent, one of ${agents.join(', ')}`,
  });
}
