import { isObject, type JsonObject } from './json.ts';
import { normalTime } from './time.ts';

export interface UserIdentity {
  type: string | null;
  principalId: string | null;
  arn: string | null;
  accountId: string | null;
  accessKeyId: string | null;
  userName: string | null;
  invokedBy: string | null;
  identityProvider: string | null;
  credentialId: string | null;
  onBehalfOf: unknown;
  inScopeOf: unknown;
  sessionContext: SessionContext | null;
}

interface SessionContext {
  sessionIssuer: SessionIssuer | null;
  attributes: { creationDate: string | null; mfaAuthenticated: string | null } | null;
  sourceIdentity: string | null;
  signInSessionArn: string | null;
}

interface SessionIssuer {
  type: string | null;
  principalId: string | null;
  arn: string | null;
  accountId: string | null;
  userName: string | null;
}

export function userIdentityOf(value: unknown): UserIdentity | null {
  const from = typeof value === 'string' ? { type: 'Unknown', principalId: value } : value;
  if (!isObject(from)) return null;
  return unlessEmpty({
    type: text(from['type']),
    principalId: text(from['principalId']),
    arn: text(from['arn']),
    accountId: accountId(from['accountId']),
    accessKeyId: text(from['accessKeyId']) || null,
    userName: text(from['userName']),
    invokedBy: text(from['invokedBy']),
    identityProvider: text(from['identityProvider']),
    credentialId: text(from['credentialId']),
    onBehalfOf: from['onBehalfOf'] ?? null,
    inScopeOf: from['inScopeOf'] ?? null,
    sessionContext: sessionContextOf(from['sessionContext']),
  });
}

function sessionContextOf(from: unknown): SessionContext | null {
  if (!isObject(from)) return null;
  return unlessEmpty({
    sessionIssuer: isObject(from['sessionIssuer']) ? sessionIssuerOf(from['sessionIssuer']) : null,
    attributes: isObject(from['attributes'])
      ? unlessEmpty({
          creationDate: normalTime(from['attributes']['creationDate']),
          mfaAuthenticated: flag(from['attributes']['mfaAuthenticated']),
        })
      : null,
    sourceIdentity: text(from['sourceIdentity']),
    signInSessionArn: text(from['signInSessionArn']),
  });
}

function sessionIssuerOf(from: JsonObject): SessionIssuer | null {
  return unlessEmpty({
    type: text(from['type']),
    principalId: text(from['principalId']),
    arn: text(from['arn']),
    accountId: accountId(from['accountId']),
    userName: text(from['userName']),
  });
}

/** Strings, and numbers where a string belongs; all else has the wrong type. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** Twelve digits, also where a number has lost its zeros. */
export function accountId(value: unknown): string | null {
  return typeof value === 'number' ? String(value).padStart(12, '0') : text(value);
}

/** `true` and `"true"` are one. */
export function flag(value: unknown): string | null {
  const word = String(value).toLowerCase();
  return word === 'true' || word === 'false' ? word : null;
}

function unlessEmpty<T extends object>(value: T): T | null {
  return Object.values(value).some((member) => member !== null) ? value : null;
}
