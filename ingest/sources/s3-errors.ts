import { BadObjectError, KnownError } from '../../store/errors.ts';
import { printable } from '../../store/printable.ts';

type Permission = 's3:ListBucket' | 's3:GetObject';

const NETWORK_CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
const CREDENTIALS = 'set AWS_PROFILE, sign in (`aws sso login`), or run under a role';
const CREDENTIAL_ERRORS: ReadonlyMap<string, string> = new Map([
  ['CredentialsProviderError', 'no AWS credentials found'],
  ['ExpiredToken', 'the AWS credentials have expired'],
  ['ExpiredTokenException', 'the AWS credentials have expired'],
  ['TokenRefreshRequired', 'the AWS credentials have expired'],
  ['InvalidAccessKeyId', 'AWS does not know the access key'],
  ['InvalidToken', 'AWS does not take the session token'],
  [
    'SignatureDoesNotMatch',
    'AWS does not take the signature: the secret key does not fit the access key',
  ],
  ['RequestTimeTooSkewed', "AWS does not take the signature: this machine's clock is wrong"],
]);

/** What the SDK threw, as one line. Never with its own message, which can quote keys and tokens. */
export function s3Failure(uri: string, permission: Permission, cause: unknown): KnownError {
  if (cause instanceof KnownError) return cause;
  const { name, code, message, status } = factsOf(cause);
  const place = printable(uri);
  const known = (problem: string, hint: string) =>
    new KnownError(`${place}: ${problem}`, { hint, cause });

  const credentials = CREDENTIAL_ERRORS.get(name);
  if (credentials) {
    const isClock = name === 'RequestTimeTooSkewed';
    return known(credentials, isClock ? 'set the clock' : CREDENTIALS);
  }
  if (name === 'NoSuchBucket') {
    return known('no such bucket', 'check the spelling, and the account and endpoint asked');
  }
  if (name === 'InvalidBucketName') {
    return known('not a bucket name', 'write s3://bucket/prefix');
  }
  if (name === 'NoSuchKey' || (permission === 's3:GetObject' && status === 404)) {
    return new BadObjectError(place, 'gone since it was listed', { cause });
  }
  if (name === 'InvalidObjectState') {
    return new BadObjectError(place, 'archived (Glacier)', { hint: 'restore it first', cause });
  }
  if (status === 403) {
    const isKms = /\bkms\b/i.test(message) || name.startsWith('KMS');
    return known(
      'access denied (403)',
      `the caller needs ${isKms ? 'kms:Decrypt on the key that encrypts it' : `${permission} on ${place}`}; \`aws sts get-caller-identity\` shows the caller`,
    );
  }
  if (/^Region is missing/.test(message)) {
    return known('no AWS region', 'set AWS_REGION, or a region in the profile');
  }
  if (NETWORK_CODES.has(code) || name === 'TimeoutError') {
    return known(
      `cannot be reached (${NETWORK_CODES.has(code) ? code : name})`,
      'check the network, the region, and AWS_ENDPOINT_URL where it is set',
    );
  }
  const label = [name, status].filter((part) => part !== '' && part !== undefined).join(' ');
  return known(
    `S3 failed (${printable(label)})`,
    'run it again: what has been ingested is not read twice',
  );
}

function factsOf(error: unknown): {
  name: string;
  code: string;
  message: string;
  status: number | undefined;
} {
  if (!(error instanceof Error)) return { name: '', code: '', message: '', status: undefined };
  return {
    name: error.name,
    code: 'code' in error ? String(error.code) : '',
    message: error.message,
    status: statusOf(error),
  };
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  return 'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number'
    ? metadata.httpStatusCode
    : undefined;
}
