import type { DetectorState } from '../detect/finding.ts';
import { type Finding, isAtLeast, SEVERITIES } from '../detect/finding.ts';
import { printable } from '../store/printable.ts';
import { cut } from './layout.ts';
import { code, prose } from './markdown-text.ts';
import type { Coverage, Incident, Report } from './model.ts';
import { confidence, count, countOf, percent, span } from './words.ts';

const IN_FULL = 10;
const DETECTORS_SHOWN = 5;
const NOTES_SHOWN = 5;
const ACTIONS_SHOWN = 5;
const EVENTS_SHOWN = 3;
const TITLE_LENGTH = 160;
const EXPLANATION_LENGTH = 400;
const VALUE_WIDTH = 120;

/** Short enough for a pull request or a chat; everything out of a log is a code span or plain words. */
export function reportMarkdown(report: Report): string {
  const { window, coverage, incidents } = report;
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const grave = incidents.filter(({ severity }) => isAtLeast(severity, 'medium'));
  const shown = grave.slice(0, IN_FULL);
  const rest = incidents.length - shown.length;
  const blocks = [
    `## AgentTrail: ${tally(incidents)}`,
    `${windowOf(window)}${coverageOf(report)}`,
    ...shown.map((incident) => incidentOf(incident, byId)),
    rest > 0 ? `${countOf(rest, 'more incident')} of less weight: \`agenttrail report\`` : '',
    heldOf(coverage.detectors),
    notesOf(coverage),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function tally(incidents: readonly Incident[]): string {
  const parts = SEVERITIES.toReversed().flatMap((severity) => {
    const number = incidents.filter((incident) => incident.severity === severity).length;
    return number === 0 ? [] : `${count(number)} ${severity}`;
  });
  return parts.length === 0
    ? 'no incidents'
    : `${countOf(incidents.length, 'incident')} (${parts.join(', ')})`;
}

function windowOf({ since, until }: Report['window']): string {
  return since === null || until === null ? '' : `${code(span(since, until))}: `;
}

function coverageOf({ reconciliation, coverage }: Report): string {
  const { events, attributedEvents, agents, tasks } = coverage;
  const { recordsRead, deadLetters } = reconciliation;
  return (
    `${countOf(recordsRead, 'record')} read, ${countOf(deadLetters, 'dead letter')}. ` +
    `${countOf(agents, 'agent')}, ${countOf(tasks, 'task')}; ` +
    `${percent(attributedEvents, events)} of ${countOf(events, 'event')} attributed to an agent.`
  );
}

function incidentOf(incident: Incident, byId: ReadonlyMap<string, Finding>): string {
  const findings = incident.findingIds.flatMap((id) => byId.get(id) ?? []);
  const [gravest, ...others] = findings;
  const mark = `${incident.severity.toUpperCase()} ${confidence(incident.confidence)}`;
  const lines = [
    `- ${whoOf(incident)}`,
    `- ${code(span(incident.firstSeen, incident.lastSeen))}`,
    ...(gravest ? evidenceOf(gravest) : []),
    ...others
      .slice(0, 3)
      .map(
        ({ severity, title, ...other }) =>
          `- also ${severity} ${confidence(other.confidence)}: ${prose(title, TITLE_LENGTH)}`,
      ),
  ];
  return [
    `### ${mark} · ${prose(incident.title, TITLE_LENGTH)}`,
    ...(gravest ? [prose(gravest.explanation, EXPLANATION_LENGTH)] : []),
    lines.join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function whoOf({ agentId, taskId, taskType, onBehalfOf, principal }: Incident): string {
  const parts = [
    agentId === null ? '' : `agent ${value(agentId)}`,
    taskId === null ? '' : `task ${value(taskId)}`,
    taskType === null ? '' : `of type ${value(taskType)}`,
    principal === null ? '' : `principal ${value(principal)}`,
    onBehalfOf === null ? '' : `on behalf of ${value(onBehalfOf)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nobody known' : parts.join(', ');
}

function evidenceOf({ detector, evidence, techniques }: Finding): string[] {
  const list = (values: readonly string[], max: number) => {
    const more = values.length - max;
    return `${values.slice(0, max).map(value).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
  };
  const { actions, eventIds } = evidence;
  return [
    `- by ${value(detector)}${techniques.length > 0 ? `: ${list(techniques, ACTIONS_SHOWN)}` : ''}`,
    ...(actions.length > 0 ? [`- actions ${list(actions, ACTIONS_SHOWN)}`] : []),
    ...(eventIds.length > 0
      ? [`- ${countOf(eventIds.length, 'event')} ${list(eventIds, EVENTS_SHOWN)}`]
      : []),
  ];
}

function heldOf(detectors: readonly DetectorState[]): string {
  const held = detectors.filter(({ status }) => status !== 'ran');
  const lines = held.slice(0, DETECTORS_SHOWN).map(({ id, status, reason }) => {
    const state = status === 'learning' ? 'still learning' : 'not available';
    return `- ${value(id)} ${state}${reason === null ? '' : `: ${prose(reason, TITLE_LENGTH)}`}`;
  });
  const more = held.length - lines.length;
  if (more > 0) lines.push(`- and ${countOf(more, 'detector')} more`);
  return lines.length === 0 ? '' : ['Not everything could be judged:', '', ...lines].join('\n');
}

function notesOf({ notes }: Coverage): string {
  return notes
    .slice(0, NOTES_SHOWN)
    .map((note) => `- note: ${prose(note, EXPLANATION_LENGTH)}`)
    .join('\n');
}

function value(text: string): string {
  return code(cut(printable(text), VALUE_WIDTH));
}
