/**
 * Whether all of `text` fits `pattern`, where `*` stands for any run of characters and `?` for one.
 * Written out because a RegExp made from user text can take exponential time; this takes at worst
 * the product of both lengths.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let lastStar = -1;
  let lastStarText = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      lastStar = p++;
      lastStarText = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (lastStar >= 0) {
      // Let the last star take one character more; earlier stars never need to be reconsidered.
      p = lastStar + 1;
      t = ++lastStarText;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** As IAM compares actions: without case. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}
