import { expect, test } from 'vitest';
import { probabilityOf } from '../../detect/calibration.ts';
import type { Finding } from '../../detect/finding.ts';
import { fuse } from '../../detect/fuse.ts';
import type { TaskSpan } from '../../detect/history.ts';
import { finding } from './helpers/finding.ts';

const HOUR = 3_600_000;
const ALERTS = { falseDiscoveryRate: 0.1 };

/** Task `T-n` of the agent, an hour long, one after the other. */
function span(n: number, agentId = 'bot'): TaskSpan {
  return {
    agentId,
    taskId: `T-${n}`,
    taskType: 'update',
    startedAt: n * HOUR,
    endedAt: n * HOUR + HOUR - 1,
  };
}

const spans = (count: number): TaskSpan[] => Array.from({ length: count }, (_, n) => span(n));

function severities(findings: readonly Finding[]): string[] {
  return findings.map(({ severity }) => severity);
}

test('detectors add up, findings of one detector do not', () => {
  const { scores } = fuse(
    [
      finding({ confidence: 0.9 }),
      finding({ confidence: 0.5 }),
      finding({ detector: 'volume', confidence: 0.9 }),
    ],
    [span(0), span(1)],
    ALERTS,
  );

  expect(scores).toEqual([
    {
      agentId: 'bot',
      taskId: 'T-1',
      score: expect.closeTo(2),
      probability: probabilityOf(2),
      pValue: expect.closeTo((10 * (1 / 3)) / 11),
      baselineLevel: 'peers',
      baselineTasks: 1,
    },
  ]);
});

test('a p-value knows only tasks that ended before this one began', () => {
  const found = [1, 3, 5].map((n) => finding({ taskId: `T-${n}`, confidence: 0.9 }));
  const { scores } = fuse(found, spans(20), ALERTS);

  expect(scores.map(({ taskId, pValue }) => [taskId, pValue])).toEqual([
    ['T-1', expect.closeTo((0 + 10 / 3) / 11)],
    ['T-3', expect.closeTo((1 + (10 * 2) / 5) / 13)],
    ['T-5', expect.closeTo((2 + (10 * 3) / 7) / 15)],
  ]);
});

test('what stands on a baseline alone rises as far as the budget goes, the surest first', () => {
  const found = [0.99, 0.9, 0.6, 0.99].map((confidence, n) =>
    finding({ taskId: `T-${50 + 10 * n}`, confidence }),
  );

  expect(severities(fuse(found, spans(100), ALERTS).findings)).toEqual([
    'high',
    'high',
    'low',
    'high',
  ]);
  expect(severities(fuse(found, spans(100), { falseDiscoveryRate: 0.005 }).findings)).toEqual([
    'low',
    'low',
    'low',
    'low',
  ]);
});

test('low findings rise that are probable together, and within the budget alone', () => {
  const found = ['volume', 'failures', 'graph-shape'].map((detector) =>
    finding({ detector, severity: 'low', confidence: 0.9, taskId: 'T-50' }),
  );
  const alone = finding({ severity: 'low', confidence: 0.5, taskId: 'T-60' });
  const trifle = finding({ severity: 'informational', confidence: 0.9, taskId: 'T-50' });

  expect(severities(fuse([...found, trifle, alone], spans(100), ALERTS).findings)).toEqual([
    'medium',
    'medium',
    'medium',
    'informational',
    'low',
  ]);
  expect(severities(fuse(found, spans(100), { falseDiscoveryRate: 0.001 }).findings)).toEqual([
    'low',
    'low',
    'low',
  ]);
});

test('a broken scope needs no place in the budget, and lends one to the task', () => {
  const found = [
    finding({ detector: 'task-scope', baseline: null, confidence: 0.4 }),
    finding({ confidence: 0.3 }),
  ];

  expect(severities(fuse(found, spans(3), { falseDiscoveryRate: 0.01 }).findings)).toEqual([
    'high',
    'high',
  ]);
});

test('an agent that often scores as high is like that', () => {
  const found = Array.from({ length: 12 }, (_, n) =>
    finding({ taskId: `T-${10 + 2 * n}`, confidence: 0.99 }),
  );
  const { findings } = fuse(found, spans(40), ALERTS);

  expect(severities(findings).slice(0, 2)).toEqual(['high', 'high']);
  expect(severities(findings).at(-1)).toBe('low');
});

test('at most so many tasks a day', () => {
  const found = [1, 2, 3].map((n) => finding({ taskId: `T-${50 + n}`, confidence: 0.9 + n / 100 }));

  expect(severities(fuse(found, spans(100), { ...ALERTS, perDay: 2 }).findings)).toEqual([
    'low',
    'high',
    'high',
  ]);
});

test('findings below medium, and of no task, stay as they are', () => {
  const found = [
    finding({ severity: 'low', confidence: 0.01 }),
    finding({ agentId: null, taskId: null, confidence: 0.01 }),
  ];

  expect(fuse(found, spans(3), ALERTS).findings).toEqual(found);
});
