import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { refreshGraph } from '../../graph/refresh.ts';
import { call, user } from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

const CONFIG = `attribution:
  tags: { agent: [Bot], task: [], taskType: [], onBehalfOf: [] }
  patterns:
    - { from: session-name, pattern: '^(?P<agent>\\w+)/(?<task>\\d+)' }
  taskTypes:
    - { pattern: '^schema-', taskType: schema-update }
  minters: ['arn:aws:iam::*:role/Orchestrator']
  agentRoles: ['arn:aws:iam::*:role/agents/*']
scopes:
  - { taskType: 'schema-*', allow: [write-config, 'rds:Modify*'], deny: ['*:Delete*'] }
  - { agent: planner, deny: [export] }
`;

const SETTINGS = [
  'select identity_role, position, tag_key from attribution_tag_keys order by all',
  'select position, origin, agent_pattern, task_pattern from attribution_patterns order by all',
  'select position, pattern, task_type from task_type_patterns order by all',
  'select use, pattern from principal_patterns order by all',
  'select scope_id, task_type, agent, effect, capability, action from scope_entries order by all',
];

test('queries find the configuration in the store, and the next one in its place', async () => {
  const settings = await withRecords(
    [],
    async (store) => {
      const read = async () => {
        const tables: unknown[][][] = [];
        for (const text of SETTINGS) tables.push((await query(store, text)).map(Object.values));
        return tables;
      };
      const first = await read();
      await refreshGraph(store, parseConfig('', 'agenttrail.yaml'));
      return { first, next: await read() };
    },
    CONFIG,
  );

  expect(settings).toEqual({
    first: [
      [['agent', 0, 'bot']],
      [[1, 'session-name', '^(\\w+)/(?:\\d+)', '^(?:\\w+)/(\\d+)']],
      [[0, '^schema-', 'schema-update']],
      [
        ['agent-role', 'arn:aws:iam::*:role/agents/*'],
        ['minter', 'arn:aws:iam::*:role/Orchestrator'],
      ],
      [
        [0, 'schema-*', '*', 'allow', 'write-config', null],
        [0, 'schema-*', '*', 'allow', null, 'rds:modify*'],
        [0, 'schema-*', '*', 'deny', null, '*:delete*'],
        [1, '*', 'planner', 'deny', 'export', null],
      ],
    ],
    next: [
      [
        ...['agentid', 'agentname', 'agent_id'].map((key, position) => ['agent', position, key]),
        ...['onbehalfof', 'userid', 'user_id'].map((key, position) => [
          'onBehalfOf',
          position,
          key,
        ]),
        ...['taskid', 'task_id'].map((key, position) => ['task', position, key]),
        ['taskType', 0, 'tasktype'],
      ],
      [],
      [],
      [],
      [],
    ],
  });
});

test('every action has a capability, those that no table knows by rule', async () => {
  const by = user('AKIA1');
  const rows = await withRecords(
    [
      call('rds:StartExportTask', { by, at: 1 }),
      call('futureservice:ListThings', { by, at: 2, with: { readOnly: true } }),
      call('futureservice:Frobnicate', { by, at: 4, with: { readOnly: 'neither' } }),
    ],
    (store) =>
      query(
        store,
        `select action, capability, capabilities.origin
        from events
        inner join capabilities using (action, capability)
        order by action`,
      ),
  );

  expect(rows).toEqual([
    { action: 'futureservice:Frobnicate', capability: 'write-config', origin: 'rule' },
    { action: 'futureservice:ListThings', capability: 'read-metadata', origin: 'rule' },
    { action: 'rds:StartExportTask', capability: 'export', origin: 'table' },
  ]);
});
