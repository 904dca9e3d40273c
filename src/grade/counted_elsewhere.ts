import type { Place } from "./mistakes/mistake.ts";
import type { Outcome } from "./outcome.ts";

/**
 * Where that is counted which a check lets pass: for each of its causes, a mistake or a part of the work, the checks that lost points for
 * it, by their places among all. Whoever shows a reason to a student must show one of them too, or the reason tells what they found.
 *
 * @param outcomes of all checks, before they were settled
 * @param settled the same, settled
 */
export function countedElsewhere(
  outcomes: readonly Outcome[],
  settled: readonly Outcome[],
): (readonly (readonly number[])[])[] {
  const indices = [...settled.keys()];
  const lost = indices.filter((i) => settled[i].fraction < 1 && settled[i].status !== "not_graded");
  const payersOf = (place: Place, seen: ReadonlySet<number>): number[] =>
    indices.filter((i) => !seen.has(i)).flatMap((i) => {
      const { place: own, follows } = outcomes[i];
      // What followed from a part that nobody else was charged for pays for it.
      const pays = own === place || settled[i] !== outcomes[i] && follows.includes(place);
      if (!pays) return [];
      if (lost.includes(i)) return [i];
      return causesOf(i, new Set([...seen, i])).flat();
    });
  const causesOf = (i: number, seen: ReadonlySet<number>): number[][] => {
    const { otherwise, mistakes, follows, fraction, place } = settled[i];
    if (otherwise === null) return [];
    const others = mistakes.filter((mistake) => fraction === 1 || mistake.place !== place);
    const causes = [
      ...others.map(({ id }) =>
        lost.filter((j) => settled[j].otherwise === null && settled[j].mistakes.some((one) => one.id === id))
      ),
      ...follows.map((part) => payersOf(part, seen)),
    ];
    return causes.filter((payers) => payers.length > 0).map((payers) => [...new Set(payers)]);
  };
  return indices.map((i) => causesOf(i, new Set([i])));
}
