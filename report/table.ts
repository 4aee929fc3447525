import type { DetectorState } from '../detect/finding.ts';
import { type Finding, isAtLeast, SEVERITIES } from '../detect/finding.ts';
import { printable } from '../store/printable.ts';
import { labelled, sections, type TextOptions } from './block.ts';
import { cut, padEnd } from './layout.ts';
import type { Coverage, Incident, Reconciliation, Report } from './model.ts';
import { type Paint, painter } from './paint.ts';
import { incidentLine, incidentLines } from './table-incident.ts';
import { count, countOf, listed, percent, span } from './words.ts';

const IN_FULL = 20;
const IN_BRIEF = 10;

/** The report for a terminal. Every value is printable, every line fits, and colour adds nothing but colour. */
export function reportTable(report: Report, options: TextOptions): string {
  const paint = painter(options.colour);
  const { window, reconciliation, coverage, incidents } = report;
  const byId = new Map(report.findings.map((finding) => [finding.id, finding]));
  const grave = incidents.filter(({ severity }) => isAtLeast(severity, 'medium'));
  const light = incidents.filter(({ severity }) => !isAtLeast(severity, 'medium'));
  return sections(
    [
      paint('heading', cut(`AgentTrail  ${windowOf(window)}`, options.width)),
      ...coverageLines(reconciliation, coverage, paint, options.width),
    ],
    [paint('heading', cut(tally(report), options.width))],
    ...grave
      .slice(0, IN_FULL)
      .map((incident) => incidentLines(incident, findingsOf(incident, byId), options)),
    lightLines(grave.slice(IN_FULL), light, options),
    detectorLines(coverage.detectors, paint, options.width),
    noteLines(coverage.notes, paint, options.width),
    nextLines(report, paint, options.width),
  );
}

function findingsOf(incident: Incident, byId: ReadonlyMap<string, Finding>): Finding[] {
  return incident.findingIds.flatMap((id) => byId.get(id) ?? []);
}

function windowOf({ since, until }: Report['window']): string {
  if (since !== null && until !== null) return span(since, until);
  if (since !== null) return `since ${span(since, since)}`;
  return until === null ? 'the store is empty' : `until ${span(until, until)}`;
}

function coverageLines(
  { objects, recordsRead, eventsStored, duplicates, deadLetters }: Reconciliation,
  coverage: Coverage,
  paint: Paint,
  width: number,
): string[] {
  const { events, attributedEvents, agents, tasks, sessions, accounts, regions } = coverage;
  const line = (label: string, text: string) =>
    labelled(paint, label, printable(text), { width, maxLines: 3 });
  const methods = Object.entries(coverage.byMethod)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([method, number]) => `${method} ${percent(number, events)}`);
  const dataEvents =
    coverage.dataEventServices.length === 0 ? 'none' : listed(coverage.dataEventServices, 8);
  return [
    ...line(
      'read',
      `${countOf(objects, 'object')}: ${countOf(recordsRead, 'record')} = ${countOf(eventsStored, 'event')} + ` +
        `${countOf(duplicates, 'duplicate')} + ${countOf(deadLetters, 'dead letter')}`,
    ),
    ...line(
      'seen',
      `${countOf(agents, 'agent')}, ${countOf(tasks, 'task')}, ${countOf(sessions, 'session')} in ` +
        `${countOf(accounts.length, 'account')}, ${countOf(regions.length, 'region')}`,
    ),
    ...line(
      'agents',
      `${percent(attributedEvents, events)} of ${countOf(events, 'event')} attributed to an agent` +
        `${methods.length > 0 ? ` (${methods.join(', ')})` : ''}; ${count(events - attributedEvents)} not`,
    ),
    ...line('data', `data events: ${dataEvents}`),
  ];
}

function tally({ incidents, coverage }: Report): string {
  if (incidents.length === 0) return coverage.events === 0 ? 'Nothing to judge' : 'No incidents';
  const parts = SEVERITIES.toReversed().flatMap((severity) => {
    const number = incidents.filter((incident) => incident.severity === severity).length;
    return number === 0 ? [] : `${count(number)} ${severity}`;
  });
  return `${countOf(incidents.length, 'incident')}: ${parts.join(', ')}`;
}

function lightLines(
  graveRest: readonly Incident[],
  light: readonly Incident[],
  options: TextOptions,
): string[] {
  const rest = [...graveRest, ...light];
  const lines = rest.slice(0, IN_BRIEF).map((incident) => incidentLine(incident, options));
  const more = rest.length - lines.length;
  return more > 0 ? [...lines, `  and ${countOf(more, 'incident')} more`] : lines;
}

function detectorLines(detectors: readonly DetectorState[], paint: Paint, width: number): string[] {
  const ran = detectors.filter(({ status }) => status === 'ran').length;
  const held = detectors.filter(({ status }) => status !== 'ran');
  if (detectors.length === 0) return [];
  return [
    paint('heading', `${count(ran)} of ${countOf(detectors.length, 'detector')} ran in full`),
    ...held.map(({ id, status, reason }) => {
      const text = `${padEnd(status.replace('-', ' '), 15)}${id}${reason === null ? '' : `: ${reason}`}`;
      return cut(printable(`  ${text}`), width);
    }),
  ];
}

function noteLines(notes: readonly string[], paint: Paint, width: number): string[] {
  return notes.flatMap((note) => labelled(paint, 'note', printable(note), { width, maxLines: 3 }));
}

function nextLines(report: Report, paint: Paint, width: number): string[] {
  return [
    paint('heading', 'Next'),
    ...commandsFor(report).map(
      ([command, purpose]) =>
        `  ${paint('command', padEnd(command, 33))}${paint('label', cut(purpose, width - 35))}`,
    ),
  ];
}

function commandsFor({ coverage, incidents, findings }: Report): [string, string][] {
  const commands: [string, string][] = [];
  if (coverage.events === 0) return [['agenttrail ingest <source>', 'read CloudTrail logs']];
  if (incidents.some(({ taskId }) => taskId !== null)) {
    commands.push(['agenttrail graph <task>', 'what a task did, step by step']);
  }
  if (findings.length > 0) {
    commands.push(['agenttrail report --format json', 'all findings, event ids, SQL']);
  }
  return [...commands, ['agenttrail inventory', 'agents, known and shadow']];
}
