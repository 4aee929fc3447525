import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRAPH_FORMATS, renderGraph } from '../../report/index.ts';
import type { TaskGraph } from '../../report/task-graph.ts';
import { UNPRINTABLE } from '../../store/printable.ts';
import { actionOf, sampleGraph, sessionOf } from './helpers/sample-graph.ts';

const EXTENSIONS = { json: 'json.txt', mermaid: 'mmd' } as const;

const BARE: TaskGraph = {
  agentId: null,
  taskId: 't',
  taskType: null,
  onBehalfOf: null,
  startedAt: '2026-11-01T02:00:00Z',
  endedAt: '2026-11-01T02:00:00Z',
  sessions: [],
  actions: [],
  edges: [],
  resources: [],
  findings: [],
};

function mermaid(over: Partial<TaskGraph>): string[] {
  return renderGraph({ ...BARE, ...over }, 'mermaid')
    .trimEnd()
    .split('\n');
}

test.each(GRAPH_FORMATS)('a graph as %s reads as the golden file does', async (format) => {
  const text = renderGraph(sampleGraph, format);

  expect(text.replaceAll('\n', '')).not.toMatch(new RegExp(UNPRINTABLE.source, 'u'));
  await expect(text).toMatchFileSnapshot(`golden/graph.${EXTENSIONS[format]}`);
});

test('JSON keeps every value', () => {
  expect(JSON.parse(renderGraph(sampleGraph, 'json'))).toEqual(sampleGraph);
});

test('a task of which nothing is known is still a drawing', () => {
  expect(mermaid({}).slice(0, 3)).toEqual([
    'flowchart LR',
    'agent["no agent known<br/>task t"]',
    'classDef sensitive fill:#fff3cd,stroke:#b58105,color:#000',
  ]);
});

test('sixty actions are drawn one by one, and one more draws them by service and capability', () => {
  const actions = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      actionOf({
        action: `${index % 2 ? 's3' : 'rds'}:Do${index}`,
        capability: index % 2 ? 'export' : 'read-metadata',
        eventCount: 2,
      }),
    );
  const nodes = (count: number) =>
    mermaid({ actions: actions(count) }).filter((line) => /^ {2}a\d+\[/.test(line));

  expect(nodes(60)).toHaveLength(60);
  expect(nodes(61)).toEqual([
    '  a0["rds: read-metadata<br/>31 actions<br/>62 calls"]',
    '  a1["s3: export<br/>30 actions<br/>60 calls"]',
  ]);
});

test('500 actions of 100 services are drawn by capability, and what a finding names stays alone', () => {
  const actions = Array.from({ length: 500 }, (_, index) =>
    actionOf({ action: `svc${index % 100}:Do${index}`, eventCount: 1 }),
  );
  const edges = actions.map(({ action }) => ({
    fromAction: action,
    toAction: 'svc7:Do7',
    transitionCount: 2,
  }));
  const findings = [
    { id: 'f', severity: 'high' as const, title: 'Seven', actions: ['svc7:Do7', 'elsewhere:Do'] },
  ];

  expect(mermaid({ actions, edges, findings })).toEqual([
    'flowchart LR',
    'agent["no agent known<br/>task t"]',
    'subgraph actions["500 calls of 500 actions"]',
    '  a0["read-metadata<br/>499 actions<br/>499 calls"]',
    '  a1["svc7:Do7<br/>read-metadata<br/>1 call"]',
    '  a0 -->|998| a1',
    'end',
    'agent --> actions',
    'f0(["HIGH<br/>Seven"])',
    'f0 -.-> a1',
    'classDef sensitive fill:#fff3cd,stroke:#b58105,color:#000',
    'classDef finding fill:#f8d7da,stroke:#b02a37,stroke-width:3px,color:#000',
    'class a1 finding',
  ]);
});

test('more than eighty transitions: the rarer are counted, not drawn', () => {
  const names = Array.from({ length: 10 }, (_, index) => `s3:Do${index}`);
  const edges = names.flatMap((fromAction, from) =>
    names.map((toAction, to) => ({ fromAction, toAction, transitionCount: from * 10 + to })),
  );
  const lines = mermaid({ actions: names.map((action) => actionOf({ action })), edges });

  expect(lines.filter((line) => line.includes('-->|'))).toHaveLength(80);
  expect(lines).toContain(
    'subgraph actions["120 calls of 10 actions<br/>10 rarer transitions not drawn"]',
  );
  expect(lines).not.toContain('  a0 -->|1| a1');
});

test('more than twenty sessions are drawn by role, chained as they were', () => {
  const sessions = Array.from({ length: 21 }, (_, index) =>
    sessionOf({
      accessKeyId: `ASIA${index}`,
      parentAccessKeyId: index === 0 ? null : 'ASIA0',
      roleArn: index === 0 ? null : 'arn:aws:iam::111122223333:role/x/Worker',
      errorCount: 1,
    }),
  );

  expect(mermaid({ sessions }).slice(2, 7)).toEqual([
    'subgraph sessions["21 sessions"]',
    '  s0["unknown role<br/>2 calls, 1 failed"]',
    '  s1["Worker<br/>20 sessions<br/>40 calls, 20 failed"]',
    '  s0 --> s1',
    'end',
  ]);
});

const LABEL = '"(?:[\\p{L}\\p{M}\\p{Nd} :/,().-]|#\\d+;|<br/>)*"';
const LINE = new RegExp(
  [
    'flowchart LR',
    'end',
    `agent\\[${LABEL}\\]`,
    `subgraph (?:sessions|actions)\\[${LABEL}\\]`,
    ` {2}[sa]\\d+\\[${LABEL}\\]`,
    `f\\d+\\(\\[${LABEL}\\]\\)`,
    '(?: {2}s\\d+|agent|sessions) --> (?:s\\d+|actions)',
    ' {2}a\\d+ -->\\|\\d+\\| a\\d+',
    'f\\d+ -.-> a\\d+',
    'classDef (?:sensitive|finding) [a-z0-9#:,-]+',
    'class a\\d+(?:,a\\d+)* (?:sensitive|finding)',
  ]
    .map((form) => `^(?:${form})$`)
    .join('|'),
  'u',
);

test('whatever the log holds, each line is one of eleven forms and no text is syntax', () => {
  const hostile = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'"`<>|@#[](){}*_~:/\\-=.&;%\' \n\r\t01a'),
      fc.constantFrom('end', 'click ', '-->', '"]', '%%', '<br/>', 'style:', '#quot;', '@{', ':::'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
    maxLength: 20,
  });
  const graphs = fc
    .tuple(fc.array(hostile, { minLength: 8, maxLength: 8 }), fc.boolean())
    .map(
      ([
        [agentId = '', taskId = '', taskType = '', onBehalfOf = '', a = '', b = '', c = '', d = ''],
        isKnown,
      ]) => ({
        ...BARE,
        agentId: isKnown ? agentId : null,
        taskId,
        taskType,
        onBehalfOf,
        sessions: [sessionOf({ accessKeyId: c, roleArn: d, roleSessionName: a })],
        actions: [actionOf({ action: a }), actionOf({ action: b, capability: 'share' })],
        edges: [{ fromAction: a, toAction: b, transitionCount: 1 }],
        findings: [{ id: c, severity: 'low' as const, title: d, actions: [a] }],
      }),
    );

  fc.assert(
    fc.property(graphs, (graph) => {
      const lines = renderGraph(graph, 'mermaid').trimEnd().split('\n');
      expect(lines.filter((line) => !LINE.test(line))).toEqual([]);
      // What Mermaid would read in a label: a style's last `;`, a list, a link.
      expect(lines.join('\n')).not.toMatch(/"(?:- |\d+[.)])|\/\/|style:|www\./);
    }),
    { seed: 5, numRuns: 500 },
  );
});
