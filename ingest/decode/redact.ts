/**
 * Members whose values let their reader act or sign in, compared without case. A name that begins with
 * `*` is the end of one: `*password` is also `masterUserPassword`.
 */
export const SECRET_NAMES = [
  '*password',
  'sessionToken',
  'securityToken',
  'secretAccessKey',
  'secretKey',
  'secretString',
  'secretBinary',
  'clientSecret',
  'privateKey',
  'authorizationToken',
  'authToken',
  'webIdentityToken',
  'SAMLAssertion',
  'accessToken',
  'refreshToken',
  'idToken',
  'bearerToken',
  'signinToken',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
] as const;

const REDACTED = 'REDACTED';
const NAMES = SECRET_NAMES.map((name) => name.replace('*', '[\\w.:-]*')).join('|');
const FLAT_ITEM = String.raw`"(?:[^"\\]|\\.)*"|[^"\[\]{}]`;
const VALUE = String.raw`"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[\[{](?:${FLAT_ITEM})*[\]}]`;
/** One character of a JSON string that stands within a JSON string. */
const ESCAPED_CHARACTER = String.raw`[^"\\]|\\\\(?:\\["\\]|[^"\\])|\\[^"\\]`;

/** A secret member in minified JSON text: the name is group 1. RE2's syntax. */
const SECRET_MEMBER = `(?i)"(${NAMES})"\\s*:\\s*(?:${VALUE})`;

/** Signed addresses. */
const QUERY = '\\b(X-Amz-(?:Security-Token|Signature))=[^&\\s"\\\\]+';
/** How the session tokens of STS begin, whatever they are called. */
const TOKEN = '\\b(?:FwoGZXIvYXdz|FQoGZXIvYXdz|I[QA-Z]oJb3JpZ2lu|AgoJb3JpZ2lu)[\\w+/=%\\\\-]{16,}';

/**
 * What takes the secrets out of minified JSON text, one after the other, all matches of each; patterns and
 * replacements as RE2 reads them. The second looks into JSON within a JSON string.
 */
export const REDACTIONS: readonly { readonly pattern: string; readonly replacement: string }[] = [
  { pattern: SECRET_MEMBER, replacement: String.raw`"\1":"${REDACTED}"` },
  {
    pattern: String.raw`(?i)\\"(${NAMES})\\"\s*:\s*\\"(?:${ESCAPED_CHARACTER})*\\"`,
    replacement: String.raw`\\"\1\\":\\"${REDACTED}\\"`,
  },
  { pattern: `(?i)${QUERY}`, replacement: String.raw`\1=${REDACTED}` },
  { pattern: TOKEN, replacement: REDACTED },
];

/**
 * Text that has none of these in lower case needs none of that. Four regular expressions a value are dear,
 * and `contains(lower(text), mark)` is not.
 */
export const SECRET_MARKS = [
  'token',
  'secret',
  'password',
  'privatekey',
  'assertion',
  'x-amz-s',
  'gzxivyxdz',
  'jb3jpz2lu',
] as const;

const SECRET_NAME = new RegExp(`^(?:${NAMES})$`, 'i');
/** No text without one of these holds a secret that is known here. */
const MAY_HOLD =
  /(?:token|secret|secretKey|AccessKey|secretString|secretBinary|password|privateKey|assertion)\\*"|X-Amz-S|\\u00|oGZXIvYXdz|oJb3JpZ2lu/i;

/**
 * False where `redact` would change nothing of what is in this JSON text: most records. Lone surrogates can
 * only be spelt, and what CloudWatch Logs zipped cannot be seen.
 */
export function needsRedaction(json: string): boolean {
  return MAY_HOLD.test(json) || /\\ud|"awslogs"/i.test(json);
}

/** A copy without the secrets, and without what no JSON reader but JavaScript's takes: lone surrogates. */
export function redact<T>(value: T): T;
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return redactText(wellFormed(value));
  if (Array.isArray(value)) return value.map((element) => redact(element));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const isSecret = SECRET_NAME.test(name) && member !== null && typeof member !== 'boolean';
      return [wellFormed(name), isSecret ? REDACTED : redact(member)];
    }),
  );
}

/** Half of a surrogate pair is no text to anybody but JavaScript. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A secret member's name and what separates it from its value, at any depth of JSON within strings. */
const KEY = new RegExp(`"(?:${spelt()})\\\\*"[^a-z0-9"\\\\,{}[\\]-]{1,8}`, 'gi');
const FLAT_LIST = new RegExp(`[\\[{](?:${FLAT_ITEM})*[\\]}]`, 'y');

/** Text without the secrets, JSON or what is left of it. */
export function redactText(text: string): string {
  if (!MAY_HOLD.test(text)) return text;
  let result = '';
  let from = 0;
  for (const { index, 0: key } of text.matchAll(KEY)) {
    const start = index + key.length;
    if (index < from) continue;
    const value = secretAt(text, key, start);
    if (value === null) continue;
    result += text.slice(from, start) + value.replacement;
    from = value.end;
  }
  return (result + text.slice(from))
    .replace(new RegExp(QUERY, 'gi'), `$1=${REDACTED}`)
    .replace(new RegExp(TOKEN, 'g'), REDACTED);
}

function secretAt(
  text: string,
  key: string,
  start: number,
): { end: number; replacement: string } | null {
  const opening = matchAt(/\\*"/y, text, start);
  if (opening !== null) {
    const { end, quote } = closingQuote(text, start + opening.length, opening.length - 1);
    return { end, replacement: `${opening}${REDACTED}${quote}` };
  }
  const bare = matchAt(FLAT_LIST, text, start) ?? matchAt(/[^\s,{}[\]"\\]+/y, text, start);
  if (bare === null || /^(?:true|false|null)$/.test(bare)) return null;
  const quote = /\\*"(?=[^"]*$)/.exec(key)?.[0] ?? '"';
  return { end: start + bare.length, replacement: `${quote}${REDACTED}${quote}` };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/**
 * A quote's backslashes say how deep it is: in JSON within d strings, a quote that delimits has 2^d - 1 of
 * them, after a multiple of 2^(d + 1) that belong to the value. What closes is the first quote that is no
 * deeper than the one that opened; text that is cut off has none.
 */
function closingQuote(text: string, from: number, slashes: number): { end: number; quote: string } {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let run = 0;
    while (at - run > from && text[at - run - 1] === '\\') run += 1;
    const delimiting = (run ^ (run + 1)) >> 1;
    if (delimiting <= slashes) return { end: at + 1, quote: `${'\\'.repeat(delimiting)}"` };
  }
  return { end: text.length, quote: '' };
}

/** The names, with any letter spelt `\u00xx`. */
function spelt(): string {
  const letter = (char: string): string => {
    const codes = [char.toLowerCase(), char.toUpperCase()].map((c) => c.charCodeAt(0).toString(16));
    return /[a-z]/i.test(char) ? `(?:${char}|\\\\+u00(?:${codes.join('|')}))` : char;
  };
  return SECRET_NAMES.map((name) =>
    [...name]
      .map((char) => (char === '*' ? `(?:[\\w.:-]|\\\\+u00[0-9a-f]{2})*` : letter(char)))
      .join(''),
  ).join('|');
}
