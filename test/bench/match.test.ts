import { expect, test } from 'vitest';
import { isRight, placer } from '../../bench/detection/match.ts';
import { alert, call, incident, task, truthOf } from './helpers.ts';

const CALLS = [
  call('read', 1, { action: 'rds:DescribeDBInstances' }),
  call('bad-1', 5),
  call('bad-2', 9),
];
const TWO = ['T-1', 'T-2'].map((taskId) => ({ agentId: 'schema-bot', taskId }));
const EXPORT = incident(CALLS, ['bad-1', 'bad-2']);

test('a bad call among the evidence makes an alert right, whoever it is about', () => {
  const verdicts = [
    alert({ by: 'anything', agentId: null, taskId: null, eventIds: ['read', 'bad-2'] }),
    alert({ eventIds: ['read'], actions: ['rds:DescribeDBInstances'] }),
    alert({ eventIds: [] }),
  ].map((one) => isRight(one, EXPORT));

  expect(verdicts).toEqual([true, false, false]);
});

test('without a bad call shown, the subject, the detector, an action and the time must all fit', () => {
  const fits = alert({ eventIds: ['later'], actions: ['rds:StartExportTask'] });
  const verdicts = {
    fits: isRight(fits, EXPORT),
    byKey: isRight({ ...fits, taskId: null, accessKeyIds: ['ASIASCHEMA1'] }, EXPORT),
    otherTask: isRight({ ...fits, taskId: 'T-2' }, EXPORT),
    secondTask: isRight({ ...fits, taskId: 'T-2' }, incident(CALLS, ['bad-1'], { tasks: TWO })),
    otherAgentsTask: isRight({ ...fits, agentId: 'deploy-bot' }, EXPORT),
    otherDetector: isRight({ ...fits, by: 'novel-place' }, EXPORT),
    otherAction: isRight({ ...fits, actions: ['s3:GetObject'] }, EXPORT),
    before: isRight({ ...fits, lastSeen: '2026-09-01T10:04:59Z' }, EXPORT),
    at: isRight({ ...fits, lastSeen: '2026-09-01T10:05:00Z' }, EXPORT),
    after: isRight({ ...fits, firstSeen: '2026-09-01T10:09:00.001Z' }, EXPORT),
  };

  expect(verdicts).toEqual({
    fits: true,
    byKey: true,
    otherTask: false,
    secondTask: true,
    otherAgentsTask: false,
    otherDetector: false,
    otherAction: false,
    before: false,
    at: true,
    after: false,
  });
});

test('an alert on a task as a whole is right when anything bad happened there', () => {
  const elsewhere = incident([call('forged', 5, { taskId: 'T-9' })], ['forged']);
  const whole = alert({ by: 'call-count', eventIds: null });

  expect([
    isRight(whole, EXPORT),
    isRight({ ...whole, taskId: 'T-9' }, elsewhere),
    isRight({ ...whole, taskId: 'T-9' }, EXPORT),
  ]).toEqual([true, true, false]);
});

test('an alert is placed by its task, else by its key, else elsewhere', () => {
  const placeOf = placer(truthOf([], [task('T-1', 'benign'), task('T-2', 'hard-benign')]));

  expect([
    placeOf(alert()),
    placeOf(alert({ taskId: 'T-2' })),
    placeOf(alert({ agentId: null, taskId: null, accessKeyIds: ['AKIA', 'ASIASCHEMA2'] })),
    placeOf(alert({ agentId: 'deploy-bot' })),
    placeOf(alert({ agentId: null, taskId: null })),
  ]).toEqual(['benign', 'hard-benign', 'hard-benign', 'elsewhere', 'elsewhere']);
});
