import type { Config } from '../config/config.ts';
import type { Queryable, Transactional } from '../store/connection.ts';
import { loadSql, type Sql } from '../store/sql.ts';
import { calibrated } from './calibration.ts';
import type { Detector } from './detector.ts';
import type { DetectorState, Finding } from './finding.ts';
import { fuse, type TaskScore } from './fuse.ts';
import type { TaskSpan } from './history.ts';
import { runDetector, visibilityOf } from './run.ts';
import { type SuppressionState, suppress } from './suppress.ts';

const ADD_FINDINGS = loadSql(new URL('add-findings.sql', import.meta.url));
const ADD_STATES = loadSql(new URL('add-states.sql', import.meta.url));
const ADD_SCORES = loadSql(new URL('add-scores.sql', import.meta.url));
const ADD_SUPPRESSIONS = loadSql(new URL('add-suppressions.sql', import.meta.url));
const TASK_SPANS = loadSql(new URL('task-spans.sql', import.meta.url));
const FORGET = [
  'finding_records',
  'detector_states',
  'task_score_records',
  'suppression_states',
].map((table): Sql => ({ name: `detect/forget-${table}`, text: `delete from ${table}` }));

interface Detection {
  findings: readonly Finding[];
  states: readonly DetectorState[];
  scores: readonly TaskScore[];
  suppressions: readonly SuppressionState[];
}

/** Scores all that is stored and replaces the stored findings by what it finds now. */
export async function detect(
  store: Transactional,
  detectors: readonly Detector[],
  config: Config,
): Promise<void> {
  const visibility = await visibilityOf(store);
  const found: Finding[] = [];
  const states: DetectorState[] = [];
  for (const detector of detectors) {
    const { enabled = true, parameters = {} } = config.detectors[detector.id] ?? {};
    if (enabled) {
      const { findings, state } = await runDetector(store, detector, parameters, visibility);
      found.push(...findings.map(withCalibration));
      states.push(state);
    } else {
      const reason = 'the configuration says enabled: false';
      states.push({ id: detector.id, status: 'disabled', reason });
    }
  }
  // What somebody answers for takes no place in the alert budget.
  const { findings: standing, states: suppressions } = suppress(found, config.suppressions);
  const { findings, scores } = fuse(standing, await taskSpans(store), config.alerts);
  await store.transaction(() => replaceStored(store, { findings, states, scores, suppressions }));
}

function withCalibration(finding: Finding): Finding {
  return { ...finding, confidence: calibrated(finding.confidence) };
}

async function taskSpans(store: Queryable): Promise<TaskSpan[]> {
  const rows = await store.rows(TASK_SPANS);
  return rows.map((row) => ({
    agentId: String(row['agent_id']),
    taskId: String(row['task_id']),
    taskType: row['task_type'] === null ? null : String(row['task_type']),
    startedAt: Number(row['started_ms']),
    endedAt: Number(row['ended_ms']),
  }));
}

async function replaceStored(
  store: Queryable,
  { findings, states, scores, suppressions }: Detection,
): Promise<void> {
  for (const forget of FORGET) await store.run(forget);
  await store.run(ADD_FINDINGS, { findings: JSON.stringify(findings) });
  await store.run(ADD_STATES, { states: JSON.stringify(states) });
  await store.run(ADD_SCORES, { scores: JSON.stringify(scores) });
  await store.run(ADD_SUPPRESSIONS, { suppressions: JSON.stringify(suppressions) });
}
