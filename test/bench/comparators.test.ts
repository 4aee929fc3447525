import { expect, test } from 'vitest';
import { COMPARATORS } from '../../bench/comparators/registry.ts';
import { withStore } from '../helpers/with-store.ts';

// Seventeen tasks within a day: T-11 exports, and so do T-13 to T-15; T-16 deletes; T-10 and T-17 make a key.
const LOGS = ['fixtures/detect/novel-action/schema-tasks.ndjson'];

function alertsOf(name: string) {
  return withStore({ logs: LOGS }, async (store) => {
    const comparator = COMPARATORS.find((one) => one.name === name);
    return (await comparator?.alerts(store)) ?? [];
  });
}

test('first use finds each action of a role once, and raises none within the first week', async () => {
  const alerts = await alertsOf('first use');
  const exports = alerts.filter(({ actions }) => actions.includes('rds:StartExportTask'));

  expect(exports.map(({ taskId, eventIds }) => [taskId, eventIds])).toEqual([
    ['T-11', ['novel-0036']],
  ]);
  expect(alerts.filter(({ isRaised }) => isRaised)).toEqual([]);
});

test('sensitive names are raised once a task and name, from the middle grade on', async () => {
  const alerts = await alertsOf('sensitive API names');
  const raised = alerts.filter(({ isRaised }) => isRaised);

  expect(raised.map(({ taskId, actions, score }) => `${taskId} ${actions} ${score}`)).toEqual([
    'T-10 iam:CreateAccessKey 47',
    'T-11 rds:StartExportTask 47',
    'T-13 rds:StartExportTask 47',
    'T-14 rds:StartExportTask 47',
    'T-15 rds:StartExportTask 47',
    'T-16 rds:DeleteDBInstance 47',
    'T-17 iam:CreateAccessKey 47',
  ]);
});

test('calls and forest judge every task as a whole, by a finite score', async () => {
  const [calls, forest] = [await alertsOf('calls a task'), await alertsOf('isolation forest')];

  expect(calls.map(({ taskId }) => taskId)).toEqual(forest.map(({ taskId }) => taskId));
  expect([...calls, ...forest].filter(({ eventIds }) => eventIds !== null)).toEqual([]);
  expect([...calls, ...forest].filter(({ score }) => !Number.isFinite(score))).toEqual([]);
  expect(calls).toHaveLength(17);
});
