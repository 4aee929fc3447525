import { expect, test } from 'vitest';
import {
  ACCOUNT,
  assumeRole,
  call,
  type LogRecord,
  roleArn,
  session,
  time,
  user,
} from '../helpers/records.ts';
import { query, withRuns } from '../helpers/store.ts';

const OWNER = '444455556666';
const TAGS = { AgentID: 'planner-7', TaskID: 'task-42' };
const CROSSING = { at: 10, key: 'ASIACHILD', account: OWNER, tags: TAGS };

const parent = assumeRole({ by: user('AKIA1'), at: 0, key: 'ASIAPARENT', role: 'Orchestrator' });
const callersCopy = assumeRole({
  ...CROSSING,
  by: session('ASIAPARENT', { role: 'Orchestrator' }),
  with: { eventID: 'caller', sharedEventID: 's-1' },
});
const ownersCopy = assumeRole({
  ...CROSSING,
  by: { type: 'AWSAccount', principalId: 'AROAORCHESTRATOR:run', accountId: ACCOUNT },
  with: { eventID: 'owner', sharedEventID: 's-1', recipientAccountId: OWNER },
});

const SEEN = `select
    (select list(event_id order by event_id) from events where shared_event_id = 's-1') as events,
    (select list(struct_pack(parent := parent_access_key_id, child := child_access_key_id,
        child_agent := child_agent_id, parent_account := parent_account_id, child_account := child_account_id))
        from delegations where child_access_key_id = 'ASIACHILD') as delegations,
    (select sum(records_read) = sum(events_stored) + sum(duplicates) from objects) as is_accounted`;

function seen(runs: readonly (readonly LogRecord[])[]): Promise<Record<string, unknown>[]> {
  return withRuns(runs, (store) => query(store, SEEN));
}

test.each([
  ['in one object', [[parent, callersCopy, ownersCopy]]],
  ['in one object, the owner’s first', [[ownersCopy, callersCopy, parent]]],
  ['the caller’s in the first run', [[callersCopy, parent], [ownersCopy]]],
  ['the owner’s in the first run', [[ownersCopy], [callersCopy], [parent]]],
])('two copies of a cross-account call are one event, the caller’s: %s', async (_, runs) => {
  expect(await seen(runs)).toEqual([
    {
      events: ['caller'],
      delegations: [
        {
          parent: 'ASIAPARENT',
          child: 'ASIACHILD',
          child_agent: 'planner-7',
          parent_account: ACCOUNT,
          child_account: OWNER,
        },
      ],
      is_accounted: true,
    },
  ]);
});

test('the owner’s copy alone is shown, and issues the session', async () => {
  const rows = await withRuns([[ownersCopy]], (store) =>
    query(
      store,
      `select events.event_id, events.account_id, sessions.agent_id, sessions.role_arn, sessions.issuer_arn
      from events, sessions`,
    ),
  );

  expect(rows).toEqual([
    {
      event_id: 'owner',
      account_id: OWNER,
      agent_id: 'planner-7',
      role_arn: roleArn('Worker', OWNER),
      issuer_arn: 'AROAORCHESTRATOR:run',
    },
  ]);
});

const by = session('ASIATASK42');
const original = call('rds:StartExportTask', { by, at: 60, with: { eventID: 'e-1' } });
const correction = (eventID: string, address: string): LogRecord =>
  call('rds:StartExportTask', {
    by,
    at: 60,
    with: {
      eventID,
      sourceIPAddress: address,
      addendum: {
        reason: 'UPDATED_DATA',
        updatedFields: 'sourceIPAddress',
        originalEventID: 'e-1',
      },
    },
  });
const first = correction('u-1', '198.51.100.1');
const last = correction('u-2', '198.51.100.2');

test.each([
  ['after it', [[original, first, last]]],
  ['before it', [[last, first, original]]],
  ['in later runs', [[original], [first], [last]]],
  ['in earlier runs', [[last], [first], [original]]],
])('a correction takes the place of its event when it comes %s', async (_, runs) => {
  const rows = await withRuns(runs, (store) =>
    query(store, 'select event_id, revision, source_ip, event_time from events'),
  );

  expect(rows).toEqual([
    { event_id: 'e-1', revision: 'u-2', source_ip: '198.51.100.2', event_time: time(60) },
  ]);
});

test('an addendum of another kind is an event of its own', async () => {
  const late = call('rds:StartExportTask', {
    by,
    at: 60,
    with: { eventID: 'e-2', addendum: { reason: 'DELIVERY_DELAY', originalEventID: 'e-1' } },
  });
  const rows = await withRuns([[original, late]], (store) =>
    query(store, 'select event_id from events order by event_id'),
  );

  expect(rows).toEqual([{ event_id: 'e-1' }, { event_id: 'e-2' }]);
});
