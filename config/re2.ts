/** A pattern that RE2, the engine in DuckDB, can run. */
export interface Re2 {
  /** As RE2 spells it: `(?<agent>` is written `(?P<agent>`. */
  pattern: string;
  /** The named groups, in order, each with a pattern of which it is the only group that captures. */
  captures: ReadonlyMap<string, string>;
}

/** What RE2 would refuse; the message is a predicate ("uses a lookahead, …"). */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const ESCAPE =
  /\\Q[\s\S]*?(?:\\E|$)|\\x\{[\dA-Fa-f]{1,6}\}|\\x[\dA-Fa-f]{2}|\\[pP](?:\{\^?\w+\}|[A-Z])|\\[\s\S]?/;
const CLASS = new RegExp(`\\[\\^?\\]?(?:\\[:\\^?\\w+:\\]|${ESCAPE.source}|[^\\]\\\\])*\\]?`);
const GROUP = /\(\?P?<(?<name>\w+)>|\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?[:)]|\(\?/;
const REPEAT = /\{(?<least>\d+)(?:,(?<most>\d*))?\}/;
const TOKEN = new RegExp(
  [ESCAPE, CLASS, GROUP, REPEAT, /[\s\S]/].map(({ source }) => source).join('|'),
  'g',
);

const UNSUPPORTED: readonly (readonly [start: string, what: string])[] = [
  ['(?=', 'a lookahead'],
  ['(?!', 'a lookahead'],
  ['(?<=', 'a lookbehind'],
  ['(?<!', 'a lookbehind'],
  ['(?>', 'an atomic group'],
  ['(?P=', 'a backreference'],
  ['(?P>', 'a recursion'],
  ['(?(', 'a condition'],
  ['(?#', 'a comment'],
];

const MAXIMUM_REPEAT = 1000;

/**
 * Checks a pattern as far as is possible without RE2 itself: what RE2 lacks by reading the pattern,
 * the rest (brackets, repetitions, ranges) by handing a translation to JavaScript's own parser.
 */
export function toRe2(source: string): Re2 {
  const groups: string[] = [];
  const re2: string[] = [];
  let js = '';
  for (const { 0: token, index, groups: parts } of source.matchAll(TOKEN)) {
    const { name, least, most } = parts ?? {};
    re2.push(name === undefined ? token : `(?P<${name}>`);
    if (name !== undefined) {
      if (groups.includes(name)) throw new PatternError(`names the group "${name}" twice`);
      groups.push(name);
      js += '(?:';
    } else if (token.startsWith('\\')) {
      js += translateEscape(token, false);
    } else if (token.startsWith('[')) {
      js += translateClass(token);
    } else if (token.startsWith('(?')) {
      if (token === '(?') throw new PatternError(describeGroup(source.slice(index)));
      // Flags alone, `(?i)`, are as little to be repeated as `^` is.
      js += token.endsWith(')') ? '^' : '(?:';
    } else {
      if (Math.max(Number(least ?? 0), Number(most ?? 0)) > MAXIMUM_REPEAT) {
        throw new PatternError(`repeats more than ${MAXIMUM_REPEAT} times, which is RE2's limit`);
      }
      js += token;
    }
  }
  parseAsJavaScript(js);
  const captures = new Map(groups.map((group) => [group, capturing(re2, group)]));
  return { pattern: re2.join(''), captures };
}

function capturing(tokens: readonly string[], group: string): string {
  return tokens
    .map((token) => {
      if (token === `(?P<${group}>`) return '(';
      return token === '(' || token.startsWith('(?P<') ? '(?:' : token;
    })
    .join('');
}

/** Only brackets and ranges matter: named classes and escapes become what cannot end either. */
function translateClass(source: string): string {
  const [start = ''] = /^\[\^?\]?/.exec(source) ?? [];
  const inner = source
    .slice(start.length)
    .replace(/\[:\^?\w+:\]/g, '\\w')
    .replace(new RegExp(ESCAPE, 'g'), (token) => translateEscape(token, true));
  return start.replace(']', '\\]') + inner;
}

function translateEscape(token: string, isInClass: boolean): string {
  if (token === '\\') throw new PatternError('ends in a backslash');
  if (/^\\[1-9k]/.test(token)) {
    throw new PatternError('uses a backreference, which RE2 does not have');
  }
  if (token.startsWith('\\Q')) return /^\\Q(?:\\E)?$/.test(token) ? '' : 'a';
  if (/^\\[pP]./.test(token)) return '\\w';
  if (/^\\x./.test(token)) return '\\x00';
  const isKnown = /^\\(?:[0aftnrvdDsSwW]|[^\w\P{ASCII}])$/u.test(token);
  if (!isKnown && (isInClass || !/^\\[AbBzC]$/.test(token))) {
    throw new PatternError(`has ${token}, which is no escape in RE2`);
  }
  return /^\\[aAzC]$/.test(token) ? '\\x00' : token;
}

function describeGroup(rest: string): string {
  const known = UNSUPPORTED.find(([start]) => rest.startsWith(start));
  return known
    ? `uses ${known[1]}, which RE2 does not have`
    : 'has a group that RE2 does not know; it knows (?P<name>…), (?:…) and (?i)';
}

function parseAsJavaScript(pattern: string): void {
  try {
    new RegExp(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(': ').at(-1) : String(error);
    throw new PatternError(`is not a regular expression: ${reason?.toLowerCase()}`, {
      cause: error,
    });
  }
}
