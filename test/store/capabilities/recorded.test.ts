import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { actionOf } from '../../../store/capabilities/capability.ts';

const CSV = 'store/capabilities/capabilities.csv';
const LOGS = 'fixtures/real/invictus';

interface Named {
  eventSource: string;
  eventName: string;
}

test('every action in the recorded attack logs has its row', () => {
  const known = new Set(
    readFileSync(CSV, 'utf8')
      .split('\n')
      .map((line) => line.split(',')[0]),
  );
  const actions = new Set(recordedEvents().map((event) => actionOf(...event)));

  expect(actions.size).toBeGreaterThan(200);
  expect([...actions].filter((action) => !known.has(action))).toEqual([]);
});

function recordedEvents(): [string, string][] {
  return readdirSync(LOGS)
    .filter((name) => name.endsWith('.json.gz'))
    .flatMap((name) => {
      const text = gunzipSync(readFileSync(`${LOGS}/${name}`)).toString();
      const { Records } = JSON.parse(text) as { Records: Named[] };
      return Records.map(({ eventSource, eventName }): [string, string] => [
        eventSource,
        eventName,
      ]);
    });
}
