import type { BaselineReference, Finding } from '../detect/finding.ts';
import { printable } from '../store/printable.ts';
import { beside, labelled, type TextOptions, textWidth } from './block.ts';
import { cut, displayWidth, padEnd, wrap } from './layout.ts';
import type { Incident } from './model.ts';
import { painter } from './paint.ts';
import { shellArgument } from './shell-word.ts';
import { confidence, count, countOf, listed, span } from './words.ts';

const EXPLANATION_LENGTH = 320;
const OTHERS_SHOWN = 4;
const EVENTS_SHOWN = 2;
const ACTIONS_SHOWN = 4;
/** One long value must not push the next one out of sight. */
const VALUE_WIDTH = 64;
const PLACES_SHOWN = 3;

/** A title begins further left than the text beside the labels, and ends where that ends. */
const LEFT_OF_TEXT = 10;
const MIN_TITLE_WIDTH = 20;
/** `informational 100%` and a gap. */
const BRIEF_MARK_WIDTH = 20;

type Line = (label: string, text: string, maxLines?: number) => string[];

const JUDGED_AGAINST: Readonly<Record<BaselineReference['level'], string>> = {
  'task-type': 'of this type',
  agent: 'of this agent',
  peers: 'of its peers',
  fleet: 'of the fleet',
  none: '',
};

/** One incident, readable in ten seconds: who, why, by which events, where, and what to do next. */
export function incidentLines(
  incident: Incident,
  findings: readonly Finding[],
  { width, colour }: TextOptions,
): string[] {
  const paint = painter(colour);
  const [gravest, ...others] = findings;
  const line = (label: string, text: string, maxLines = 2) =>
    labelled(paint, label, printable(text), { width, maxLines });
  const mark = `${incident.severity.toUpperCase()} ${confidence(incident.confidence)}`;
  const [title = '', ...moreTitle] = wrap(
    printable(incident.title),
    Math.max(textWidth(width) - mark.length + LEFT_OF_TEXT, MIN_TITLE_WIDTH),
    2,
  );
  return [
    `${paint(incident.severity, mark)}  ${paint('heading', title)}`,
    ...moreTitle.map((text) => `${' '.repeat(mark.length + 2)}${paint('heading', text)}`),
    ...whoLines(incident, line),
    ...(gravest ? gravestLines(gravest, textWidth(width), line) : []),
    ...line('when', whenOf(incident, findings)),
    ...beside(paint, 'also', othersOf(others, textWidth(width), colour)),
    ...line('unseen', valuesOf(new Set(findings.flatMap(({ visibility }) => visibility)), 3, 160)),
    ...line('revoke', responseOf(gravest)),
    ...beside(paint, 'next', commandOf(incident, textWidth(width), colour)),
  ];
}

/** An incident of little weight: one line. */
export function incidentLine(incident: Incident, { width, colour }: TextOptions): string {
  const mark = padEnd(`${incident.severity} ${confidence(incident.confidence)}`, BRIEF_MARK_WIDTH);
  const text = `${incident.title}  ${subjectOf(incident)}`;
  return `  ${painter(colour)(incident.severity, mark)}${cut(printable(text), width - BRIEF_MARK_WIDTH - 2)}`;
}

function subjectOf({ agentId, taskId, principal }: Incident): string {
  return taskId === null ? (principal ?? 'unknown') : `${agentId ?? 'no agent'} / ${taskId}`;
}

/** A line each: a name may hold anything, and must not pass for the next field. */
function whoLines(incident: Incident, line: Line): string[] {
  const { agentId, taskId, taskType, onBehalfOf, principal } = incident;
  return [
    ...line('agent', agentId ?? '', 1),
    ...line('task', taskId ?? '', 1),
    ...line('type', taskType ?? '', 1),
    ...line('for', onBehalfOf ?? '', 1),
    ...line('principal', principal ?? '', 1),
  ];
}

function gravestLines(finding: Finding, width: number, line: Line): string[] {
  const { explanation, evidence, detector, baseline, techniques } = finding;
  const { actions, eventIds } = evidence;
  const history =
    baseline === null || baseline.level === 'none'
      ? 'without history'
      : `against ${countOf(baseline.tasks, 'earlier task')} ${JUDGED_AGAINST[baseline.level]}`;
  return [
    ...line('why', explanation, Math.max(2, Math.ceil(EXPLANATION_LENGTH / width))),
    ...line('actions', valuesOf(actions, ACTIONS_SHOWN)),
    ...line(
      'events',
      eventIds.length === 0 ? '' : `${count(eventIds.length)}: ${valuesOf(eventIds, EVENTS_SHOWN)}`,
    ),
    ...line('judged', `by ${detector}, ${history}`),
    ...line('att&ck', valuesOf(techniques, ACTIONS_SHOWN)),
  ];
}

function whenOf({ firstSeen, lastSeen }: Incident, findings: readonly Finding[]): string {
  const places = (of: (finding: Finding) => readonly string[]) =>
    valuesOf([...new Set(findings.flatMap(of))].sort(), PLACES_SHOWN);
  return [
    span(firstSeen, lastSeen),
    places(({ accountIds }) => accountIds),
    places(({ regions }) => regions),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function valuesOf(values: Iterable<string>, max: number, width = VALUE_WIDTH): string {
  return listed(
    [...values].map((value) => cut(printable(value), width)),
    max,
  );
}

function othersOf(others: readonly Finding[], width: number, colour: boolean): string[] {
  const paint = painter(colour);
  const lines = others.slice(0, OTHERS_SHOWN).flatMap((finding) => {
    const mark = `${finding.severity} ${confidence(finding.confidence)}`;
    return [
      `${paint(finding.severity, mark)}  ${cut(printable(finding.title), width - mark.length - 2)}`,
      ...(finding.explanation === ''
        ? []
        : [`  ${paint('label', cut(printable(finding.explanation), width - 2))}`]),
    ];
  });
  const more = others.length - OTHERS_SHOWN;
  return more > 0 ? [...lines, `and ${countOf(more, 'finding')} more`] : lines;
}

function responseOf(gravest: Finding | undefined): string {
  if (!gravest?.response) return '';
  const { kind, targets } = gravest.response;
  return `would stop the ${kind} on ${valuesOf(targets, PLACES_SHOWN)}`;
}

/** To be copied, so it is whole or not there. */
function commandOf({ taskId }: Incident, width: number, colour: boolean): string[] {
  const argument = taskId === null ? null : shellArgument(taskId);
  if (argument === null) return [];
  const command = `agenttrail graph ${argument}`;
  return displayWidth(command) > width ? [] : [painter(colour)('command', command)];
}
