import { type Finding, isAtLeast } from '../detect/finding.ts';
import type { IncidentTruth, Truth } from '../fixtures/fleet/truth.ts';

/** What was injected, and what of it has a finding: misses are shown as misses. */
export function incidentsFound(truth: Truth, findings: readonly Finding[]): string {
  const grave = findings.filter(({ severity }) => isAtLeast(severity, 'medium'));
  const lines = truth.incidents.map((incident) => {
    const detectors = new Set(
      grave.filter((finding) => proves(finding, incident)).map(({ detector }) => detector),
    );
    const what = detectors.size > 0 ? [...detectors].sort().join(', ') : 'no finding yet';
    return { isFound: detectors.size > 0, text: `  ${incident.kind.padEnd(22)}${what}` };
  });
  const found = lines.filter(({ isFound }) => isFound).length;
  return [
    `Incidents that were injected (logs/truth.json): ${found} of ${lines.length} have a finding of medium or above`,
    ...lines.map(({ text }) => text),
    '',
  ].join('\n');
}

/** By the events that are its evidence: a finding about the same task may be about something else. */
function proves(finding: Finding, { eventIds }: IncidentTruth): boolean {
  return finding.evidence.eventIds.some((id) => eventIds.includes(id));
}
