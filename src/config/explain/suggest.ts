import { distance } from "fastest-levenshtein";
import { FOREIGN_WORDS } from "./foreign_words.ts";

/** The candidate that `name` is most likely a slip or a part of, or undefined if none is near. Case, `-` and `_` hardly count. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const normal = normalise(name);
  const meant = meantBy(normal).find((word) => candidates.includes(word));
  if (meant !== undefined) return meant;
  let best: string | undefined;
  let least = Math.floor(normal.length / 3) + 1;
  for (const candidate of candidates) {
    const difference = slips(normal, normalise(candidate));
    if (difference >= least) continue;
    best = candidate;
    least = difference;
  }
  return best ?? candidates.find((candidate) => normal.length >= 4 && normalise(candidate).includes(normal));
}

/** As `nearest`, for paths with dots: `epochs` and `train.epoch` both find `train.epochs`. */
export function nearestPath(path: string, candidates: readonly string[]): string | undefined {
  const whole = nearest(path, candidates);
  if (whole !== undefined) return whole;
  const lastOf = (dotted: string) => dotted.slice(dotted.lastIndexOf(".") + 1);
  const last = nearest(lastOf(path), candidates.map(lastOf));
  return candidates.find((candidate) => lastOf(candidate) === last);
}

/** How many letters are wrong, missing or too many; two neighbours in each other's place are one slip. */
function slips(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a !== b && a === b.slice(0, i) + (b[i + 1] ?? "") + (b[i] ?? "") + b.slice(i + 2)
    ? 1
    : distance(a, b);
}

/** What the word of another library stands for here, the likeliest first. */
function meantBy(normal: string): readonly string[] {
  return Object.hasOwn(FOREIGN_WORDS, normal) ? FOREIGN_WORDS[normal] : [];
}

function normalise(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/[-_ ]+/g, "_");
}
