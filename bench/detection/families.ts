import { median } from '../timed.ts';
import { AGENTTRAIL, type JudgedAlert, type JudgedIncident, type Judgement } from './judge.ts';
import { share, wilsonLow } from './rates.ts';

export interface Spread {
  readonly median: number;
  readonly most: number;
}

/** What became of one family of incidents; `all` of all. */
export interface FamilyResult {
  readonly family: string;
  readonly incidents: number;
  readonly found: number;
  readonly recall: number;
  readonly recallLow: number;
  /** Of those that were found by events. */
  readonly badCalls: Spread | null;
  readonly taskEvents: Spread | null;
  /** Of those that were replayed. */
  readonly callsNeeded: Spread | null;
  /** Of the findings that found them, by detector, the most frequent first. */
  readonly detectors: string;
  /** Detectors that no other family needs, and the recall without them. */
  readonly ownDetectors: string;
  readonly recallWithoutOwn: number;
  /** Recall of each comparator. */
  readonly rivals: Readonly<Record<string, number>>;
}

export function familyResults(judgements: readonly Judgement[]): FamilyResult[] {
  const incidents = judgements.flatMap((judgement) => judgement.incidents);
  const families = [...new Set(incidents.map(({ family }) => family))].sort();
  const raised = raisedByMethod(judgements);
  return families.map((family) => {
    const own = ownDetectors(family, incidents);
    const members = incidents.filter((incident) => incident.family === family);
    return resultOf(family, members, own, raised);
  });
}

export function overallResult(judgements: readonly Judgement[]): FamilyResult {
  const incidents = judgements.flatMap((judgement) => judgement.incidents);
  return resultOf('all', incidents, new Set(), raisedByMethod(judgements));
}

/** Named by incidents of this family and by those of no other. */
export function ownDetectors(
  family: string,
  incidents: readonly Pick<JudgedIncident, 'family' | 'expectedDetectors'>[],
): Set<string> {
  const named = (isIts: boolean) =>
    incidents
      .filter((incident) => (incident.family === family) === isIts)
      .flatMap(({ expectedDetectors }) => expectedDetectors);
  const others = new Set(named(false));
  return new Set(named(true).filter((detector) => !others.has(detector)));
}

type Raised = ReadonlyMap<string, readonly JudgedAlert[]>;

export function raisedByMethod(judgements: readonly Judgement[]): Raised {
  const names = [...(judgements[0]?.methods.keys() ?? [])];
  return new Map(
    names.map((name) => [
      name,
      judgements.flatMap(({ methods }) => methods.get(name) ?? []).filter((one) => one.isRaised),
    ]),
  );
}

function resultOf(
  family: string,
  members: readonly JudgedIncident[],
  own: ReadonlySet<string>,
  raised: Raised,
): FamilyResult {
  const ids = new Set(members.map(({ id }) => id));
  const ours = (raised.get(AGENTTRAIL) ?? []).filter((alert) => concerns(alert, ids));
  const found = foundBy(ours, ids);
  const delays = members.flatMap(({ delay }) => delay ?? []);
  const rivals = [...raised].filter(([name]) => name !== AGENTTRAIL);
  return {
    family,
    incidents: members.length,
    found,
    recall: share(found, members.length),
    recallLow: wilsonLow(found, members.length),
    badCalls: spreadOf(delays.map(({ badCalls }) => badCalls)),
    taskEvents: spreadOf(delays.map(({ taskEvents }) => taskEvents)),
    callsNeeded: spreadOf(members.flatMap(({ callsNeeded }) => callsNeeded ?? [])),
    detectors: countsText(ours.map(({ by }) => by)),
    ownDetectors: [...own].sort().join(', '),
    recallWithoutOwn: share(
      foundBy(
        ours.filter(({ by }) => !own.has(by)),
        ids,
      ),
      members.length,
    ),
    rivals: Object.fromEntries(
      rivals.map(([name, alerts]) => [name, share(foundBy(alerts, ids), members.length)]),
    ),
  };
}

function concerns(alert: JudgedAlert, ids: ReadonlySet<string>): boolean {
  return alert.incidents.some((id) => ids.has(id));
}

function foundBy(alerts: readonly JudgedAlert[], ids: ReadonlySet<string>): number {
  const found = new Set(alerts.flatMap(({ incidents }) => incidents));
  return [...ids].filter((id) => found.has(id)).length;
}

function spreadOf(values: readonly number[]): Spread | null {
  return values.length === 0 ? null : { median: median(values), most: Math.max(...values) };
}

function countsText(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
