import { z } from 'zod';
import { CAPABILITIES } from '../store/capabilities/classes.ts';
import { didYouMean } from './nearest.ts';
import { PatternError, toRe2 } from './re2.ts';

// Messages are predicates of the value ("is not text"); problems.ts puts place and value before them.

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  ...{ KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 },
  ...{ KIB: 2 ** 10, MIB: 2 ** 20, GIB: 2 ** 30, TIB: 2 ** 40 },
};
const SIZE = /^(\d+(?:\.\d+)?) ?([KkMmGgTt]?[Ii]?[Bb])$/;
const SIZE_EXPECTED = 'is not a size in bytes, such as 2GiB, 500MB or 1048576';

const ACTION = /^(?:\*|(?!.*\.amazonaws\.com:)[a-z0-9*?][a-z0-9.*?-]*:[A-Za-z0-9_.*?-]+)$/;
const SCOPE_EXPECTED = 'is not a capability or an action (service:EventName)';

/** IAM allows these characters in names and tags; none of them is special to GLOB but `*` and `?`. */
const ARN = /^(?:\*|arn:[\w+=,.@/:*?-]+)$/;
const TAG_KEY = /^(?![Aa][Ww][Ss]:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u;
const TAG_VALUE_WILDCARD = /^[\p{L}\p{Z}\p{N}_.:/=+@*?-]{1,256}$/u;

function text() {
  return z.string({ error: notText }).min(1, { error: 'is empty' });
}

function notText({ input }: { input?: unknown }): string {
  return typeof input === 'number' || typeof input === 'boolean'
    ? 'is not text: put it in quotes'
    : 'is not text';
}

function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: 'is not a mapping of keys to values' });
}

function list<Item extends z.ZodType>(item: Item) {
  return z.array(item, { error: 'is not a list' });
}

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, {
    error: ({ input }) => `is not one of ${values.join(', ')}${didYouMean(input, values)}`,
  });
}

const tagKeys = (keys: string[], what: string) =>
  list(
    text().regex(TAG_KEY, {
      error: 'is not a tag key: 1 to 128 letters, digits, spaces or _.:/=+-@, not starting "aws:"',
    }),
  )
    .default(keys)
    .describe(
      `Session tags that name ${what}; compared without case, the first one present counts`,
    );

const roles = (what: string) =>
  list(
    text().regex(ARN, {
      error: 'is not an ARN with wildcards, such as arn:aws:iam::*:role/agents/*',
    }),
  )
    .default([])
    .describe(what);

const wildcard = (what: string) =>
  text()
    .regex(TAG_VALUE_WILDCARD, { error: 'is not a tag value with wildcards (* and ?)' })
    .default('*')
    .describe(what);

function pattern(check: (groups: readonly string[]) => string | null) {
  return text().transform((source, context) => {
    try {
      const re2 = toRe2(source);
      const problem = check([...re2.captures.keys()]);
      if (problem === null) return re2;
      throw new PatternError(problem);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      context.issues.push({ code: 'custom', message: error.message, input: source });
      return z.NEVER;
    }
  });
}

const NAMED = ['agent', 'task'];

function namesAgentOrTask(groups: readonly string[]): string | null {
  if (groups.length === 0) return 'has no named group: (?P<agent>…), (?P<task>…) or both';
  const stranger = groups.find((group) => !NAMED.includes(group));
  return stranger === undefined
    ? null
    : `has a group "${stranger}", which is neither "agent" nor "task"${didYouMean(stranger, NAMED)}`;
}

const actions = (what: string) =>
  list(
    text()
      .refine((entry) => isCapability(entry) || ACTION.test(entry), {
        error: ({ input }) => `${SCOPE_EXPECTED}${didYouMean(input, CAPABILITIES)}`,
      })
      .meta({ anyOf: [{ enum: [...CAPABILITIES] }, { pattern: ACTION.source }] }),
  )
    .default([])
    .describe(what);

function isCapability(entry: string): boolean {
  return CAPABILITIES.some((capability) => capability === entry);
}

const attribution = mapping({
  tags: mapping({
    agent: tagKeys(['AgentID', 'AgentName', 'agent_id'], 'the agent'),
    task: tagKeys(['TaskID', 'task_id'], 'the task'),
    taskType: tagKeys(['TaskType'], 'the kind of task'),
    onBehalfOf: tagKeys(['OnBehalfOf', 'UserID', 'user_id'], 'who the agent works for'),
  })
    .prefault({})
    .describe('Which session tags carry identity'),
  patterns: list(
    mapping({
      from: oneOf(['session-name', 'source-identity']).describe(
        'The role session name, or the source identity set when the role was assumed',
      ),
      pattern: pattern(namesAgentOrTask).describe(
        'RE2 with the named groups (?P<agent>…), (?P<task>…) or both; not anchored',
      ),
    }),
  )
    .default([])
    .describe('Where to find agent and task when the tags are missing, in this order'),
  taskTypes: list(
    mapping({
      pattern: pattern(() => null).describe('RE2 over the TaskID; not anchored'),
      taskType: text().describe('The task type of the tasks that fit'),
    }),
  )
    .default([])
    .describe('The task type from a TaskID where no tag says it; the first that fits counts'),
  minters: roles(
    'Principals that may create sessions with agent tags; wildcards * and ?; empty: not checked',
  ),
  agentRoles: roles(
    'Roles that only agents may use, wildcards * and ?; roles of tagged sessions are learned too',
  ),
})
  .prefault({})
  .describe('Which events belong to which agent and task');

const scope = mapping({
  taskType: wildcard('Task types this scope is for; wildcards * and ?'),
  agent: wildcard('Agents this scope is for; wildcards * and ?'),
  allow: actions(
    'Capabilities, or actions (service:EventName) with wildcards. Where no matching scope allows anything, all that is not denied is in scope',
  ),
  deny: actions('Capabilities or actions that are out of scope whatever is allowed'),
}).refine(({ allow, deny }) => allow.length + deny.length > 0, {
  error: 'neither allows nor denies anything',
});

const parameter = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())], {
  error: 'is not a number, true or false, text, or a list of texts',
});

const detector = z
  .object(
    {
      enabled: z
        .boolean({ error: 'is not true or false' })
        .default(true)
        .describe('false: never runs, and the report says so'),
    },
    { error: 'is not a mapping of keys to values' },
  )
  .catchall(parameter)
  .transform(({ enabled, ...parameters }) => ({ enabled, parameters }));

const bytes = z
  .union([z.number(), z.string()], { error: SIZE_EXPECTED })
  .transform((size, context) => {
    const [, count, unit = 'B'] = SIZE.exec(String(size)) ?? [];
    const value =
      typeof size === 'number'
        ? size
        : Math.round(Number(count) * (UNITS[unit.toUpperCase()] ?? 1));
    if (Number.isSafeInteger(value) && value > 0) return value;
    context.issues.push({ code: 'custom', message: SIZE_EXPECTED, input: size });
    return z.NEVER;
  })
  .meta({
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: SIZE.source },
    ],
  });

const share = z
  .number({ error: 'is not a number' })
  .gt(0, { error: 'is not above 0' })
  .lte(1, { error: 'is not a share: at most 1' });

const alerts = mapping({
  falseDiscoveryRate: share
    .default(0.07)
    .describe(
      'Of what rises to medium or above on the strength of a baseline alone, so large a share may be false',
    ),
  perDay: z
    .int({ error: 'is not a whole number' })
    .positive({ error: 'is not above 0' })
    .optional()
    .describe('At most so many tasks a day rise on the strength of a baseline alone'),
})
  .prefault({})
  .describe('The alert budget: what stays below it is kept as low');

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_EXPECTED = 'is not a day, such as 2026-12-31, in quotes';

const day = text()
  .refine((value) => DAY.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)), {
    error: DAY_EXPECTED,
  })
  .meta({ pattern: DAY.source });

const suppression = mapping({
  detector: text().default('*').describe('A detector id; wildcards * and ?'),
  agent: wildcard('The agent of the finding; wildcards * and ?'),
  task: wildcard('The task of the finding; wildcards * and ?'),
  action: text()
    .default('*')
    .describe('service:EventName with wildcards: all actions of the finding must fit'),
  owner: text().describe('Who answers for it'),
  reason: text().describe('Why this is no finding'),
  expires: day.describe('Activity on this day and later is reported again'),
});

export const configSchema = mapping({
  store: text()
    .default('agenttrail.duckdb')
    .describe('The DuckDB file; relative to the working directory; --store overrides it'),
  attribution,
  scopes: list(scope)
    .default([])
    .describe(
      'What tasks may do. All scopes that match a task are united; what is denied stays denied',
    ),
  detectors: z
    .record(z.string(), detector, { error: 'is not a mapping of detector ids to settings' })
    .default({})
    .describe('By detector id: enabled, and the parameters listed in docs/detectors.md'),
  alerts,
  suppressions: list(suppression)
    .default([])
    .describe('Findings that somebody answers for, until a day'),
  ingest: mapping({
    maximumObjectBytes: bytes
      .prefault('2GiB')
      .describe('A log object that unpacks to more goes to the dead letters'),
  })
    .prefault({})
    .describe('Limits on what is read'),
}).describe('Configuration of AgentTrail');

/** For editors: `# yaml-language-server: $schema=…`. Draft 7 is what they all understand. */
export function configJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-07' });
  return { $schema, title: 'agenttrail.yaml', ...rest };
}
