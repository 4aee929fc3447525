import { expect, test } from 'vitest';
import { parseConfig } from '../../config/config.ts';
import { suppress } from '../../detect/suppress.ts';
import { finding } from './helpers/finding.ts';

function suppressions(yaml: string) {
  return parseConfig(`suppressions:\n  - ${yaml}`, 'test.yaml').suppressions;
}

const WHOSE = 'owner: maria, reason: migration';

test.each([
  ['all', `{ ${WHOSE}, expires: "2026-09-02" }`, true],
  [
    'its detector and agent',
    `{ detector: novel-*, agent: b?t, ${WHOSE}, expires: "2026-09-02" }`,
    true,
  ],
  ['another detector', `{ detector: volume, ${WHOSE}, expires: "2026-09-02" }`, false],
  ['another agent', `{ agent: bot-2, ${WHOSE}, expires: "2026-09-02" }`, false],
  ['another task', `{ task: T-2, ${WHOSE}, expires: "2026-09-02" }`, false],
  ['its actions', `{ action: "rds:*", ${WHOSE}, expires: "2026-09-02" }`, true],
  ['other actions', `{ action: "s3:*", ${WHOSE}, expires: "2026-09-02" }`, false],
  ['the day before the last event', `{ ${WHOSE}, expires: "2026-09-01" }`, false],
])('a suppression of %s', (_what, yaml, isCovered) => {
  const { findings, states } = suppress([finding()], suppressions(yaml));

  expect({ standing: findings.length, covered: states[0]?.findings }).toEqual({
    standing: isCovered ? 0 : 1,
    covered: isCovered ? 1 : 0,
  });
});

test('all actions of a finding must fit, so that one more is seen', () => {
  const both = finding({
    evidence: { eventIds: [], actions: ['rds:StartExportTask', 's3:PutObject'], sql: '' },
  });
  const covered = suppressions(`{ action: "rds:*", ${WHOSE}, expires: "2026-12-31" }`);

  expect(suppress([both], covered).findings).toEqual([both]);
});

test('a pattern for agents leaves findings without agent alone', () => {
  const shadow = finding({ agentId: null, taskId: null });
  const covered = suppressions(`{ agent: "b*", ${WHOSE}, expires: "2026-12-31" }`);

  expect(suppress([shadow], covered).findings).toEqual([shadow]);
});

test('the first that fits counts', () => {
  const [one] = suppressions(`{ ${WHOSE}, expires: "2026-12-31" }`);
  const { states } = suppress([finding()], one ? [one, one] : []);

  expect(states.map(({ findings }) => findings)).toEqual([1, 0]);
});
