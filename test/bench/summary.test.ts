import { expect, test } from 'vitest';
import { familyResults, ownDetectors } from '../../bench/detection/families.ts';
import { judge } from '../../bench/detection/judge.ts';
import { detectorResults, methodResults } from '../../bench/detection/methods.ts';
import type { Finding } from '../../detect/finding.ts';
import { alert, call, incident, task, truthOf } from './helpers.ts';

// T-1 exports: task-scope sees it, novel-action sees something else in it, and call-count the whole task.
// T-2 is stolen: nothing sees it. T-3 is benign and has a false finding; T-4 is hard and has none.
const EXPORT = incident(
  [call('read', 1, { capability: 'read-metadata' }), call('bad-1', 5), call('bad-2', 9)],
  ['bad-1', 'bad-2'],
);
const THEFT = incident(
  [call('stolen', 5, { taskId: 'T-2', accessKeyId: 'ASIASCHEMA2' })],
  ['stolen'],
  {
    id: 'incident-02',
    kind: 'credential-theft',
    variant: 'same-client',
    taskId: 'T-2',
    tasks: [{ agentId: 'schema-bot', taskId: 'T-2' }],
    accessKeyIds: ['ASIASCHEMA2'],
    expectedDetectors: ['credential-theft', 'task-scope'],
  },
);
const TASKS = [
  task('T-1', 'incident'),
  task('T-2', 'incident'),
  task('T-3', 'benign'),
  task('T-4', 'hard-benign'),
];

function finding(id: string, detector: string, taskId: string, eventIds: string[]): Finding {
  return {
    id,
    detector,
    severity: 'high',
    confidence: 0.9,
    title: '',
    explanation: '',
    agentId: 'schema-bot',
    taskId,
    taskType: null,
    onBehalfOf: null,
    accessKeyIds: [],
    roleArns: [],
    accountIds: [],
    regions: [],
    firstSeen: '2026-09-01T10:00:00.000Z',
    lastSeen: '2026-09-01T10:30:00.000Z',
    evidence: { eventIds, actions: [], sql: '' },
    baseline: null,
    techniques: [],
    visibility: [],
    response: null,
  };
}

const FINDINGS = [
  finding('f1', 'task-scope', 'T-1', ['bad-1']),
  finding('f2', 'novel-action', 'T-1', ['read']),
  finding('f3', 'novel-action', 'T-3', ['x']),
  { ...finding('f4', 'credential-theft', 'T-2', ['stolen']), severity: 'low' as const },
];

function group(id: string, findingIds: string[]) {
  return {
    id,
    findingIds,
    severity: 'high' as const,
    confidence: 0.9,
    title: '',
    agentId: null,
    taskId: null,
    taskType: null,
    onBehalfOf: null,
    principal: null,
    firstSeen: '',
    lastSeen: '',
  };
}

const JUDGED = judge({
  truth: truthOf([EXPORT, THEFT], TASKS),
  incidents: [EXPORT, THEFT],
  report: {
    findings: FINDINGS,
    incidents: [group('T-1', ['f1', 'f2']), group('T-2', ['f4']), group('T-3', ['f3'])],
  },
  fused: [alert({ by: 'fused', taskId: 'T-2', eventIds: null, confidence: 0.7 })],
  callsNeeded: new Map([['incident-01', 2]]),
  rivals: new Map([['calls a task', [alert({ by: 'call-count', eventIds: null, score: 9 })]]]),
});

test('what is raised is judged by incident and place; what is low is kept, but finds nothing', () => {
  const { methods, fused, ...rest } = JUDGED;

  expect(rest).toEqual({
    seed: 5,
    tasks: { benign: 1, 'hard-benign': 1, incident: 2 },
    incidents: [
      {
        id: '5/incident-01',
        family: 'database-export',
        variant: 'schema-update',
        expectedDetectors: ['task-scope'],
        delay: { badCalls: 1, taskEvents: 0 },
        callsNeeded: 2,
        isGraveAtFirstExport: true,
      },
      {
        id: '5/incident-02',
        family: 'credential-theft',
        variant: 'same-client',
        expectedDetectors: ['credential-theft', 'task-scope'],
        delay: null,
        callsNeeded: null,
        isGraveAtFirstExport: false,
      },
    ],
    reported: { raised: 2, right: 1 },
    misses: ['5/incident-02 credential-theft (same-client), schema-bot, task T-2'],
    falseFindings: [
      '5 novel-action high on incident task T-1: ',
      '5 novel-action high on benign task T-3: ',
    ],
  });
  expect(
    methods.get('AgentTrail')?.map(({ by, place, incidents }) => [by, place, incidents]),
  ).toEqual([
    ['task-scope', 'incident', ['5/incident-01']],
    ['novel-action', 'incident', []],
    ['novel-action', 'benign', []],
    ['credential-theft', 'incident', ['5/incident-02']],
  ]);
  expect(fused.map(({ incidents }) => incidents)).toEqual([['5/incident-02']]);
});

test('recall is by family, with and without the detectors that are a family’s own', () => {
  const results = familyResults([JUDGED]).map((one) => ({
    family: one.family,
    found: one.found,
    recall: one.recall,
    recallWithoutOwn: one.recallWithoutOwn,
    ownDetectors: one.ownDetectors,
    detectors: one.detectors,
    rivals: one.rivals,
  }));

  expect(results).toEqual([
    {
      family: 'credential-theft',
      found: 0,
      recall: 0,
      recallWithoutOwn: 0,
      ownDetectors: 'credential-theft',
      detectors: '',
      rivals: { 'calls a task': 0 },
    },
    {
      family: 'database-export',
      found: 1,
      recall: 1,
      recallWithoutOwn: 1,
      ownDetectors: '',
      detectors: 'task-scope 1',
      rivals: { 'calls a task': 1 },
    },
  ]);
  expect(
    ownDetectors('a', [
      { family: 'a', expectedDetectors: ['x', 'y'] },
      { family: 'b', expectedDetectors: ['y', 'z'] },
    ]),
  ).toEqual(new Set(['x']));
});

test('false alerts are counted by place and a thousand tasks, precision by method and detector', () => {
  const [ours] = methodResults([JUDGED]);

  expect({ ...ours, curve: ours?.curve.length }).toEqual({
    name: 'AgentTrail',
    raised: 3,
    right: 1,
    precision: 1 / 3,
    found: 1,
    recall: 0.5,
    falseOn: { benign: 1, 'hard-benign': 0, incident: 1, elsewhere: 0 },
    falsePerThousand: 1_000,
    falsePerThousandBenign: 1_000,
    falsePerThousandHard: 0,
    recallAtPrecision95: 0,
    curve: 2,
  });
  expect(detectorResults([JUDGED])).toEqual([
    { detector: 'novel-action', raised: 2, right: 0, precision: 0, alone: 0 },
    { detector: 'task-scope', raised: 1, right: 1, precision: 1, alone: 1 },
  ]);
});
