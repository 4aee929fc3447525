import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { volume } from '../../detect/volume/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

// Ten reports that read two objects each. T-11 reads twelve times in an hour, T-12 twelve objects in a
// minute; T-13 is throttled twelve times, T-14 asks twelve times and is answered; T-15 deletes eight objects.
const LOGS = ['fixtures/detect/volume/report-tasks.ndjson'];
const SMALL = { minimum_calls: 10 };

const detect = (parameters: Parameters = {}) =>
  withStore({ logs: LOGS }, (store) => runDetector(store, volume, parameters));

/** Task, severity and title of each finding. */
async function verdicts(parameters: Parameters) {
  const { findings } = await detect(parameters);
  return findings.map(({ taskId, severity, title }) => `${taskId} ${severity} ${title}`).sort();
}

test('eight deletions in a minute, where no report ever deleted, are critical', async () => {
  const eventIds = [100, 101, 102, 103, 104, 105, 106, 107].map((number) => `volume-0${number}`);

  expect(await detect()).toEqual({
    findings: [
      {
        id: 'volume-78754033a283',
        detector: 'volume',
        severity: 'critical',
        confidence: 0.95,
        title: 'weekly-report of report-bot: 8 calls (destroy)',
        explanation:
          'task T-15 (weekly-report) of report-bot came to 8 calls of destroy (s3:DeleteObject): none of 14 earlier tasks of its type did any. Beyond the usual: calls, calls in a minute, calls in a row, resources. 8 calls, first at 2026-11-01T15:01:00Z.',
        agentId: 'report-bot',
        taskId: 'T-15',
        taskType: 'weekly-report',
        onBehalfOf: null,
        accessKeyIds: ['ASIAVOLUME0000001500'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/report-bot'],
        accountIds: ['111122223333'],
        regions: ['us-east-1'],
        firstSeen: '2026-11-01T15:01:00.000Z',
        lastSeen: '2026-11-01T15:01:07.000Z',
        evidence: evidence(eventIds, ['s3:DeleteObject']),
        baseline: { level: 'task-type', tasks: 14 },
        techniques: ['T1485'],
        visibility: [],
        response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/report-bot'] },
      },
    ],
    state: { id: 'volume', status: 'ran', reason: null },
  });
});

test('a bulk read and a loop are told from as many reads in an hour, and from throttling', async () => {
  expect(await verdicts(SMALL)).toEqual([
    'T-11 low weekly-report of report-bot: 12 calls (read-data)',
    'T-12 high weekly-report of report-bot: 12 calls in a minute (read-data)',
    'T-14 medium weekly-report of report-bot: 12 calls in a minute (read-metadata)',
    'T-15 critical weekly-report of report-bot: 8 calls (destroy)',
  ]);
});

test('only tasks that ended before are history, and what is not far beyond them is no news', async () => {
  expect(await verdicts({ ...SMALL, minimum_tasks: 15 })).toEqual([]);
  expect(await verdicts({ ...SMALL, ratio: 8 })).not.toContain(
    'T-11 low weekly-report of report-bot: 12 calls (read-data)',
  );
});

test('without tasks the detector says that it could not run', async () => {
  expect(await withStore({}, (store) => runDetector(store, volume))).toEqual({
    findings: [],
    state: {
      id: 'volume',
      status: 'not-available',
      reason: 'no task is known: no session has an agent and a task',
    },
  });
});
