/** Tokens that a match must have at least. */
const GRAM = 16;
/** Of so many matches in a row at least one is noticed. */
const WINDOW = 8;

/**
 * The fingerprints of a text: of each `WINDOW` hashes of `GRAM` tokens in a row the smallest (winnowing; Schleimer, Wilkerson and Aiken:
 * Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003). Two texts that share GRAM + WINDOW - 1 tokens in a row share one.
 */
export function fingerprints(tokens: readonly string[]): Set<number> {
  const hashes: number[] = [];
  for (let i = 0; i + GRAM <= tokens.length; i++) hashes.push(hash(tokens.slice(i, i + GRAM).join(" ")));
  const chosen = new Set<number>();
  for (let i = 0; i < hashes.length; i++) {
    if (i + WINDOW > hashes.length && i > 0) break;
    chosen.add(hashes.slice(i, i + WINDOW).reduce((least, value) => Math.min(least, value)));
  }
  return chosen;
}

/** FNV-1a, 32 bits, of UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
