import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Parameters } from '../../detect/detector.ts';
import { runDetector } from '../../detect/run.ts';
import { tagIntegrity } from '../../detect/tag-integrity/detector.ts';
import { withStore } from '../helpers/with-store.ts';
import { evidence } from './helpers/evidence.ts';

const LOGS = ['fixtures/detect/tag-integrity/one-day.ndjson'];

const CONFIG = readFileSync('fixtures/detect/tag-integrity/agenttrail.yaml', 'utf8');

const detect = (parameters: Parameters = {}, config = CONFIG) =>
  withStore({ logs: LOGS, config }, (store) => runDetector(store, tagIntegrity, parameters));

const common = {
  detector: 'tag-integrity',
  onBehalfOf: null,
  accountIds: ['111122223333'],
  regions: ['us-east-1'],
  baseline: null,
  techniques: ['T1078.004', 'T1098.001', 'T1036'],
  visibility: [],
};

test('forged children, unknown minters, shared tasks and look-alikes are found; planners and chains are silent', async () => {
  expect(await detect()).toEqual({
    findings: [
      {
        ...common,
        id: 'tag-integrity-0e221c5e3bbe',
        severity: 'high',
        confidence: 0.9,
        title: 'AWSReservedSSO_Admin_1 hands out sessions as deploy-bot, and is no known minter',
        explanation:
          'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_1 matches none of the declared minters, and issued sessions tagged as deploy-bot. 1 session, first issued at 2026-11-01T11:01:00Z.',
        agentId: 'deploy-bot',
        taskId: null,
        taskType: 'deploy-bot',
        accessKeyIds: ['ASIATAGSSESSION00009'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/deploy-bot'],
        firstSeen: '2026-11-01T11:01:00.000Z',
        lastSeen: '2026-11-01T11:01:00.000Z',
        evidence: evidence(['tags-0013'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00009'],
        },
      },
      {
        ...common,
        id: 'tag-integrity-73f3586d2873',
        severity: 'medium',
        confidence: 0.7,
        title: 'Task D-2 has sessions of several agents',
        explanation:
          'Agents cost-bot, deploy-bot have sessions of task D-2, and none of them issued the others’. 2 sessions, first issued at 2026-11-01T12:00:00Z.',
        agentId: null,
        taskId: 'D-2',
        taskType: 'cost-bot',
        accessKeyIds: ['ASIATAGSSESSION00010', 'ASIATAGSSESSION00011'],
        roleArns: [
          'arn:aws:iam::111122223333:role/agents/cost-bot',
          'arn:aws:iam::111122223333:role/agents/deploy-bot',
        ],
        firstSeen: '2026-11-01T12:00:00.000Z',
        lastSeen: '2026-11-01T12:10:00.000Z',
        evidence: evidence(['tags-0014', 'tags-0015'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00010', 'ASIATAGSSESSION00011'],
        },
      },
      {
        ...common,
        id: 'tag-integrity-82b443b83f59',
        severity: 'high',
        confidence: 0.9,
        title: 'triage (task A-2) gave itself a session as schema-bot',
        explanation:
          'A session of triage (task A-2) issued one as schema-bot (task S-9); it is no declared minter. 1 session, first issued at 2026-11-01T10:01:00Z.',
        agentId: 'schema-bot',
        taskId: 'S-9',
        taskType: 'schema-bot',
        accessKeyIds: ['ASIATAGSSESSION00008'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
        firstSeen: '2026-11-01T10:01:00.000Z',
        lastSeen: '2026-11-01T10:01:00.000Z',
        evidence: evidence(['tags-0010'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00008', 'ASIATAGSSESSION00007'],
        },
      },
      {
        ...common,
        id: 'tag-integrity-92d78e1f0d23',
        severity: 'high',
        confidence: 0.9,
        title: 'Agent schema-bоt looks like schema-bot',
        explanation:
          'schema-bоt differs from schema-bot, which was there before, only in case, spaces or letters that look alike: tags compare by value, people by look. 1 session, first issued at 2026-11-01T13:00:00Z.',
        agentId: 'schema-bоt',
        taskId: null,
        taskType: 'schema-bоt',
        accessKeyIds: ['ASIATAGSSESSION00012'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/schema-bot'],
        firstSeen: '2026-11-01T13:00:00.000Z',
        lastSeen: '2026-11-01T13:00:00.000Z',
        evidence: evidence(['tags-0016'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00012'],
        },
      },
      {
        ...common,
        id: 'tag-integrity-a369085281c1',
        severity: 'low',
        confidence: 0.5,
        title: 'Tag AgentID is set and empty',
        explanation:
          'Sessions of arn:aws:iam::111122223333:role/agents/cost-bot carry the tag AgentID without a value. 1 session, first issued at 2026-11-01T15:00:00Z.',
        agentId: null,
        taskId: null,
        taskType: null,
        accessKeyIds: ['ASIATAGSSESSION00014'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/cost-bot'],
        firstSeen: '2026-11-01T15:00:00.000Z',
        lastSeen: '2026-11-01T15:00:00.000Z',
        evidence: evidence(['tags-0018'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00014'],
        },
      },
      {
        ...common,
        id: 'tag-integrity-f0f916e89096',
        severity: 'medium',
        confidence: 0.7,
        title: 'A session of planner has two agents’ ids',
        explanation:
          'It inherited one id and added another under a second tag key: planner, schema-bot. 1 session, first issued at 2026-11-01T14:00:00Z.',
        agentId: 'planner',
        taskId: 'P-1',
        taskType: 'planner',
        accessKeyIds: ['ASIATAGSSESSION00013'],
        roleArns: ['arn:aws:iam::111122223333:role/agents/worker'],
        firstSeen: '2026-11-01T14:00:00.000Z',
        lastSeen: '2026-11-01T14:00:00.000Z',
        evidence: evidence(['tags-0017'], ['sts:AssumeRole']),
        response: {
          kind: 'session',
          targets: ['ASIATAGSSESSION00013'],
        },
      },
    ],
    state: {
      id: 'tag-integrity',
      status: 'ran',
      reason: null,
    },
  });
});

test('where tasks often have several agents, one more is only worth a note', async () => {
  const severity = async (parameters: Parameters) => {
    const { findings } = await detect(parameters);
    return findings.find(({ taskId }) => taskId === 'D-2')?.severity;
  };

  expect(await severity({ habitual_tasks: 1, habitual_share: 0.09 })).toBe('informational');
  expect(await severity({ habitual_tasks: 2, habitual_share: 0.09 })).toBe('medium');
  // One task of ten.
  expect(await severity({ habitual_tasks: 1, habitual_share: 0.1 })).toBe('medium');
});

test('without declared minters issuers are believed, and a stray child weighs less', async () => {
  const { findings, state } = await detect({}, '');

  expect(state.reason).toBe('no minters are configured: whoever hands out agent tags is believed');
  expect(findings.map(({ title, severity }) => `${severity}: ${title}`).sort()).toEqual([
    'high: Agent schema-b\u043et looks like schema-bot',
    'low: Tag AgentID is set and empty',
    'medium: A session of planner has two agents’ ids',
    'medium: Task D-2 has sessions of several agents',
    'medium: planner (task P-1) gave itself a session as worker',
    'medium: triage (task A-2) gave itself a session as schema-bot',
  ]);
});
