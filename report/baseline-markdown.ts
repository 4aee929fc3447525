import type {
  Baseline,
  BaselineAction,
  BaselinePlace,
  BaselineProfile,
  BaselineTaskType,
} from './baseline.ts';
import {
  duration,
  historyOf,
  learningWords,
  neverDone,
  rangeOf,
  rate,
  shownOf,
} from './baseline-words.ts';
import { markdownTable } from './markdown-table.ts';
import { code, prose } from './markdown-text.ts';
import { count, countOf, percent } from './words.ts';

const ACTIONS_SHOWN = 15;
const PEER_ACTIONS_SHOWN = 8;
const PLACES_SHOWN = 6;

/** For a pull request or a wiki: everything out of a log is a code span. */
export function baselineMarkdown(baseline: Baseline): string {
  const { agentId, profile, taskTypes, setAside, seenTasks } = baseline;
  const learning = learningWords(baseline);
  const blocks = [
    `## What is normal for ${code(agentId)}`,
    `${prose(historyOf(profile))}.`,
    learning.length === 0 ? '' : `Still learning: ${prose(learning.join('; '))}.`,
    setAside.length === 0
      ? ''
      : `Set aside: ${count(setAside.length)} of ${countOf(seenTasks, 'task')}, for findings of medium or above.`,
    markdownTable(['task set aside', 'type', 'severity'], setAside, (task) => [
      code(task.taskId),
      code(task.taskType),
      task.severity,
    ]),
    neverLine(profile),
    placeLines(profile),
    markdownTable(
      ['task type', 'tasks', 'events', 'lasts', 'sessions', 'denied', 'new resources a task'],
      taskTypes,
      typeCells,
    ),
    taskTypes.length === 0
      ? 'No task is known: its calls name none.'
      : 'Medians; in brackets, where eight in ten tasks are.',
    ...taskTypes.flatMap(typeBlocks),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function neverLine(profile: BaselineProfile): string {
  const never = neverDone(profile);
  return profile.taskCount === 0 || never.length === 0 ? '' : `Never: ${never.join(', ')}.`;
}

function placeLines({ places, taskCount }: BaselineProfile): string {
  const all: [string, BaselinePlace[]][] = [
    ['regions', places.regions],
    ['accounts', places.accounts],
    ['networks', places.networks],
    ['services', places.services],
    ['clients', places.clients],
  ];
  return all
    .filter(([, items]) => items.length > 0)
    .map(([name, items]) => `- ${name}: ${shares(items, taskCount)}`)
    .join('\n');
}

function shares(items: readonly BaselinePlace[], tasks: number): string {
  const more = items.length - PLACES_SHOWN;
  const shown = items
    .slice(0, PLACES_SHOWN)
    .map(({ name, taskCount }) => `${code(name)} ${percent(taskCount, tasks)}`)
    .join(', ');
  return more > 0 ? `${shown} and ${count(more)} more` : shown;
}

function typeCells({ taskType, profile }: BaselineTaskType): string[] {
  return [
    code(taskType),
    count(profile.taskCount),
    rangeOf(profile.eventsPerTask),
    rangeOf(profile.secondsPerTask, duration),
    rangeOf(profile.sessionsPerTask),
    percent(profile.deniedCount, profile.callCount),
    rate(profile.newResourcesPerTask),
  ];
}

function typeBlocks({ taskType, profile, peers }: BaselineTaskType): string[] {
  const { taskCount } = profile;
  const own = shownOf(profile.actions, ACTIONS_SHOWN);
  const others = shownOf(peers.actions, PEER_ACTIONS_SHOWN);
  return [
    `### ${code(taskType)}`,
    `${prose(historyOf(profile))}.`,
    markdownTable(['action', 'capability', 'of tasks', 'calls', 'denied'], own.shown, (row) =>
      actionCells(row, taskCount),
    ),
    own.more > 0 ? `and ${countOf(own.more, 'rarer action')}, none sensitive` : '',
    neverLine(profile),
    markdownTable(['resources', 'most used', 'in all'], profile.resources, (row) => [
      row.capability,
      shares(row.top, taskCount),
      count(row.resourceCount),
    ]),
    markdownTable(['step', 'next', 'of tasks'], profile.steps, (step) => [
      code(step.fromAction),
      code(step.toAction),
      percent(step.taskCount, taskCount),
    ]),
    `Peers: ${countOf(peers.agentCount, 'other agent')}, ${countOf(peers.taskCount, 'task')} of this type.`,
    markdownTable(
      ['what peers add', 'capability', 'agents', 'of their tasks'],
      others.shown,
      (row) => [
        code(row.action),
        row.capability,
        count(row.agentCount),
        percent(row.taskCount, peers.taskCount),
      ],
    ),
    others.more > 0 ? `and ${count(others.more)} more, none sensitive` : '',
  ];
}

function actionCells(row: BaselineAction, tasks: number): string[] {
  return [
    code(row.action),
    row.capability,
    percent(row.taskCount, tasks),
    count(row.callCount),
    percent(row.deniedCount, row.callCount),
  ];
}
