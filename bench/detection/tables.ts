import type { Bin, Calibration } from './calibration.ts';
import type { FamilyResult, Spread } from './families.ts';
import type { Summary } from './summary.ts';

export interface Table {
  readonly title: string;
  /** What its columns mean, where their heads do not say it. */
  readonly note: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tablesOf(summary: Summary): Table[] {
  return [
    targetTable(summary),
    familyTable(summary),
    methodTable(summary),
    familyByMethodTable(summary),
    detectorTable(summary),
    calibrationTable('Calibration of all findings', summary.calibration.all),
    calibrationTable('Calibration of findings of medium or above', summary.calibration.raised),
    calibrationTable('Calibration of the fused scores of tasks', summary.calibration.fused),
    leftOutTable(summary),
    speedTable(summary),
  ];
}

function targetTable({ targets }: Summary): Table {
  return {
    title: 'Targets',
    note: 'Set before anything was measured.',
    head: ['target', 'wanted', 'measured', 'met', 'missed by'],
    rows: targets.map(({ name, wanted, isAtMost, measured, isMet, missedBy }) => [
      name,
      `${isAtMost ? '≤' : '≥'} ${wanted}`,
      rate(measured),
      isMet ? 'yes' : 'no',
      isMet ? '' : missedBy || rate(Math.abs(wanted - measured)),
    ]),
  };
}

function familyTable({ families, overall }: Summary): Table {
  const row = (one: FamilyResult) => [
    one.family,
    String(one.incidents),
    String(one.found),
    rate(one.recall),
    rate(one.recallLow),
    spread(one.badCalls),
    spread(one.taskEvents),
    spread(one.callsNeeded),
    one.family === 'all' ? '' : one.detectors,
  ];
  return {
    title: 'Families',
    note: 'Low: the lower end of the 95 % interval (Wilson). Bad calls: those made when the first proof was there, 1 is the first; task events: events of the task after the first bad call and before the proof. Needed, where `--replay` measured it: bad calls without which nothing is raised, by cutting the rest out of the logs and auditing them anew. All as median / most of the found.',
    head: [
      'family',
      'incidents',
      'found',
      'recall',
      'low',
      'bad calls',
      'task events',
      'needed',
      'found by',
    ],
    rows: [...families, overall].map(row),
  };
}

function methodTable({ methods, reported }: Summary): Table {
  return {
    title: 'AgentTrail and what users have today',
    note: `False alerts a thousand: all of them by benign and hard-benign tasks; then those on benign tasks by benign tasks, those on hard-benign by hard-benign. Aside: false alerts on tasks with an incident, about something else. Elsewhere: outside tasks. Recall at .95: the most that any threshold finds at a precision of 0.95. Of AgentTrail's incidents (findings of one task, ranked together) of medium or above, ${reported.right} of ${reported.raised} are right: ${rate(reported.precision)}.`,
    head: [
      'method',
      'raised',
      'precision',
      'found',
      'recall',
      'false/1000',
      'benign',
      'hard',
      'aside',
      'elsewhere',
      'recall at .95',
    ],
    rows: methods.map((one) => [
      one.name,
      String(one.raised),
      rate(one.precision),
      String(one.found),
      rate(one.recall),
      rate(one.falsePerThousand),
      rate(one.falsePerThousandBenign),
      rate(one.falsePerThousandHard),
      String(one.falseOn.incident),
      String(one.falseOn.elsewhere),
      rate(one.recallAtPrecision95),
    ]),
  };
}

function familyByMethodTable({ families, overall, methods }: Summary): Table {
  const rivals = methods.slice(1).map(({ name }) => name);
  return {
    title: 'Recall by family and method',
    note: 'Each at its natural threshold.',
    head: ['family', methods[0]?.name ?? '', ...rivals],
    rows: [...families, overall].map((one) => [
      one.family,
      rate(one.recall),
      ...rivals.map((name) => rate(one.rivals[name] ?? Number.NaN)),
    ]),
  };
}

function detectorTable({ detectors }: Summary): Table {
  return {
    title: 'Detectors',
    note: 'By findings of medium or above. Alone: incidents that no other detector found.',
    head: ['detector', 'findings', 'right', 'precision', 'alone'],
    rows: detectors.map((one) => [
      one.detector,
      String(one.raised),
      String(one.right),
      rate(one.precision),
      String(one.alone),
    ]),
  };
}

function calibrationTable(title: string, calibration: Calibration): Table {
  const { brier, brierOfBaseRate, expectedError } = calibration;
  return {
    title,
    note: `Brier score ${rate(brier)} (always saying the base rate: ${rate(brierOfBaseRate)}); mean distance of confidence from truth ${rate(expectedError)}.`,
    head: ['confidence', 'count', 'right', 'mean confidence', 'share right'],
    rows: calibration.bins.map((bin: Bin) => [
      `${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}`,
      String(bin.count),
      String(bin.right),
      rate(bin.meanConfidence),
      rate(bin.shareRight),
    ]),
  };
}

function leftOutTable({ families }: Summary): Table {
  return {
    title: 'Recall with a family left out',
    note: 'The thresholds are set by hand, by people who knew the families: no family was left out of that, and this table cannot undo it. What can be left out is the detectors that a family has for itself, those that no other family is expected to need: the recall without them is what the others would find of a family that nobody wrote a detector for.',
    head: ['family', 'recall', 'its own detectors', 'recall without'],
    rows: families.map((one) => [
      one.family,
      rate(one.recall),
      one.ownDetectors || 'none',
      rate(one.recallWithoutOwn),
    ]),
  };
}

function speedTable({ speed }: Summary): Table {
  const { records, tasks, auditSeconds, detectSeconds, peakMiB, areAllSame } = speed;
  return {
    title: 'Runtime',
    note: `Median of the fleets; ${whole(records)} records and ${whole(tasks)} tasks each. Both steps are processes of the built command, with their start. Peak memory ${whole(peakMiB)} MiB. ${areAllSame ? 'A second detect gave every report again, byte for byte.' : 'A SECOND DETECT GAVE ANOTHER REPORT: law 5 is broken.'}`,
    head: ['step', 'seconds', 'records/s', 'tasks/s'],
    rows: [
      ['audit: ingest, attribute, detect, report', auditSeconds],
      ['detect: attribute, detect, report', detectSeconds],
      ['ingest: audit less detect', auditSeconds - detectSeconds],
    ].map(([step, seconds]) => [
      String(step),
      rate(Number(seconds)),
      whole(records / Number(seconds)),
      whole(tasks / Number(seconds)),
    ]),
  };
}

function spread(value: Spread | null): string {
  return value === null ? '' : `${value.median} / ${value.most}`;
}

/** With so many digits that 0.997 is not 1. */
function rate(value: number): string {
  return Number.isNaN(value) ? '' : value.toFixed(3);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
