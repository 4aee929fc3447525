import { createHash } from 'node:crypto';

/** A CloudTrail record as it stands in a log. */
export type LogRecord = Readonly<Record<string, unknown>>;
export type Identity = Readonly<Record<string, unknown>>;

const START = Date.UTC(2026, 10, 1, 10);
export const ACCOUNT = '111122223333';

/** Seconds after 2026-11-01T10:00:00Z, as CloudTrail writes times. */
export function time(at: number): string {
  return new Date(START + at * 1000).toISOString().replace('.000Z', 'Z');
}

interface SessionOptions {
  role?: string;
  name?: string;
  /** When the session was created. */
  at?: number;
  account?: string;
  sourceIdentity?: string;
}

/** Who calls with temporary credentials of a role. */
export function session(
  key: string | undefined,
  { role = 'Worker', name = 'run', at = 0, account = ACCOUNT, sourceIdentity }: SessionOptions = {},
): Identity {
  return {
    type: 'AssumedRole',
    principalId: `${roleId(role)}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    ...(key === undefined ? {} : { accessKeyId: key }),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: roleId(role),
        arn: roleArn(role, account),
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: time(at), mfaAuthenticated: 'false' },
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    },
  };
}

/** Who calls with a long-term key. */
export function user(key: string, name = 'deployer'): Identity {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
    accountId: ACCOUNT,
    accessKeyId: key,
    userName: name,
  };
}

export function service(name: string): Identity {
  return { type: 'AWSService', invokedBy: name };
}

interface CallOptions {
  by: Identity;
  at: number;
  /** Any further fields of the record, or others in the place of those made here. */
  with?: LogRecord;
}

/** One call, `service:EventName`. Its event id follows from its content: calls that are to count twice differ in time. */
export function call(action: string, { by, at, with: fields = {} }: CallOptions): LogRecord {
  const [name = '', eventName = ''] = action.split(':');
  const record = {
    eventVersion: '1.11',
    userIdentity: by,
    eventTime: time(at),
    eventSource: `${name}.amazonaws.com`,
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.10',
    userAgent: 'aws-sdk-js/3',
    requestParameters: null,
    responseElements: null,
    requestID: `request-${at}`,
    readOnly: /^(?:Get|List|Describe|Assume)/.test(eventName),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...fields,
  };
  const digest = createHash('sha256').update(JSON.stringify(record)).digest('hex');
  return { eventID: digest.slice(0, 32), ...record };
}

interface AssumeRoleOptions extends CallOptions {
  /** The key that is handed out. */
  key: string;
  role?: string;
  name?: string;
  account?: string;
  tags?: Readonly<Record<string, string>>;
  transitive?: readonly string[];
  /** Transitive tags that the record says came in; left out, the record says nothing of them. */
  incoming?: Readonly<Record<string, string>>;
  sourceIdentity?: string;
}

export function assumeRole(options: AssumeRoleOptions): LogRecord {
  const { role = 'Worker', name = 'run', account = ACCOUNT, key, sourceIdentity } = options;
  const { tags, transitive, incoming } = options;
  const requestParameters = {
    roleArn: roleArn(role, account),
    roleSessionName: name,
    durationSeconds: 3600,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(incoming === undefined ? {} : { incomingTransitiveTags: incoming }),
    ...(tags === undefined ? {} : { tags: tagList(tags) }),
    ...(transitive === undefined ? {} : { transitiveTagKeys: transitive }),
  };
  const responseElements = {
    credentials: issued(key),
    assumedRoleUser: {
      assumedRoleId: `${roleId(role)}:${name}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    },
  };
  return call('sts:AssumeRole', {
    by: options.by,
    at: options.at,
    with: { requestParameters, responseElements, ...options.with },
  });
}

export function tagList(tags: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

export function issued(accessKeyId: string): LogRecord {
  return { accessKeyId, sessionToken: 'a token', expiration: 'Nov 1, 2026, 11:00:00 AM' };
}

export function roleArn(role: string, account = ACCOUNT): string {
  return `arn:aws:iam::${account}:role/${role}`;
}

function roleId(role: string): string {
  return `AROA${role.toUpperCase()}`;
}
