/** What whoever always guesses the largest class gets right. */
export interface Guessing {
  readonly images: number;
  readonly right: number;
}

/** @param labels those of the test images; undefined where there are none, or so few that even all right might be a guess */
export function guessing(labels: Uint8Array): Guessing | undefined {
  if (labels.length === 0) return undefined;
  const counts = new Uint32Array(256);
  for (const label of labels) counts[label]++;
  const guessed = { images: labels.length, right: counts.reduce((a, b) => Math.max(a, b)) };
  const tooFew = guessed.right < guessed.images && learnedNothing(labels.length, guessed);
  return tooFew ? undefined : guessed;
}

/** A run that guesses is taken for one that learned once in so many. */
const LEVEL = 0.01;

/**
 * Whether so many right are not better than always guessing the largest class, by the exact binomial test of one side at 1 %: as
 * `scipy.stats.binomtest(right, images, guessed / images, "greater").pvalue > 0.01`.
 */
export function learnedNothing(right: number, { images, right: guessed }: Guessing): boolean {
  if (guessed === images) return true;
  // Each probability from its neighbour's, beginning with 1 at the most likely number: IEEE operations alone, and nothing underflows
  // that counts. All of them together are what 1 stands for.
  const odds = guessed / (images - guessed);
  let [all, above] = [0, 0];
  const add = (count: number, probability: number) => {
    all += probability;
    if (count >= right) above += probability;
  };
  for (
    let count = guessed, p = 1;
    count <= images && p > 0;
    p *= (images - count) / (count + 1) * odds, count++
  ) {
    add(count, p);
  }
  for (let count = guessed, p = 1; count > 0 && p > 0;) {
    p *= count / (images - count + 1) / odds;
    add(--count, p);
  }
  return above > LEVEL * all;
}
