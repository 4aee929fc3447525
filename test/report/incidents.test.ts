import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEVERITIES } from '../../detect/finding.ts';
import { compareFindings, incidentsOf } from '../../report/incidents.ts';
import { findingOf } from './helpers/findings.ts';

const ROLE = 'arn:aws:iam::111122223333:role/Deploy';

test('the findings of one task are one incident, named after the gravest', () => {
  const incidents = incidentsOf([
    findingOf({ id: 'b', severity: 'low', lastSeen: '2026-11-01T12:00:00Z', onBehalfOf: 'alice' }),
    findingOf({ id: 'c', severity: 'high', confidence: 0.6 }),
    findingOf({ id: 'a', severity: 'high', title: 'Database exported', taskType: 'schema' }),
    findingOf({ id: 'd', severity: 'high', firstSeen: '2026-11-01T09:00:00Z' }),
  ]);

  expect(incidents).toEqual([
    {
      id: 'task/agent-1/task-1',
      severity: 'high',
      confidence: 0.8,
      title: 'Database exported (and 3 more)',
      agentId: 'agent-1',
      taskId: 'task-1',
      taskType: 'schema',
      onBehalfOf: 'alice',
      principal: null,
      firstSeen: '2026-11-01T09:00:00Z',
      lastSeen: '2026-11-01T12:00:00Z',
      findingIds: ['a', 'd', 'c', 'b'],
    },
  ]);
});

test('one task id under two agents is two incidents, and slashes in names make no third', () => {
  const ids = incidentsOf([
    findingOf({ agentId: 'a', taskId: 't' }),
    findingOf({ agentId: 'b', taskId: 't' }),
    findingOf({ agentId: 'a/b', taskId: 'c' }),
    findingOf({ agentId: 'a', taskId: 'b/c' }),
    findingOf({ agentId: 'a', taskId: 'b%2Fc' }),
  ]).map(({ id }) => id);

  expect(ids).toEqual(['task/a%2Fb/c', 'task/a/b%252Fc', 'task/a/b%2Fc', 'task/a/t', 'task/b/t']);
});

test('without a task, findings go together by role, else by key, else by account', () => {
  const known = { taskId: null, accountIds: ['111122223333'], accessKeyIds: ['AKIA1', 'AKIA2'] };
  const principals = incidentsOf([
    findingOf({ ...known, roleArns: [ROLE, 'other'], id: '1' }),
    findingOf({ ...known, roleArns: [ROLE], id: '2' }),
    findingOf({ ...known, id: '3' }),
    findingOf({ ...known, accessKeyIds: [], id: '4' }),
    findingOf({ taskId: null, id: '5' }),
  ]).map(({ principal, findingIds }) => [principal, findingIds]);

  expect(principals).toEqual([
    [null, ['5']],
    ['111122223333', ['4']],
    ['AKIA1', ['3']],
    [ROLE, ['1', '2']],
  ]);
});

test('incidents rank by severity, then confidence, then the latest, then id', () => {
  const late = '2026-11-01T11:00:00Z';
  const order = incidentsOf([
    findingOf({ taskId: 'low', severity: 'low', confidence: 1 }),
    findingOf({ taskId: 'sure', confidence: 0.9 }),
    findingOf({ taskId: 'early-b' }),
    findingOf({ taskId: 'early-a' }),
    findingOf({ taskId: 'late', lastSeen: late }),
    findingOf({ taskId: 'critical', severity: 'critical', confidence: 0.1 }),
  ]).map(({ taskId }) => taskId);

  expect(order).toEqual(['critical', 'sure', 'late', 'early-a', 'early-b', 'low']);
});

test('no order of the findings changes the incidents, and none is lost', () => {
  const finding = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    confidence: fc.constantFrom(0.1, 0.5, 0.9),
    agentId: fc.constantFrom(null, 'a', 'a/b'),
    taskId: fc.constantFrom(null, 't', 'b/t'),
    accessKeyIds: fc.constantFrom<string[]>([], ['AKIA1']),
    lastSeen: fc.constantFrom('2026-11-01T10:00:00Z', '2026-11-01T11:00:00Z'),
  });
  const shuffled = fc
    .array(finding, { maxLength: 12 })
    .map((list) => list.map((over, index) => findingOf({ ...over, id: `f${index}` })))
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );

  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const incidents = incidentsOf(list);
      expect(incidentsOf(other)).toEqual(incidents);
      expect(incidents.flatMap(({ findingIds }) => findingIds).sort()).toEqual(
        list.map(({ id }) => id).sort(),
      );
      expect(other.toSorted(compareFindings)).toEqual(list.toSorted(compareFindings));
    }),
    { seed: 7 },
  );
});
