/**
 * The `[…]` of an object that is `{"Records":[…]}` by its head and tail, not copied; null for all
 * else. What stands between is for the parser to judge.
 */
export function recordsArray(bytes: Buffer): Buffer | null {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (const token of ['{', '"Records"', ':', '[']) {
    start = pastSpace(bytes, start);
    if (bytes.toString('latin1', start, start + token.length) !== token) return null;
    start += token.length;
  }
  let end = beforeSpace(bytes, bytes.length);
  if (bytes[end - 1] !== 0x7d) return null;
  end = beforeSpace(bytes, end - 1);
  return bytes[end - 1] === 0x5d && end > start ? bytes.subarray(start - 1, end) : null;
}

function pastSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at += 1;
  return at;
}

function beforeSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at - 1])) at -= 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
