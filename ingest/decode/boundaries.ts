export const COMMA = 0x2c;
export const CLOSE_LIST = 0x5d;
/** So much around a place says whether a record begins there. */
export const LOOKAROUND = 128;

/** What a record, or what it comes wrapped in, may begin with. */
const RECORD_NAMES = new Set(
  `additionalEventData addendum apiVersion awsRegion errorCode errorMessage eventCategory eventContext
  eventID eventId eventName eventSource eventTime eventType eventVersion insightDetails managementEvent
  mcpEventDetails readOnly recipientAccountId requestID requestParameters resources responseElements
  serviceEventDetails sharedEventID sourceIPAddress tlsDetails userAgent userIdentity vpcEndpointId`.split(
    /\s+/,
  ),
);
const WRAPPER_NAMES = new Set(
  `@message @timestamp CloudTrailEvent EventId EventName Events ReadOnly Records Type account awslogs
  detail detail-type event id input logEvents message messageId messageType owner source timestamp
  version`.split(/\s+/),
);

/** What the first member of an object says it may be. */
export function firstMember(
  bytes: Buffer,
  brace: number,
  end: number,
): 'record' | 'wrapper' | null {
  const text = bytes.toString('latin1', brace, Math.min(brace + LOOKAROUND, end));
  const name = /^\{\s*"([\w@-]+)"/.exec(text)?.[1] ?? '';
  if (RECORD_NAMES.has(name)) return 'record';
  return WRAPPER_NAMES.has(name) ? 'wrapper' : null;
}

export function followsElement(bytes: Buffer, brace: number, start: number): boolean {
  const from = Math.max(start, brace - LOOKAROUND);
  return /\}\s*,\s*$/.test(bytes.toString('latin1', from, brace));
}

/** White space, and the zeros that pad. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0;
}

/** Outside a list, a word or a number begins a line of text. */
export function beginsValue(byte: number, isTop: boolean): boolean {
  if (byte === 0x7b || byte === 0x22) return true;
  if (isTop) return false;
  return byte === 0x5b || byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || isLetter(byte);
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/** What is left of a container whose beginning was lost. */
export function isRemnant(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_LIST || byte === 0x7d;
}
