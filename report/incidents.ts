import { type Finding, SEVERITIES } from '../detect/finding.ts';
import type { Incident } from './model.ts';

/** Gravest first, then surest, then by id: a total order over findings. */
export function compareFindings(a: Finding, b: Finding): number {
  return byWeight(a, b) || byText(a.id, b.id);
}

/** The findings of one task, or of one principal where no task is known, as one incident; gravest first. */
export function incidentsOf(findings: readonly Finding[]): Incident[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings.toSorted(compareFindings)) {
    const id = subjectOf(finding);
    const group = groups.get(id);
    if (group) group.push(finding);
    else groups.set(id, [finding]);
  }
  return [...groups].map(incidentOf).sort(compareIncidents);
}

function compareIncidents(a: Incident, b: Incident): number {
  return byWeight(a, b) || byText(b.lastSeen, a.lastSeen) || byText(a.id, b.id);
}

function byWeight(
  a: Pick<Finding, 'severity' | 'confidence'>,
  b: Pick<Finding, 'severity' | 'confidence'>,
): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.confidence - a.confidence
  );
}

/** By code units: a locale would order differently on another machine. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function subjectOf(finding: Finding): string {
  const { agentId, taskId } = finding;
  return taskId === null
    ? `principal/${segment(principalOf(finding) ?? '')}`
    : `task/${segment(agentId ?? '')}/${segment(taskId)}`;
}

function principalOf({ roleArns, accessKeyIds, accountIds }: Finding): string | null {
  return roleArns[0] ?? accessKeyIds[0] ?? accountIds[0] ?? null;
}

/** Names may hold slashes, and two subjects must never share an id. */
function segment(name: string): string {
  return name.replace(/[%/]/g, (char) => (char === '%' ? '%25' : '%2F'));
}

function incidentOf([id, findings]: [string, Finding[]]): Incident {
  const gravest = findings[0] as Finding;
  const more = findings.length - 1;
  const isTask = gravest.taskId !== null;
  return {
    id,
    severity: gravest.severity,
    confidence: gravest.confidence,
    title: more === 0 ? gravest.title : `${gravest.title} (and ${more} more)`,
    agentId: firstKnown(findings, 'agentId'),
    taskId: gravest.taskId,
    taskType: firstKnown(findings, 'taskType'),
    onBehalfOf: firstKnown(findings, 'onBehalfOf'),
    principal: isTask ? null : principalOf(gravest),
    firstSeen: findings.map(({ firstSeen }) => firstSeen).sort(byText)[0] as string,
    lastSeen: findings
      .map(({ lastSeen }) => lastSeen)
      .sort(byText)
      .at(-1) as string,
    findingIds: findings.map((finding) => finding.id),
  };
}

function firstKnown(
  findings: readonly Finding[],
  field: 'agentId' | 'taskType' | 'onBehalfOf',
): string | null {
  return findings.find((finding) => finding[field] !== null)?.[field] ?? null;
}
