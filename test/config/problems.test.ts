import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { failureOf } from '../helpers/failure.ts';

const DETECTORS = [
  {
    id: 'novel-action',
    defaults: { minimumTasks: 10, names: ['a'], strict: true, label: 'text' },
  },
  { id: 'task-scope' },
];

const problemsOf = async (text: string): Promise<string[]> => {
  const { message } = await failureOf(() => parseConfig(text, 'a.yaml', DETECTORS));
  return message.split('\n').map((line) => line.replace(/^a\.yaml: ?/, ''));
};

const SIZE = 'is not a size in bytes, such as 2GiB, 500MB or 1048576';
const ARN = 'is not an ARN with wildcards, such as arn:aws:iam::*:role/agents/*';
const TAG_KEY =
  'is not a tag key: 1 to 128 letters, digits, spaces or _.:/=+-@, not starting "aws:"';

test.each([
  ['just text', '"just text" is not a mapping of keys to values'],
  ['[store]', '["store"] is not a mapping of keys to values'],
  ['stroe: a.duckdb', '"stroe" is not a known key; did you mean "store"?'],
  ['__proto__: 1', '"__proto__" is not a known key'],
  ['store: 5', 'store: 5 is not text: put it in quotes'],
  ['store: [a]', 'store: ["a"] is not text'],
  ['store: ""', 'store: "" is empty'],
  ['attribution: x', 'attribution: "x" is not a mapping of keys to values'],
  [
    'attribution: { tags: { agnet: [a] } }',
    'attribution.tags: "agnet" is not a known key; did you mean "agent"?',
  ],
  ['attribution: { tags: { agent: AgentID } }', 'attribution.tags.agent: "AgentID" is not a list'],
  [
    'attribution: { tags: { task: [TaskID, "aws:TaskID"] } }',
    `attribution.tags.task[1]: "aws:TaskID" ${TAG_KEY}`,
  ],
  [
    'attribution: { tags: { onBehalfOf: [7] } }',
    'attribution.tags.onBehalfOf[0]: 7 is not text: put it in quotes',
  ],
  [
    'attribution: { patterns: { from: session-name } }',
    'attribution.patterns: {"from":"session-name"} is not a list',
  ],
  [
    'attribution: { patterns: [{ from: sesion-name, pattern: "(?P<agent>a)" }] }',
    'attribution.patterns[0].from: "sesion-name" is not one of session-name, source-identity; did you mean "session-name"?',
  ],
  [
    'attribution: { patterns: [{ from: session-name }] }',
    'attribution.patterns[0].pattern: missing; expected text',
  ],
  [
    'attribution: { patterns: [{ from: session-name, pattern: "^agent" }] }',
    'attribution.patterns[0].pattern: "^agent" has no named group: (?P<agent>…), (?P<task>…) or both',
  ],
  [
    'attribution: { patterns: [{ from: session-name, pattern: "(?P<tsk>a)" }] }',
    'attribution.patterns[0].pattern: "(?P<tsk>a)" has a group "tsk", which is neither "agent" nor "task"; did you mean "task"?',
  ],
  [
    'attribution: { patterns: [{ from: session-name, pattern: "(?=a)(?P<task>a)" }] }',
    'attribution.patterns[0].pattern: "(?=a)(?P<task>a)" uses a lookahead, which RE2 does not have',
  ],
  [
    'attribution: { taskTypes: [{ pattern: "(", taskType: a }] }',
    'attribution.taskTypes[0].pattern: "(" is not a regular expression: unterminated group',
  ],
  [
    'attribution: { taskTypes: [{ pattern: "a" }] }',
    'attribution.taskTypes[0].taskType: missing; expected text',
  ],
  ['attribution: { minters: [Orchestrator] }', `attribution.minters[0]: "Orchestrator" ${ARN}`],
  ['attribution: { agentRoles: ["arn:a b"] }', `attribution.agentRoles[0]: "arn:a b" ${ARN}`],
  ['scopes: all', 'scopes: "all" is not a list'],
  ['scopes: [null]', 'scopes[0]: null is not a mapping of keys to values'],
  ['scopes: [{ agent: a }]', 'scopes[0]: {"agent":"a"} neither allows nor denies anything'],
  [
    'scopes: [{ agents: a, allow: [export] }]',
    'scopes[0]: "agents" is not a known key; did you mean "agent"?',
  ],
  [
    'scopes: [{ taskType: "a;b", allow: [export] }]',
    'scopes[0].taskType: "a;b" is not a tag value with wildcards (* and ?)',
  ],
  [
    'scopes: [{ allow: [exprot] }]',
    'scopes[0].allow[0]: "exprot" is not a capability or an action (service:EventName); did you mean "export"?',
  ],
  [
    'scopes: [{ deny: ["rds.amazonaws.com:StartExportTask"] }]',
    'scopes[0].deny[0]: "rds.amazonaws.com:StartExportTask" is not a capability or an action (service:EventName)',
  ],
  ['detectors: [a]', 'detectors: ["a"] is not a mapping of detector ids to settings'],
  [
    'detectors: { novel-acton: {} }',
    'detectors.novel-acton: no such detector; did you mean "novel-action"?',
  ],
  [
    'detectors: { novel-action: { enabled: yes } }',
    'detectors.novel-action.enabled: "yes" is not true or false',
  ],
  [
    'detectors: { novel-action: { minimumTask: 5 } }',
    'detectors.novel-action: "minimumTask" is not a known key; did you mean "minimumTasks"?',
  ],
  ['detectors: { task-scope: { depth: 1 } }', 'detectors.task-scope: "depth" is not a known key'],
  ['ingest: { maximumObjectBytes: 5 parsecs }', `ingest.maximumObjectBytes: "5 parsecs" ${SIZE}`],
  ['ingest: { maximumObjectBytes: 0 }', `ingest.maximumObjectBytes: 0 ${SIZE}`],
  ['ingest: { maximumObjectBytes: 1.5 }', `ingest.maximumObjectBytes: 1.5 ${SIZE}`],
  ['ingest: { maximumObjectBytes: 9e9TiB }', `ingest.maximumObjectBytes: "9e9TiB" ${SIZE}`],
  [
    'ingest: { maximumObjectByte: 1GiB }',
    'ingest: "maximumObjectByte" is not a known key; did you mean "maximumObjectBytes"?',
  ],
])('%s is told with its place, its value and what was expected', async (text, problem) => {
  expect(await problemsOf(text)).toEqual([problem]);
});

test('all problems are told at once', async () => {
  const text = `store: 5
scopes: [{ allow: [exprot] }]
detectors: { novel-action: { minimumTasks: "5", names: 5, strict: 1, label: [a] } }
`;

  expect(await problemsOf(text)).toEqual([
    'store: 5 is not text: put it in quotes',
    'scopes[0].allow[0]: "exprot" is not a capability or an action (service:EventName); did you mean "export"?',
    'detectors.novel-action.minimumTasks: "5" is not a number',
    'detectors.novel-action.names: 5 is not a list',
    'detectors.novel-action.strict: 1 is not true or false',
    'detectors.novel-action.label: ["a"] is not text',
  ]);
});

const YAML_HINT = 'YAML: spaces to indent, and quotes around text with : # * & or \\';

test.each([
  ['store: a\nscopes: b: c', 'a.yaml:2:9: Nested mappings are not allowed in compact mappings'],
  ['store: "open', 'a.yaml:1:13: Missing closing "quote'],
  ['store: a\nstore: b', 'a.yaml:2:1: Map keys must be unique'],
  ['\tstore: a', 'a.yaml:1:1: Tabs are not allowed as indentation'],
  ['store: a\n---\nstore: b', 'a.yaml:2:1: A second document begins here'],
])('%j is no YAML, and is told with line and column', async (text, message) => {
  expect(await failureOf(() => parseConfig(text, 'a.yaml'))).toEqual({ message, hint: YAML_HINT });
});

const BOMB = Array.from('bcdefgh', (name, index) => {
  const previous = `*${'abcdefg'[index]}`;
  return `${name}: &${name} [${Array(10).fill(previous).join(', ')}]`;
}).join('\n');

test.each([
  [
    'that unfold to a bomb',
    `a: &a [x]\n${BOMB}`,
    'Excessive alias count indicates a resource exhaustion attack',
  ],
  ['within their own anchor', 'a: &a { b: *a }', 'an alias stands for what holds it'],
  [
    'without an anchor',
    'store: *a',
    'Unresolved alias (the anchor must be set before the alias): a',
  ],
])('aliases %s are refused at once', async (_, text, problem) => {
  expect(await problemsOf(text)).toEqual([problem]);
});

test('hostile text in keys, values, detectors and the path cannot steer a terminal', async () => {
  const text = `"\\e[2Jkey": 1
store: ["\\e]0;title\\a\\u202e"]
detectors: { "\\e[31mid": {} }
`;
  const { message } = await failureOf(() => parseConfig(text, '\u001b[1m.yaml', DETECTORS));

  expect(message.split('\n')).toEqual([
    '\\x1b[1m.yaml: store: ["\\u001b]0;title\\u0007\\u202e"] is not text',
    '\\x1b[1m.yaml: "\\u001b[2Jkey" is not a known key',
    '\\x1b[1m.yaml: detectors.\\x1b[31mid: no such detector',
  ]);
});

test('a long value is cut', async () => {
  const [problem] = await problemsOf(`scopes: ${'x'.repeat(500)}`);

  expect(problem).toBe(`scopes: "${'x'.repeat(59)}… is not a list`);
});
