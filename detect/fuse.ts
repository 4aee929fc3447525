import type { Config } from '../config/config.ts';
import { probabilityOf } from './calibration.ts';
import { type Finding, isAtLeast, type Severity } from './finding.ts';
import { History, type Scored, type TaskSpan } from './history.ts';

/** One number for all that was found about a task, and how unusual it is for its agent. */
export interface TaskScore {
  agentId: string;
  taskId: string;
  /** Sum over detectors of -log10(1 - confidence): 1.3 for one finding at 0.95. */
  score: number;
  /** How often tasks of such a score were incidents, on the fleets it was measured on. */
  probability: number;
  /** How often the agent's earlier tasks, or its peers', scored as high. */
  pValue: number;
  baselineLevel: 'agent' | 'peers';
  /** Earlier tasks of that level. */
  baselineTasks: number;
}

export interface Fused {
  findings: Finding[];
  /** Of the tasks that have a finding, by agent and task. */
  scores: TaskScore[];
}

/** So large a share of an agent's tasks scoring as high is how that agent is. */
const USUAL = 0.2;
/** No finding is so sure that others add nothing. */
const SUREST = 0.999;
/** What several low findings say together is worth waking up for from here on. */
const RISING = 0.9;

/**
 * Fuses what the detectors say of each task. What stands on a baseline alone is medium or above only as far
 * as the alert budget goes, the most probable first; there, too, low findings rise to medium that are
 * probable together. What needs no history keeps its severity: a scope that was broken is broken.
 */
export function fuse(
  findings: readonly Finding[],
  tasks: readonly TaskSpan[],
  alerts: Config['alerts'],
): Fused {
  const byTask = findingsByTask(findings);
  const scored = tasks.flatMap((span): Scored[] => {
    const found = byTask.get(keyOf(span.agentId, span.taskId));
    return found ? [{ span, score: scoreOf(found) }] : [];
  });
  const history = new History(tasks, scored);
  const scores = scored.map((one): TaskScore => {
    const { pValue, level, tasks: baselineTasks } = history.judge(one);
    return {
      agentId: one.span.agentId,
      taskId: one.span.taskId,
      score: one.score,
      probability: probabilityOf(one.score),
      pValue,
      baselineLevel: level,
      baselineTasks,
    };
  });
  const verdicts = judge(scores, byTask, alerts);
  return {
    findings: findings.map((finding) => {
      const verdict = verdicts.get(keyOf(finding.agentId, finding.taskId));
      return { ...finding, severity: severityOf(finding, verdict) };
    }),
    scores,
  };
}

type Verdict = 'held' | 'raised';

function severityOf({ severity }: Finding, verdict: Verdict | undefined): Severity {
  if (verdict === 'held' && isAtLeast(severity, 'medium')) return 'low';
  return verdict === 'raised' && severity === 'low' ? 'medium' : severity;
}

/** For the tasks to which the alert budget applies, and that it changes. */
function judge(
  scores: readonly TaskScore[],
  byTask: ReadonlyMap<string, readonly Finding[]>,
  { falseDiscoveryRate, perDay }: Config['alerts'],
): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const taken = new Map<string, number>();
  let expectedFalse = 0;
  let risen = 0;
  for (const score of scores.toSorted(moreProbable)) {
    const key = keyOf(score.agentId, score.taskId);
    const found = byTask.get(key) ?? [];
    const grave = found.filter(isGrave);
    if (grave.some(({ baseline }) => baseline === null)) continue;
    const rising = found.filter(({ severity }) => severity === 'low');
    const isRising = grave.length === 0 && score.probability >= RISING && rising.length > 0;
    if (grave.length === 0 && !isRising) continue;
    const day = firstDay(isRising ? rising : grave);
    const isTooMany = perDay !== undefined && (taken.get(day) ?? 0) >= perDay;
    const nextFalse = expectedFalse + 1 - score.probability;
    if (isTooMany || score.pValue > USUAL || nextFalse / (risen + 1) > falseDiscoveryRate) {
      if (!isRising) verdicts.set(key, 'held');
      continue;
    }
    if (isRising) verdicts.set(key, 'raised');
    taken.set(day, (taken.get(day) ?? 0) + 1);
    expectedFalse = nextFalse;
    risen += 1;
  }
  return verdicts;
}

function firstDay(findings: readonly Finding[]): string {
  const days = findings.map(({ firstSeen }) => firstSeen.slice(0, 'YYYY-MM-DD'.length));
  return days.sort()[0] ?? '';
}

function moreProbable(a: TaskScore, b: TaskScore): number {
  if (a.probability !== b.probability) return b.probability - a.probability;
  if (a.pValue !== b.pValue) return a.pValue - b.pValue;
  return keyOf(a.agentId, a.taskId) < keyOf(b.agentId, b.taskId) ? -1 : 1;
}

/** Sum over detectors of -log10(1 - confidence). Several findings of one detector about one task say the same thing: its surest counts. */
export function scoreOf(findings: readonly Pick<Finding, 'detector' | 'confidence'>[]): number {
  const surest = new Map<string, number>();
  for (const { detector, confidence } of findings) {
    surest.set(detector, Math.max(surest.get(detector) ?? 0, Math.min(confidence, SUREST)));
  }
  return [...surest.values()].reduce((sum, confidence) => sum - Math.log10(1 - confidence), 0);
}

function findingsByTask(findings: readonly Finding[]): Map<string, Finding[]> {
  const byTask = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.agentId === null || finding.taskId === null) continue;
    const key = keyOf(finding.agentId, finding.taskId);
    byTask.set(key, [...(byTask.get(key) ?? []), finding]);
  }
  return byTask;
}

function keyOf(agentId: string | null, taskId: string | null): string {
  return JSON.stringify([agentId, taskId]);
}

function isGrave({ severity }: Finding): boolean {
  return isAtLeast(severity, 'medium');
}
