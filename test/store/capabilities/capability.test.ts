import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { API_DATE, actionOf, capabilityOf } from '../../../store/capabilities/capability.ts';
import { CAPABILITIES } from '../../../store/capabilities/classes.ts';

const EVENT_NAMES = [
  'UpdateFunctionCode20150331v2',
  'CreateFunction20150331',
  'CreateDistribution2020_05_31',
  'GetObject',
  'CreateDBSnapshot',
  'SelectTop2015',
  'CreateVpn20150331Connection',
  '20150331',
  '',
  'two\nlines20150331',
];

test('an action is the service and the event name without its API date', () => {
  expect(EVENT_NAMES.map((name) => actionOf('lambda.amazonaws.com', name))).toEqual([
    'lambda:UpdateFunctionCode',
    'lambda:CreateFunction',
    'lambda:CreateDistribution',
    'lambda:GetObject',
    'lambda:CreateDBSnapshot',
    'lambda:SelectTop2015',
    'lambda:CreateVpn20150331Connection',
    'lambda:',
    'lambda:',
    'lambda:two\nlines',
  ]);
  expect(actionOf('monitoring.amazonaws.com', 'PutMetricData')).toBe('monitoring:PutMetricData');
  expect(actionOf('example.com', 'Ping')).toBe('example.com:Ping');
});

test('DuckDB strips the same API date', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const names = [
    ...EVENT_NAMES,
    ...fc.sample(fc.stringMatching(/^[A-Za-z]{0,5}_?2?0?[0-3_]{6,10}(v[12])?$/), {
      numRuns: 300,
      seed: 1,
    }),
  ];

  for (const name of names) {
    const result = await connection.runAndReadAll(
      "select regexp_replace($name, $api_date, '') as name",
      { name, api_date: API_DATE },
    );
    expect(actionOf('s', name)).toBe(`s:${result.getRowObjectsJS()[0]?.['name']}`);
  }
  connection.closeSync();
  instance.closeSync();
});

test.each([
  ['newdb:StartClusterExport', false, 'export'],
  ['newdb:CreateVolumeSnapshot', false, 'export'],
  ['newdb:ListExports', false, 'write-config'],
  ['newdb:DescribeExportTasks', null, 'read-metadata'],
  ['newdb:PutResourcePolicy', null, 'share'],
  ['newdb:CreateAccessToken', null, 'credential'],
  ['newdb:GetClusterCredentials', true, 'credential'],
  ['newdb:StartClusterExport', true, 'read-metadata'],
  ['newdb:QueryTable', null, 'read-data'],
  ['newdb:QueryTable', false, 'write-config'],
  ['newdb:DeleteDatabase', false, 'destroy'],
  ['newdb:UpdateSettings', false, 'write-config'],
  ['iam:RenameTheUniverse', false, 'privilege'],
  ['guardduty:DisableNewThing', false, 'evade'],
  ['sts:AssumeRoleForRobots', false, 'read-metadata'],
] as const)('%s with readOnly %s, in no table, is %s', (action, readOnly, capability) => {
  expect(capabilityOf(action, readOnly)).toBe(capability);
});

test('any text at all has a capability', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('Create', 'Delete', 'Policy', 'Export', ':', 'Snapshot') }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom(true, false, null), (action, readOnly) => {
      expect(CAPABILITIES).toContain(capabilityOf(action, readOnly));
    }),
    { seed: 1 },
  );
});

test('a name of a megabyte does not hold up the rest', () => {
  const started = performance.now();
  capabilityOf(`s3:${'CreatePolicy'.repeat(100_000)}`, false);

  expect(performance.now() - started).toBeLessThan(1000);
});
