/**
 * Controls move the cursor or forge lines, bidirectional overrides make text read as what it is not,
 * and the ignorable hide in it. What Unicode has not assigned yet may turn out to be any of these.
 */
export const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from a log, a key, a file name or a user, safe on a terminal: one line, every control in sight. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
  });
}

/** Text of several lines, each of them safe. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
