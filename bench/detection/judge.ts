import type { Finding } from '../../detect/finding.ts';
import type { TaskTruth, Truth } from '../../fixtures/fleet/truth.ts';
import type { Report } from '../../report/model.ts';
import { printable } from '../../store/printable.ts';
import { type Alert, alertOf } from './alert.ts';
import { type Delay, delayOf } from './delay.ts';
import { type Incident, isRight, type Place, placer } from './match.ts';

export interface JudgedAlert extends Pick<Alert, 'by' | 'score' | 'isRaised' | 'confidence'> {
  readonly place: Place;
  /** Those it is right about; none is a false alert. */
  readonly incidents: readonly string[];
}

export interface JudgedIncident {
  readonly id: string;
  readonly family: string;
  readonly variant: string;
  readonly expectedDetectors: readonly string[];
  /** By what AgentTrail raised; null where nothing did. */
  readonly delay: Delay | null;
  /** Bad calls without which nothing is raised, where the logs were replayed. */
  readonly callsNeeded: number | null;
  /** A right finding of high or above shows the first call that exports; null where none does export. */
  readonly isGraveAtFirstExport: boolean | null;
}

/** One fleet, judged. */
export interface Judgement {
  readonly seed: number;
  readonly tasks: Readonly<Record<TaskTruth['label'], number>>;
  readonly incidents: readonly JudgedIncident[];
  /** AgentTrail first, then the comparators; by name. */
  readonly methods: ReadonlyMap<string, readonly JudgedAlert[]>;
  /** The fused scores of tasks. */
  readonly fused: readonly JudgedAlert[];
  /** Incidents of the report, of medium or above. */
  readonly reported: { readonly raised: number; readonly right: number };
  /** What went wrong, a line each: for those who tune. */
  readonly misses: readonly string[];
  readonly falseFindings: readonly string[];
}

export const AGENTTRAIL = 'AgentTrail';

export interface Evidence {
  readonly truth: Truth;
  /** Those of the truth, with their calls. */
  readonly incidents: readonly Incident[];
  readonly report: Pick<Report, 'findings' | 'incidents'>;
  readonly fused: readonly Alert[];
  readonly rivals: ReadonlyMap<string, readonly Alert[]>;
  /** By incident id; empty where nothing was replayed. */
  readonly callsNeeded: ReadonlyMap<string, number>;
}

export function judge(evidence: Evidence): Judgement {
  const { truth, incidents, report } = evidence;
  const placeOf = placer(truth);
  const nameOf = ({ truth: { id } }: Incident) => `${truth.seed}/${id}`;
  const judged = (alert: Alert): JudgedAlert => ({
    by: alert.by,
    score: alert.score,
    isRaised: alert.isRaised,
    confidence: alert.confidence,
    place: placeOf(alert),
    incidents: incidents.filter((incident) => isRight(alert, incident)).map(nameOf),
  });
  const alerts = report.findings.map(alertOf);
  const ours = alerts.map(judged);
  const methods = new Map<string, readonly JudgedAlert[]>([[AGENTTRAIL, ours]]);
  for (const [name, theirs] of evidence.rivals) methods.set(name, theirs.map(judged));
  const count = (label: TaskTruth['label']) =>
    truth.tasks.filter((task) => task.label === label).length;
  return {
    seed: truth.seed,
    tasks: {
      benign: count('benign'),
      'hard-benign': count('hard-benign'),
      incident: count('incident'),
    },
    incidents: incidents.map((incident) => {
      const id = nameOf(incident);
      const raised = alerts.filter(
        ({ isRaised }, index) => isRaised && ours[index]?.incidents.includes(id),
      );
      return {
        id,
        family: incident.truth.kind,
        variant: incident.truth.variant,
        expectedDetectors: incident.truth.expectedDetectors,
        delay: delayOf(incident, raised),
        callsNeeded: evidence.callsNeeded.get(incident.truth.id) ?? null,
        isGraveAtFirstExport: isGraveAtFirstExport(incident, raised),
      };
    }),
    methods,
    fused: evidence.fused.map(judged),
    reported: reportedOf(report, ours),
    misses: incidents
      .filter((incident) => !ours.some((one) => isFoundBy(one, nameOf(incident))))
      .map((incident) => missText(nameOf(incident), incident)),
    falseFindings: report.findings.flatMap((finding, index) => {
      const one = ours[index];
      const isFalse = one?.isRaised && one.incidents.length === 0;
      return isFalse ? [falseText(truth, finding, one.place)] : [];
    }),
  };
}

function isGraveAtFirstExport({ bad }: Incident, raised: readonly Alert[]): boolean | null {
  const first = bad.find(({ capability }) => capability === 'export');
  if (!first) return null;
  return raised.some(({ isGrave, eventIds }) => isGrave && eventIds?.includes(first.eventId));
}

function isFoundBy({ isRaised, incidents }: JudgedAlert, id: string): boolean {
  return isRaised && incidents.includes(id);
}

function missText(id: string, { truth }: Incident): string {
  const where = truth.taskId ? `task ${truth.taskId}` : (truth.principalArn ?? '');
  return `${id} ${truth.kind} (${truth.variant}), ${truth.agentId ?? 'no agent'}, ${where}`;
}

function falseText({ seed, tasks }: Truth, finding: Finding, place: Place): string {
  const { agentId, taskId, detector, severity, title } = finding;
  const task = tasks.find((one) => one.agentId === agentId && one.taskId === taskId);
  const note = task?.note ? `, ${task.note}` : '';
  return `${seed} ${detector} ${severity} on ${place} task ${taskId ?? '-'}${note}: ${printable(title)}`;
}

/** An incident of the report is right when a finding in it that is raised is right. */
function reportedOf(
  { findings, incidents }: Evidence['report'],
  judged: readonly JudgedAlert[],
): Judgement['reported'] {
  const byId = new Map(findings.map(({ id }: Finding, index) => [id, judged[index]]));
  const groups = incidents
    .map(({ findingIds }) => findingIds.map((id) => byId.get(id)).filter((one) => one?.isRaised))
    .filter((group) => group.length > 0);
  return {
    raised: groups.length,
    right: groups.filter((group) => group.some((one) => one && one.incidents.length > 0)).length,
  };
}
