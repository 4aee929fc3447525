import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Config, loadConfig, parseConfig } from '../../config/config.ts';
import { configJsonSchema } from '../../config/schema.ts';
import { KnownError } from '../../store/errors.ts';
import { failureOf } from '../helpers/failure.ts';
import { withFolder } from '../helpers/store.ts';

const DEFAULTS: Config = {
  store: 'agenttrail.duckdb',
  attribution: {
    tags: {
      agent: ['AgentID', 'AgentName', 'agent_id'],
      task: ['TaskID', 'task_id'],
      taskType: ['TaskType'],
      onBehalfOf: ['OnBehalfOf', 'UserID', 'user_id'],
    },
    patterns: [],
    taskTypes: [],
    minters: [],
    agentRoles: [],
  },
  scopes: [],
  alerts: { falseDiscoveryRate: 0.07 },
  suppressions: [],
  detectors: {},
  ingest: { maximumObjectBytes: 2 * 2 ** 30 },
};

const shipped = (name: string) =>
  readFile(new URL(`../../config/${name}`, import.meta.url), 'utf8');

test.each(['', '# nothing\n', 'store:\nattribution:\n  tags:\nscopes:\n', '{}', 'null'])(
  '%j means the defaults',
  (text) => {
    expect(parseConfig(text, 'a.yaml')).toEqual(DEFAULTS);
  },
);

test('what is set takes the place of its default, and of no other', () => {
  const config = parseConfig(
    `store: other.duckdb
attribution:
  tags: { task: [Job] }
  minters: ['arn:aws:iam::*:role/Orchestrator']
scopes:
  - taskType: schema-*
    allow: [export, 'rds:Modify*']
  - deny: ['*']
detectors:
  novel-action: { enabled: false }
  task-scope: { depth: 3, names: [a] }
ingest: { maximumObjectBytes: 1.5GB }
`,
    'a.yaml',
  );

  expect(config).toEqual({
    ...DEFAULTS,
    store: 'other.duckdb',
    attribution: {
      ...DEFAULTS.attribution,
      tags: { ...DEFAULTS.attribution.tags, task: ['Job'] },
      minters: ['arn:aws:iam::*:role/Orchestrator'],
    },
    scopes: [
      { taskType: 'schema-*', agent: '*', allow: ['export', 'rds:Modify*'], deny: [] },
      { taskType: '*', agent: '*', allow: [], deny: ['*'] },
    ],
    detectors: {
      'novel-action': { enabled: false, parameters: {} },
      'task-scope': { enabled: true, parameters: { depth: 3, names: ['a'] } },
    },
    ingest: { maximumObjectBytes: 1.5e9 },
  });
});

test.each([
  ['1', 1],
  ['1B', 1],
  ['1048576', 2 ** 20],
  ['500MB', 5e8],
  ['500 mb', 5e8],
  ['2GiB', 2 ** 31],
  ['0.5kib', 512],
  ['1 TB', 1e12],
])('the size %s is %i bytes', (size, bytes) => {
  const { ingest } = parseConfig(`ingest: { maximumObjectBytes: ${size} }`, 'a.yaml');

  expect(ingest.maximumObjectBytes).toBe(bytes);
});

test('a pattern is given as RE2 spells it, with one that captures for each group', () => {
  const config = parseConfig(
    `attribution:
  patterns:
    - { from: session-name, pattern: '^(?<agent>[a-z]+)(-|_)(?P<task>\\d+)$' }
  taskTypes:
    - { pattern: '^schema-', taskType: schema-update }
`,
    'a.yaml',
  );

  expect(config.attribution).toMatchObject({
    patterns: [
      {
        from: 'session-name',
        pattern: {
          pattern: '^(?P<agent>[a-z]+)(-|_)(?P<task>\\d+)$',
          captures: new Map([
            ['agent', '^([a-z]+)(?:-|_)(?:\\d+)$'],
            ['task', '^(?:[a-z]+)(?:-|_)(\\d+)$'],
          ]),
        },
      },
    ],
    taskTypes: [{ pattern: { pattern: '^schema-' }, taskType: 'schema-update' }],
  });
});

test('without a path agenttrail.yaml in the working directory is read, if there is one', async () => {
  const home = process.cwd();
  const configs = await withFolder(async (folder) => {
    process.chdir(folder);
    try {
      const absent = await loadConfig(undefined);
      await writeFile('agenttrail.yaml', 'store: mine.duckdb');
      return { absent, present: await loadConfig(undefined) };
    } finally {
      process.chdir(home);
    }
  });

  expect(configs).toEqual({ absent: DEFAULTS, present: { ...DEFAULTS, store: 'mine.duckdb' } });
});

test.each([
  ['that is not there', 'none.yaml', 'no such file'],
  ['that is a folder', 'folder', 'is a folder, not a file'],
])('a configuration %s cannot be read', async (_, name, problem) => {
  const failure = await withFolder(async (folder) => {
    await mkdir(join(folder, 'folder'));
    return failureOf(() => loadConfig(join(folder, name)), folder);
  });

  expect(failure).toEqual({
    message: `FOLDER/${name}: ${problem}`,
    hint: 'without --config, ./agenttrail.yaml is read if it exists',
  });
});

test('a configuration is read from its file', async () => {
  const config = await withFolder(async (folder) => {
    await writeFile(join(folder, 'a.yaml'), 'store: mine.duckdb');
    return loadConfig(join(folder, 'a.yaml'));
  });

  expect(config).toEqual({ ...DEFAULTS, store: 'mine.duckdb' });
});

test('the shipped example is valid, and for editors too', async () => {
  const text = await shipped('agenttrail.example.yaml');
  const validate = new Ajv({ strict: false }).compile(configJsonSchema());

  expect({
    scopes: parseConfig(text, 'agenttrail.example.yaml').scopes.length,
    isValid: validate(parse(text)),
  }).toEqual({ scopes: 2, isValid: true });
});

test('the shipped JSON Schema is the one that `npm run generate:config-schema` writes', async () => {
  expect(JSON.parse(await shipped('agenttrail.schema.json'))).toEqual(configJsonSchema());
});

test('any text is a configuration or a known failure', () => {
  const line = fc.constantFrom('store:', '- a', '  tags: {', '}', '*a', '&a', '"', '?', '---', '|');
  const document = fc.array(fc.oneof(line, fc.string())).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(document, (text) => {
      try {
        parseConfig(text, 'a.yaml');
      } catch (error) {
        if (!(error instanceof KnownError)) throw error;
      }
    }),
    { seed: 20261101, numRuns: 500 },
  );
});
