import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assumeRole, call, session, user } from '../helpers/records.ts';
import { query, withRecords } from '../helpers/store.ts';

const BY = user('AKIAORCHESTRATOR');

const sessionsOf = (requestParameters: unknown) =>
  withRecords(
    [assumeRole({ by: BY, at: 0, key: 'ASIACHILD', with: { requestParameters } })],
    (store) => query(store, 'select agent_id, task_id from sessions'),
  );

test.each([
  ['a tag that is no list', { tags: { key: 'AgentID', value: 'x' } }],
  ['tags that are text', { tags: 'AgentID' }],
  ['principal tags that are a list', { principalTags: [{ key: 'AgentID', value: 'x' }] }],
  ['incoming tags that are a list', { incomingTransitiveTags: ['AgentID'] }],
  ['tags without keys or values', { tags: [5, null, 'a', [], { key: 'AgentID' }, { value: 'x' }] }],
  ['parameters that are text', 'AgentID'],
])('no tags come of %s', async (_, requestParameters) => {
  expect(await sessionsOf(requestParameters)).toEqual([{ agent_id: null, task_id: null }]);
});

test('of a tag that is stated several times one counts, whatever their order', async () => {
  const tags = ['b', 'a', 'c'].map((value) => ({ key: 'AgentID', value }));
  const found = [tags, tags.toReversed()].map((list) => sessionsOf({ tags: list }));

  const expected = [{ agent_id: 'a', task_id: null }];
  expect(await Promise.all(found)).toEqual([expected, expected]);
});

test('no shape of a record stops the attribution of the others', async () => {
  const fields = [
    'tags',
    'principalTags',
    'incomingTransitiveTags',
    'transitiveTagKeys',
    'roleArn',
  ];
  const request = fc.record(
    Object.fromEntries([...fields, 'roleSessionName'].map((field) => [field, fc.jsonValue()])),
  );
  const response = fc.record({
    assumedRoleUser: fc.jsonValue(),
    credentialSet: fc.jsonValue(),
    sourceIdentity: fc.jsonValue(),
  });
  const odd = fc.sample(fc.record({ request, response, context: fc.jsonValue() }), {
    seed: 20261101,
    numRuns: 300,
  });
  const records = odd.flatMap(({ request: requestParameters, response: rest, context }, at) => {
    const responseElements = { ...rest, credentials: { accessKeyId: `ASIA${at}` } };
    return [
      assumeRole({ by: BY, at, key: `ASIA${at}`, with: { requestParameters, responseElements } }),
      call('s3:ListBuckets', { by: session(`ASIA${at}`), at, with: { eventContext: context } }),
    ];
  });
  const rows = await withRecords(
    [...records, assumeRole({ by: BY, at: 1, key: 'ASIASOUND', tags: { AgentID: 'planner' } })],
    (store) =>
      query(
        store,
        `select count(*) as sessions, any_value(agent_id) filter (where access_key_id = 'ASIASOUND') as sound
        from sessions`,
      ),
  );

  expect(rows).toEqual([{ sessions: odd.length + 1, sound: 'planner' }]);
});
