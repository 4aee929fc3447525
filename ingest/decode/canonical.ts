import { isDeeperThan, isObject, type JsonObject } from './json.ts';
import { MOST_DEPTH } from './json-scanner.ts';
import { normalTime } from './time.ts';
import { accountId, flag, text, type UserIdentity, userIdentityOf } from './user-identity.ts';

/** A record by CloudTrail's own names, each with one type, null where it is absent or of another type. */
export interface CanonicalRecord {
  eventVersion: string | null;
  /** `YYYY-MM-DDTHH:MM:SS[.fff]Z`. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  eventCategory: string | null;
  eventType: string | null;
  awsRegion: string | null;
  sourceIPAddress: string | null;
  userAgent: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  eventID: string;
  requestID: string | null;
  sharedEventID: string | null;
  recipientAccountId: string | null;
  vpcEndpointId: string | null;
  readOnly: string | null;
  managementEvent: string | null;
  userIdentity: UserIdentity | null;
  requestParameters: unknown;
  responseElements: unknown;
  additionalEventData: unknown;
  resources: unknown;
  addendum: unknown;
  serviceEventDetails: unknown;
  eventContext: unknown;
  mcpEventDetails: unknown;
  insightDetails: unknown;
  tlsDetails: unknown;
}

export interface Refusal {
  readonly reason: string;
}

export function canonicalRecord(value: unknown): CanonicalRecord | Refusal {
  if (!isObject(value)) return { reason: 'not an object' };
  if (isDeeperThan(value, MOST_DEPTH)) return { reason: `nested deeper than ${MOST_DEPTH} levels` };
  const eventVersion = text(value['eventVersion']);
  const foreignVersion = foreignVersionOf(value, eventVersion);
  if (foreignVersion !== null) return { reason: foreignVersion };
  const eventID = text(value['eventID']) || text(value['eventId']);
  const { eventName, eventSource } = nameAndSource(value);
  const eventTime = normalTime(value['eventTime'] ?? value['@timestamp']);
  if (!eventID) return { reason: 'no eventID' };
  if (!eventName) return { reason: 'no eventName' };
  if (!eventSource) return { reason: 'no eventSource' };
  if (eventTime === null) return { reason: 'no eventTime that can be read' };
  return {
    eventVersion,
    eventTime,
    eventSource,
    eventName,
    eventCategory: text(value['eventCategory']),
    eventType: text(value['eventType']),
    awsRegion: text(value['awsRegion']),
    sourceIPAddress: text(value['sourceIPAddress']),
    userAgent: text(value['userAgent']),
    errorCode: text(value['errorCode']) || null,
    errorMessage: text(value['errorMessage']),
    eventID,
    requestID: text(value['requestID']),
    sharedEventID: text(value['sharedEventID']),
    recipientAccountId: accountId(value['recipientAccountId']),
    vpcEndpointId: text(value['vpcEndpointId']),
    readOnly: flag(value['readOnly']),
    managementEvent: flag(value['managementEvent']),
    userIdentity: userIdentityOf(value['userIdentity']),
    requestParameters: value['requestParameters'] ?? null,
    responseElements: value['responseElements'] ?? null,
    additionalEventData: value['additionalEventData'] ?? null,
    resources: value['resources'] ?? null,
    addendum: isObject(value['addendum']) ? value['addendum'] : null,
    serviceEventDetails: value['serviceEventDetails'] ?? null,
    eventContext: value['eventContext'] ?? null,
    mcpEventDetails: value['mcpEventDetails'] ?? null,
    insightDetails: value['insightDetails'] ?? null,
    tlsDetails: value['tlsDetails'] ?? null,
  };
}

function foreignVersionOf(value: JsonObject, eventVersion: string | null): string | null {
  if (value['eventSource'] === 'aws:s3') return 'an S3 event notification, not a CloudTrail record';
  if (!eventVersion || /^1(\.|$)/.test(eventVersion)) return null;
  const known = /^\d{1,3}(\.\d{1,4})?$/.test(eventVersion) ? eventVersion : 'of another form';
  return `eventVersion ${known}, where 1.x is known`;
}

/** An Insights record says in its details what its event is about. */
function nameAndSource(value: JsonObject): {
  eventName: string | null;
  eventSource: string | null;
} {
  const { insightDetails } = value;
  const details = isObject(insightDetails) ? insightDetails : {};
  return {
    eventName: text(value['eventName']) || text(details['eventName']),
    eventSource: text(value['eventSource']) || text(details['eventSource']),
  };
}
