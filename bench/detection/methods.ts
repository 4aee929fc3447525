import { curveOf, type Point } from './curve.ts';
import { raisedByMethod } from './families.ts';
import { AGENTTRAIL, type JudgedAlert, type Judgement } from './judge.ts';
import type { Place } from './match.ts';
import { share } from './rates.ts';

/** How one method does at its threshold, and over all thresholds. */
export interface MethodResult {
  readonly name: string;
  readonly raised: number;
  readonly right: number;
  readonly precision: number;
  readonly found: number;
  readonly recall: number;
  /** False alerts by where they were raised. */
  readonly falseOn: Readonly<Record<Place, number>>;
  /** All false alerts, a thousand benign and hard-benign tasks. */
  readonly falsePerThousand: number;
  /** The same of those on benign, and on hard-benign tasks, a thousand of these. */
  readonly falsePerThousandBenign: number;
  readonly falsePerThousandHard: number;
  /** The most it can find at a precision of 0.95 or better, whatever the threshold. */
  readonly recallAtPrecision95: number;
  readonly curve: readonly Point[];
}

export function methodResults(judgements: readonly Judgement[]): MethodResult[] {
  const tasks = { benign: 0, hard: 0, incidents: 0 };
  for (const judgement of judgements) {
    tasks.benign += judgement.tasks.benign;
    tasks.hard += judgement.tasks['hard-benign'];
    tasks.incidents += judgement.incidents.length;
  }
  return [...raisedByMethod(judgements)].map(([name, raised]) => {
    const all = judgements.flatMap(({ methods }) => methods.get(name) ?? []);
    const isFalse = ({ incidents }: JudgedAlert) => incidents.length === 0;
    const wrong = raised.filter(isFalse);
    const on = (place: Place) => wrong.filter((alert) => alert.place === place).length;
    const found = new Set(raised.flatMap(({ incidents }) => incidents)).size;
    const right = raised.length - wrong.length;
    const curve = curveOf(all, tasks.incidents);
    return {
      name,
      raised: raised.length,
      right,
      precision: share(right, raised.length),
      found,
      recall: share(found, tasks.incidents),
      falseOn: {
        benign: on('benign'),
        'hard-benign': on('hard-benign'),
        incident: on('incident'),
        elsewhere: on('elsewhere'),
      },
      falsePerThousand: 1_000 * share(wrong.length, tasks.benign + tasks.hard),
      falsePerThousandBenign: 1_000 * share(on('benign'), tasks.benign),
      falsePerThousandHard: 1_000 * share(on('hard-benign'), tasks.hard),
      recallAtPrecision95: Math.max(
        0,
        ...curve.filter(({ precision }) => precision >= 0.95).map(({ recall }) => recall),
      ),
      curve,
    };
  });
}

export interface DetectorResult {
  readonly detector: string;
  readonly raised: number;
  readonly right: number;
  readonly precision: number;
  /** Incidents that nothing else found. */
  readonly alone: number;
}

/** Each detector of AgentTrail by what it raised. */
export function detectorResults(judgements: readonly Judgement[]): DetectorResult[] {
  const raised = raisedByMethod(judgements).get(AGENTTRAIL) ?? [];
  const finders = new Map<string, Set<string>>();
  for (const { by, incidents } of raised) {
    for (const id of incidents) finders.set(id, (finders.get(id) ?? new Set()).add(by));
  }
  return [...new Set(raised.map(({ by }) => by))].sort().map((detector) => {
    const its = raised.filter(({ by }) => by === detector);
    const right = its.filter(({ incidents }) => incidents.length > 0).length;
    const alone = [...finders.values()].filter((by) => by.size === 1 && by.has(detector)).length;
    return { detector, raised: its.length, right, precision: share(right, its.length), alone };
  });
}
