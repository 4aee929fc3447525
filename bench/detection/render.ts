import { COMPARATORS } from '../comparators/registry.ts';
import type { Summary } from './summary.ts';
import { type Table, tablesOf } from './tables.ts';

const SEED_TEXT = {
  reported: 'kept for reports: nothing was chosen by them, thresholds were tuned on seeds 1 to 20',
  tuning: 'kept for tuning: what is measured on them is not to be reported',
  other: 'of no set: 1 to 20 are for tuning, 101 to 110 for reports',
} as const;

/** For a terminal. */
export function renderText(summary: Summary): string {
  const parts = tablesOf(summary).map(
    (table) => `${table.title}\n${columns(table)}\n${table.note}`,
  );
  return `${headline(summary)}\n\n${parts.join('\n\n')}\n`;
}

/** What stands in `bench/detect.md`. */
export function renderMarkdown(summary: Summary): string {
  return [
    '# How good the detection is',
    'Made by `npm run bench:detect`; `npm run bench:detect -- --seeds 101-103` takes fewer fleets, `-- --tune` those for tuning, `-- --list` names each miss and each false finding, `-- --replay` measures how many bad calls each incident needs to be found, `-- --scale` speed on a large fleet. Not to be edited by hand.',
    headline(summary),
    METHOD,
    '![Precision and recall of each method over its thresholds](results/precision-recall.svg)',
    ...tablesOf(summary).map(
      (table) => `## ${table.title}\n\n${markdownTable(table)}\n\n${table.note}`,
    ),
    '## The comparators',
    COMPARATORS.map(({ name, rule }) => `- **${name}**: ${rule}.`).join('\n'),
    COMPARATOR_NOTE,
    '',
  ].join('\n\n');
}

function headline(summary: Summary): string {
  const { seeds, seedSet, events, days, hasScopes, tasks, overall } = summary;
  const all = tasks.benign + tasks['hard-benign'] + tasks.incident;
  return `Seeds ${seeds}, ${SEED_TEXT[seedSet]}. Each fleet has ${days} days and about ${events.toLocaleString('en-US')} events; all together ${all.toLocaleString('en-US')} tasks (${tasks.benign.toLocaleString('en-US')} benign, ${tasks['hard-benign']} hard but benign, ${tasks.incident} with an incident) and ${overall.incidents} incidents. ${hasScopes ? 'Its owner has declared what task types may do' : 'NO SCOPES: nobody has declared what task types may do'}.`;
}

const METHOD = `Each fleet (\`fixtures/fleet/\`) is written as log files with every kind of incident twice, in different guises, and audited by the
built command in a process of its own: \`agenttrail audit <logs> --config agenttrail.yaml --format json\`. The truth is not read until the report is there.

- **Raised** is a finding of medium severity or above.
- **Right** is a finding that shows a bad call of an incident among its evidence. It is right, too, when it is about a task of the incident or one of its
  keys, comes from a detector that the incident names as one that should see it, names an action of a bad call, and was active while the
  incident was (evidence ends after its first 100 events). A finding on the right task about something else is false.
- **Found** is an incident with a finding that is raised and right. **Recall** is found by incidents, **precision** is right by raised.
- **Events to detection** ends with the first bad call that such a finding shows. A detector that counts shows calls that
  it could not know to be too many when they were made: \`--replay\` measures how many bad calls are needed.
- A false finding belongs to no family: precision is given by method and by detector, not by family.
- The owner's scopes (\`fixtures/fleet/config.ts\`) allow all healthy work, and nothing out of scope is healthy: \`task-scope\` cannot be wrong
  here. \`--no-scopes\` measures what is found where nobody declared anything.
- The fleet is simulated. Its incidents and its healthy work were written by the authors of the detectors: on real logs
  expect less.`;

const COMPARATOR_NOTE = `They run on the same stores. Two judge tasks as a whole and show no event: any incident on the task they raise counts as found, in their
favour. Curves rank alerts by the score of each method; AgentTrail's by severity, then confidence, as its report does, with
all severities.`;

function columns({ head, rows }: Table): string {
  const widths = head.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return isNumeric(rows, at) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [head, ...rows].map((row) => `  ${line(row)}`).join('\n');
}

function markdownTable({ head, rows }: Table): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  const rule = head.map((_, at) => (isNumeric(rows, at) ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function isNumeric(rows: readonly (readonly string[])[], at: number): boolean {
  return rows.every((row) => /^[-≤≥\d.,/ ]*$/.test(row[at] ?? ''));
}
