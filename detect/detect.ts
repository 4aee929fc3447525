import type { Config } from '../config/config.ts';
import type { Queryable, Transactional } from '../store/connection.ts';
import { loadSql } from '../store/sql.ts';
import type { Detector } from './detector.ts';
import type { DetectorState, Finding } from './finding.ts';
import { runDetector, visibilityOf } from './run.ts';

const ADD_FINDINGS = loadSql(new URL('add-findings.sql', import.meta.url));
const ADD_STATES = loadSql(new URL('add-states.sql', import.meta.url));
const FORGET_FINDINGS = { name: 'detect/forget-findings', text: 'delete from finding_records' };
const FORGET_STATES = { name: 'detect/forget-states', text: 'delete from detector_states' };

export interface Detection {
  findings: Finding[];
  states: DetectorState[];
}

/** Scores all that is stored and replaces the stored findings by what it finds now. */
export async function detect(
  store: Transactional,
  detectors: readonly Detector[],
  config: Config,
): Promise<Detection> {
  const visibility = await visibilityOf(store);
  const detection: Detection = { findings: [], states: [] };
  for (const detector of detectors) {
    const { enabled = true, parameters = {} } = config.detectors[detector.id] ?? {};
    if (enabled) {
      const { findings, state } = await runDetector(store, detector, parameters, visibility);
      detection.findings.push(...findings);
      detection.states.push(state);
    } else {
      const reason = 'the configuration says enabled: false';
      detection.states.push({ id: detector.id, status: 'disabled', reason });
    }
  }
  await store.transaction(() => replaceStored(store, detection));
  return detection;
}

async function replaceStored(store: Queryable, { findings, states }: Detection): Promise<void> {
  await store.run(FORGET_FINDINGS);
  await store.run(ADD_FINDINGS, { findings: JSON.stringify(findings) });
  await store.run(FORGET_STATES);
  await store.run(ADD_STATES, { states: JSON.stringify(states) });
}
