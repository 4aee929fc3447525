import { describe, expect, test } from 'vitest';
import { canonicalRecord } from '../../../ingest/decode/canonical.ts';
import { decode, minimal } from './helpers/decode.ts';

const NOTHING = {
  eventCategory: null,
  eventType: null,
  awsRegion: null,
  sourceIPAddress: null,
  userAgent: null,
  errorCode: null,
  errorMessage: null,
  requestID: null,
  sharedEventID: null,
  recipientAccountId: null,
  vpcEndpointId: null,
  readOnly: null,
  managementEvent: null,
  userIdentity: null,
  requestParameters: null,
  responseElements: null,
  additionalEventData: null,
  resources: null,
  addendum: null,
  serviceEventDetails: null,
  eventContext: null,
  mcpEventDetails: null,
  insightDetails: null,
  tlsDetails: null,
};
const NOBODY = {
  type: null,
  principalId: null,
  arn: null,
  accountId: null,
  accessKeyId: null,
  userName: null,
  invokedBy: null,
  identityProvider: null,
  credentialId: null,
  onBehalfOf: null,
  inScopeOf: null,
  sessionContext: null,
};

test('the least record has every member, null where it said nothing', () => {
  expect(canonicalRecord(minimal('e'))).toEqual({ ...minimal('e'), ...NOTHING });
});

test('a whole record keeps what is known and lets go what is not', () => {
  const record = {
    ...minimal('e'),
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    awsRegion: 'us-east-1',
    sourceIPAddress: 'AWS Internal',
    userAgent: '[aws-sdk]',
    errorCode: 'AccessDenied',
    errorMessage: 'no',
    requestID: 'r',
    sharedEventID: 's',
    recipientAccountId: '011122223333',
    vpcEndpointId: 'vpce-1',
    readOnly: 'true',
    managementEvent: 'false',
    userIdentity: {
      ...NOBODY,
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:s',
      arn: 'arn:aws:sts::111122223333:assumed-role/R/s',
      accountId: '111122223333',
      accessKeyId: 'ASIAEXAMPLE',
      userName: 'u',
      invokedBy: 'aws-mcp.amazonaws.com',
      onBehalfOf: { userId: 'u', identityStoreArn: 'a' },
      inScopeOf: { credentialsIssuedTo: 'f' },
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLE',
          arn: 'arn:aws:iam::111122223333:role/R',
          accountId: '111122223333',
          userName: 'R',
        },
        attributes: { creationDate: '2013-11-02T01:06:28Z', mfaAuthenticated: 'false' },
        sourceIdentity: 'orchestrator',
        signInSessionArn: 'arn:aws:signin:::session/s',
      },
    },
    requestParameters: { a: [1] },
    responseElements: { b: null },
    additionalEventData: { c: true },
    resources: [{ ARN: 'arn' }],
    addendum: { reason: 'UPDATED_DATA', updatedFields: 'x', originalEventID: 'o' },
    serviceEventDetails: { d: 1 },
    eventContext: { e: 1 },
    mcpEventDetails: { mcpServerName: 'm' },
    insightDetails: { f: 1 },
    tlsDetails: { tlsVersion: 'TLSv1.3' },
  };
  expect(
    canonicalRecord({
      ...record,
      readOnly: true,
      managementEvent: false,
      userIdentity: {
        ...record.userIdentity,
        sessionContext: {
          ...record.userIdentity.sessionContext,
          attributes: { creationDate: '20131102T010628Z', mfaAuthenticated: 'false' },
          webIdFederationData: {},
        },
      },
      fromTheFuture: { g: 1 },
    }),
  ).toEqual(record);
});

describe('traps', () => {
  const expectRecord = (more: object, expected: object) =>
    expect(canonicalRecord(minimal('e', more))).toEqual({
      ...minimal('e'),
      ...NOTHING,
      ...expected,
    });

  test.each<[string, object, object]>([
    ['readOnly as text', { readOnly: 'true' }, { readOnly: 'true' }],
    ['readOnly as something else', { readOnly: 'maybe', managementEvent: 1 }, {}],
    ['an empty error code', { errorCode: '' }, {}],
    ['an error message without a code', { errorMessage: 'm' }, { errorMessage: 'm' }],
    ['null parameters', { requestParameters: null, responseElements: null }, {}],
    [
      'text where an object is usual',
      { requestParameters: 'p', responseElements: 'r', additionalEventData: 'a', resources: 's' },
      { requestParameters: 'p', responseElements: 'r', additionalEventData: 'a', resources: 's' },
    ],
    [
      'an account as a number',
      { recipientAccountId: 11122223333 },
      { recipientAccountId: '011122223333' },
    ],
    ['members of the wrong type', { awsRegion: {}, userAgent: ['x'], sharedEventID: true }, {}],
    ['a number for a version', { eventVersion: 1.08 }, { eventVersion: '1.08' }],
    ['no version', { eventVersion: undefined }, { eventVersion: null }],
    ['the first version', { eventVersion: '1.01' }, { eventVersion: '1.01' }],
    ["an aggregated record's eventId", { eventID: undefined, eventId: 'e' }, {}],
    [
      'a time only in @timestamp',
      { eventTime: undefined, '@timestamp': '2020-09-14T00:45:12.123Z' },
      { eventTime: '2020-09-14T00:45:12.123Z' },
    ],
    ['an identity of another type', { userIdentity: 7 }, {}],
    ['an empty identity', { userIdentity: {} }, {}],
    [
      'an identity as text',
      { userIdentity: 'someone' },
      { userIdentity: { ...NOBODY, type: 'Unknown', principalId: 'someone' } },
    ],
    [
      'an identity without a type, and members of other types',
      {
        userIdentity: {
          invokedBy: 's3.amazonaws.com',
          arn: {},
          accessKeyId: '',
          sessionContext: 'x',
        },
      },
      { userIdentity: { ...NOBODY, invokedBy: 's3.amazonaws.com' } },
    ],
    [
      'an empty issuer and attributes without a date',
      {
        userIdentity: {
          type: 'IAMUser',
          accountId: 1,
          sessionContext: { sessionIssuer: {}, attributes: { mfaAuthenticated: true } },
        },
      },
      {
        userIdentity: {
          ...NOBODY,
          type: 'IAMUser',
          accountId: '000000000001',
          sessionContext: {
            sessionIssuer: null,
            attributes: { creationDate: null, mfaAuthenticated: 'true' },
            sourceIdentity: null,
            signInSessionArn: null,
          },
        },
      },
    ],
  ])('%s', (_, more, expected) => {
    expectRecord(more, expected);
  });

  test('an Insights record is named by its details', () => {
    const insightDetails = {
      state: 'Start',
      eventSource: 'ec2.amazonaws.com',
      eventName: 'RunInstances',
      insffightContext: {},
    };
    expectRecord(
      { eventName: undefined, eventSource: undefined, insightDetails },
      { eventName: 'RunInstances', eventSource: 'ec2.amazonaws.com', insightDetails },
    );
  });
});

test.each<[unknown, string]>([
  [null, 'not an object'],
  [[], 'not an object'],
  [minimal(''), 'no eventID'],
  [minimal('e', { eventName: null }), 'no eventName'],
  [minimal('e', { eventSource: '' }), 'no eventSource'],
  [minimal('e', { eventTime: 'soon' }), 'no eventTime that can be read'],
  [minimal('e', { eventVersion: '2.0' }), 'eventVersion 2.0, where 1.x is known'],
  [minimal('e', { eventVersion: '10.1' }), 'eventVersion 10.1, where 1.x is known'],
  [minimal('e', { eventVersion: '<b>' }), 'eventVersion of another form, where 1.x is known'],
  [
    minimal('e', { eventVersion: '2.0', eventSource: 'aws:s3' }),
    'an S3 event notification, not a CloudTrail record',
  ],
])('%j is refused', (value, reason) => {
  expect(canonicalRecord(value)).toEqual({ reason });
});

describe('hostile JSON', () => {
  const parametersOf = async (text: string): Promise<unknown> => {
    const record = JSON.stringify(minimal('e', { requestParameters: 0 }));
    const [first] = await decode(
      record.replace('"requestParameters":0', `"requestParameters":${text}`),
    );
    return first && 'record' in first ? first.record.requestParameters : first?.reason;
  };

  test.each<[string, string, unknown]>([
    ['a lone surrogate', '{"\\ud800k":"\\udc00v"}', { '\ufffdk': '\ufffdv' }],
    ['a pair of surrogates', '"\\ud83d\\ude00"', '😀'],
    ['a NUL', '"a\\u0000b"', 'a\0b'],
    ['a number too large', '{"n":1e400}', { n: Number.POSITIVE_INFINITY }],
    [
      'deep nesting',
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      'not JSON at byte 657 of the record',
    ],
  ])('%s survives or is set aside', async (_, text, expected) => {
    expect(await parametersOf(text)).toEqual(expected);
  });

  test('deep nesting within a string is set aside as well', async () => {
    const deep = JSON.stringify(minimal('e', { requestParameters: 0 })).replace(
      '"requestParameters":0',
      `"requestParameters":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    );
    expect(await decode(JSON.stringify({ message: deep }))).toEqual([
      { position: 0, reason: 'nested deeper than 500 levels', raw: expect.any(String) },
    ]);
  });

  test('__proto__ stays a member', async () => {
    const parameters = await parametersOf('{"__proto__":{"eventID":"x"}}');
    expect(JSON.stringify(parameters)).toBe('{"__proto__":{"eventID":"x"}}');
    expect(Object.hasOwn(Object.prototype, 'eventID')).toBe(false);
  });

  test('both copies of a cross-account call are kept', async () => {
    const copies = ['1', '2'].map((eventID) => minimal(eventID, { sharedEventID: 's' }));
    expect(await decode(JSON.stringify({ Records: copies }))).toMatchObject([
      { record: { eventID: '1', sharedEventID: 's' } },
      { record: { eventID: '2', sharedEventID: 's' } },
    ]);
  });
});
