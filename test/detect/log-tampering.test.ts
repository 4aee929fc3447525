import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { logTampering } from '../../detect/log-tampering/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const FOLDER = 'fixtures/detect/log-tampering';

const detect = async (file: string, parameters: Parameters = {}) => {
  const config = await readFile(`${FOLDER}/agenttrail.yaml`, 'utf8');
  const { findings } = await withStore({ logs: [`${FOLDER}/${file}`], config }, (store) =>
    runDetector(store, logTampering, parameters),
  );
  return findings;
};

test('an agent that narrows and stops the trail is found, by the calls that did it', async () => {
  const findings = await detect('one-day.ndjson');
  expect(findings.filter(({ taskId }) => taskId === 'S-1')).toEqual([
    {
      id: 'log-tampering-896b046fe345',
      detector: 'log-tampering',
      severity: 'critical',
      confidence: 0.95,
      title: 'schema-bot stopped the trail',
      explanation:
        'task S-1 (schema-bot) of schema-bot called cloudtrail:PutEventSelectors, cloudtrail:StopLogging, guardduty:UpdateDetector, and so stopped the trail, switched threat detection off and narrowed the trail. 3 calls, first at 2026-11-01T09:02:00Z.',
      agentId: 'schema-bot',
      taskId: 'S-1',
      taskType: 'schema-bot',
      onBehalfOf: null,
      accessKeyIds: ['ASIATAMPERTASK000001'],
      roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
      accountIds: ['111122223333'],
      regions: ['us-east-1'],
      firstSeen: '2026-11-01T09:02:00.000Z',
      lastSeen: '2026-11-01T09:04:00.000Z',
      evidence: evidence(
        ['tamper-0004', 'tamper-0005', 'tamper-0006'],
        ['cloudtrail:PutEventSelectors', 'cloudtrail:StopLogging', 'guardduty:UpdateDetector'],
      ),
      baseline: null,
      techniques: ['T1562.008', 'T1562.001'],
      visibility: [],
      response: { kind: 'task', targets: ['arn:aws:iam::111122223333:role/agents/schema-bot'] },
    },
  ]);
});

test('attempts, allowed work and sessions without tags weigh as much as they did; switching on weighs nothing', async () => {
  const findings = await detect('one-day.ndjson');
  const told = findings.map(
    ({ taskId, severity, confidence, title, response }) =>
      `${taskId}: ${severity} ${confidence}, ${title}; ${response?.kind}`,
  );
  expect(told.sort()).toEqual([
    'D-2: medium 0.5, deploy-bot tried what would have stopped the trail; task',
    'D-3: medium 0.6, deploy-bot erased a log; task',
    'J-1: informational 0.1, log-janitor erased a log; task',
    'S-1: critical 0.95, schema-bot stopped the trail; task',
    'null: high 0.95, deploy-bot removed network logs; session',
    'null: high 0.95, grace erased an audit log; access-key',
  ]);
});

test('the request tells off from on', async () => {
  const findings = await detect('switches.ndjson');
  const told = findings.map(({ taskId, severity, title }) => [taskId, `${severity}: ${title}`]);
  expect(Object.fromEntries(told)).toEqual({
    'advanced-data': 'high: switcher narrowed the trail',
    'advanced-writes': 'high: switcher narrowed the trail',
    'bucket-logging-off': 'medium: switcher cut a log off from its reader',
    'feature-off': 'medium: switcher muted detections',
    'lake-unprotected': 'high: switcher narrowed the trail',
    'log-file': 'high: switcher erased an audit log',
    'no-digest': 'high: switcher narrowed the trail',
    'no-insights': 'high: switcher narrowed the trail',
    'no-management': 'high: switcher narrowed the trail',
    'no-selector': 'critical: switcher stopped the trail',
    'one-region': 'high: switcher narrowed the trail',
    'other-bucket': 'high: switcher sent the trail to another bucket',
    'read-half': 'high: switcher narrowed the trail',
    'retention-of-audit': 'high: switcher erased an audit log',
    alarm: 'low: switcher switched an alarm off',
    archiving: 'medium: switcher muted detections',
    denied: 'informational: switcher tried what would have changed what is logged or detected',
    detector: 'high: switcher switched threat detection off',
    lake: 'critical: switcher stopped the trail',
    recorder: 'high: switcher stopped the configuration recorder',
    retention: 'medium: switcher erased a log',
  });
});

test('retention is short up to a day, unless the configuration says more', async () => {
  const kept = async (days: number) => {
    const findings = await detect('switches.ndjson', { short_retention_days: days });
    return findings
      .flatMap(({ taskId }) => (taskId?.startsWith('retention') ? [taskId] : []))
      .sort();
  };
  expect(await kept(0)).toEqual([]);
  expect(await kept(2)).toEqual(['retention', 'retention-of-audit']);
  expect(await kept(3)).toEqual(['retention', 'retention-3', 'retention-of-audit']);
});
