import { isSensitive } from '../store/capabilities/classes.ts';
import { printable } from '../store/printable.ts';
import type {
  Baseline,
  BaselinePeers,
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
  shareOf,
  shownOf,
} from './baseline-words.ts';
import { labelled, sections, type TextOptions } from './block.ts';
import { numberColumn, textColumn, wholeColumn } from './columns.ts';
import { grid } from './grid.ts';
import { cut } from './layout.ts';
import { painter } from './paint.ts';
import { countOf, listed, percent } from './words.ts';

const ACTIONS_SHOWN = 8;
const PEER_ACTIONS_SHOWN = 4;
const PLACES_SHOWN = 4;
const TASKS_SHOWN = 3;

/** Beside a label; nothing where there is no text. */
type Line = (label: string, value: string, maxLines?: number) => string[];

/** A baseline for a terminal: the agent as a whole, its task types side by side, then each of them. */
export function baselineTable(baseline: Baseline, { width, colour }: TextOptions): string {
  const { agentId, profile, taskTypes } = baseline;
  const paint = painter(colour);
  const heading = (text: string) => paint('heading', cut(printable(text), width));
  const line: Line = (label, value, maxLines = 3) =>
    labelled(paint, label, printable(value), { width, maxLines });
  return sections(
    [
      heading(`What is normal for ${agentId}: ${historyOf(profile)}`),
      ...agentLines(baseline, line),
    ],
    taskTypes.length === 0
      ? ['No task is known: its calls name none']
      : [heading('A task: median (8 in 10)'), ...typesGrid(taskTypes, width)],
    ...taskTypes.map((type) => [
      heading(`${type.taskType}: ${historyOf(type.profile)}`),
      ...actionsGrid(type.profile, width),
      ...typeLines(type, line),
    ]),
  );
}

function agentLines(baseline: Baseline, line: Line): string[] {
  const { setAside, seenTasks, profile } = baseline;
  const { places, taskCount } = profile;
  const tasks = setAside.map(({ taskId, severity }) => `${taskId} (${severity})`);
  const placesLine = (label: string, items: readonly BaselinePlace[]) =>
    line(label, placesText(items, taskCount), 2);
  const learning = learningWords(baseline);
  return [
    ...line(
      'set aside',
      tasks.length === 0
        ? ''
        : `${tasks.length} of ${countOf(seenTasks, 'task')}, for findings of medium or above: ${listed(tasks, TASKS_SHOWN)}`,
    ),
    ...line(
      'learning',
      learning.length === 0 ? 'no detector: all have enough tasks' : learning.join('; '),
    ),
    ...sensitiveLines(profile, line),
    ...placesLine('regions', places.regions),
    ...placesLine('accounts', places.accounts),
    ...placesLine('networks', places.networks),
    ...placesLine('services', places.services),
    ...placesLine('clients', places.clients),
  ];
}

/** What counts most: the sensitive things it does, and those it has never done. */
function sensitiveLines(profile: BaselineProfile, line: Line): string[] {
  if (profile.taskCount === 0) return [];
  const done = profile.actions
    .filter(({ capability }) => isSensitive(capability))
    .map(
      (action) => `${action.action} (${action.capability}, ${shareOf(action, profile.taskCount)})`,
    );
  return [
    ...line('sensitive', done.length === 0 ? 'none' : done.join(', '), 6),
    ...line('never', neverDone(profile).join(', ')),
  ];
}

function placesText(items: readonly BaselinePlace[], tasks: number): string {
  const words = items.map(({ name, taskCount }) => `${name} ${percent(taskCount, tasks)}`);
  return listed(words, PLACES_SHOWN);
}

function typesGrid(types: readonly BaselineTaskType[], width: number): string[] {
  const of = (word: (profile: BaselineProfile) => string) => (type: BaselineTaskType) =>
    word(type.profile);
  return indented(
    grid(
      [
        textColumn('task type', types, ({ taskType }) => taskType),
        numberColumn('tasks', types, ({ profile }) => profile.taskCount),
        wholeColumn(
          'events',
          types,
          of(({ eventsPerTask }) => rangeOf(eventsPerTask)),
        ),
        wholeColumn(
          'lasts',
          types,
          of(({ secondsPerTask }) => rangeOf(secondsPerTask, duration)),
        ),
        wholeColumn(
          'sessions',
          types,
          of(({ sessionsPerTask }) => rangeOf(sessionsPerTask)),
        ),
        numberColumn(
          'denied',
          types,
          of((all) => percent(all.deniedCount, all.callCount)),
        ),
        numberColumn(
          'new resources',
          types,
          of((all) => rate(all.newResourcesPerTask)),
        ),
      ],
      width - 2,
    ),
  );
}

function actionsGrid(profile: BaselineProfile, width: number): string[] {
  const { shown, more } = shownOf(profile.actions, ACTIONS_SHOWN);
  if (shown.length === 0) return [];
  const columns = [
    textColumn('action', shown, ({ action }) => action),
    wholeColumn('capability', shown, ({ capability }) =>
      isSensitive(capability) ? `${capability} !` : capability,
    ),
    numberColumn('of tasks', shown, ({ taskCount }) => percent(taskCount, profile.taskCount)),
    numberColumn('calls', shown, ({ callCount }) => callCount),
    numberColumn('denied', shown, (all) => percent(all.deniedCount, all.callCount)),
  ];
  return indented([
    ...grid(columns, width - 2),
    ...(more > 0 ? [`and ${countOf(more, 'rarer action')}, none sensitive`] : []),
  ]);
}

function typeLines({ profile, peers }: BaselineTaskType, line: Line): string[] {
  const { taskCount, steps, resources } = profile;
  return [
    ...line('never', taskCount === 0 ? '' : neverDone(profile).join(', ')),
    ...resources.flatMap(({ capability, resourceCount, top }, index) =>
      line(
        index === 0 ? 'resources' : '',
        `${capability}, ${resourceCount}: ${placesText(top.map(shorter), taskCount)}${resourceCount > top.length ? ', …' : ''}`,
        2,
      ),
    ),
    ...steps.flatMap((step, index) =>
      line(
        index === 0 ? 'steps' : '',
        `${step.fromAction} → ${step.toAction} ${percent(step.taskCount, taskCount)}`,
        2,
      ),
    ),
    ...line('peers', peersText(peers, taskCount), 5),
  ];
}

function peersText({ agentCount, taskCount, actions }: BaselinePeers, ownTasks: number): string {
  if (agentCount === 0) return 'no other agent has such tasks';
  const { shown, more } = shownOf(actions, PEER_ACTIONS_SHOWN);
  const words = shown.map(
    ({ action, capability, taskCount: tasks }) =>
      `${action} (${capability}, ${percent(tasks, taskCount)})`,
  );
  const rest = more > 0 ? ` and ${countOf(more, 'more', 'more')}` : '';
  const known = `${countOf(agentCount, 'other agent')}, ${countOf(taskCount, 'task')}`;
  return words.length === 0
    ? `${known}; they call nothing that it does not`
    : `${known}; they ${ownTasks === 0 ? '' : 'also '}call ${words.join(', ')}${rest}`;
}

/** What all ARNs have in common says nothing. */
function shorter({ name, taskCount }: BaselinePlace): BaselinePlace {
  return { name: name.replace(/^arn:[^:]*:/, ''), taskCount };
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
