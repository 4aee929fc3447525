import type { Finding, Severity } from '../detect/finding.ts';
import { printable } from '../store/printable.ts';
import { jsonText } from './json-text.ts';
import { countOf } from './words.ts';

/** What another configuration makes of the same records. */
export interface Difference {
  added: Finding[];
  removed: Finding[];
  /** Findings of both, of another severity. */
  changed: { finding: Finding; before: Severity }[];
}

export const DIFFERENCE_FORMATS = ['table', 'json'] as const;
export type DifferenceFormat = (typeof DIFFERENCE_FORMATS)[number];

/** Order is that of the findings given. */
export function differenceOf(before: readonly Finding[], after: readonly Finding[]): Difference {
  const old = new Map(before.map((finding) => [finding.id, finding]));
  const ids = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !ids.has(id)),
    changed: after.flatMap((finding) => {
      const severity = old.get(finding.id)?.severity;
      return severity === undefined || severity === finding.severity
        ? []
        : [{ finding, before: severity }];
    }),
  };
}

export function renderDifference(difference: Difference, format: DifferenceFormat): string {
  return format === 'json' ? `${jsonText(difference, 2)}\n` : differenceTable(difference);
}

function differenceTable({ added, removed, changed }: Difference): string {
  const lines = [
    `${countOf(added.length, 'finding')} more, ${removed.length} fewer, ${changed.length} of another severity; nothing was stored`,
    ...added.map((finding) => `+ ${finding.severity.padEnd(14)} ${lineOf(finding)}`),
    ...removed.map((finding) => `- ${finding.severity.padEnd(14)} ${lineOf(finding)}`),
    ...changed.map(
      ({ finding, before }) => `~ ${before} -> ${finding.severity}  ${lineOf(finding)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function lineOf({ id, title, agentId, taskId }: Finding): string {
  const subject = [agentId, taskId].filter((part) => part !== null).join(' / ');
  return printable(`${title}${subject === '' ? '' : `  (${subject})`}  ${id}`);
}
