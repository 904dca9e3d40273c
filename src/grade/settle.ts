import type { MistakeId } from "./messages/mistakes_en.ts";
import type { Place } from "./mistakes/mistake.ts";
import type { Outcome } from "./outcome.ts";

/** What cost points somewhere, so that it need not do so again. */
interface Paid {
  readonly mistakes: Set<MistakeId>;
  readonly places: Set<Place>;
}

/**
 * Checks let pass what is counted elsewhere. An outcome that did stands only if that really cost points: at the check of its part of the
 * work, which the rubric may not have, or at another that saw it. Of those that nothing stands for the first pays whose own part of the work
 * the mistake is of, else the first.
 *
 * @param outcomes of all checks, in the rubric's order
 */
export function settle(outcomes: readonly Outcome[]): Outcome[] {
  const settled = [...outcomes];
  const paid: Paid = { mistakes: new Set(), places: new Set() };
  for (;;) {
    for (const outcome of settled) pay(outcome, paid);
    while (settled.some((outcome) => passOn(outcome, paid)));
    const open = (outcome: Outcome) => outcome.otherwise !== null && !stands(outcome, paid);
    const own = settled.findIndex((outcome) => open(outcome) && isOfItsPlace(outcome.otherwise));
    const i = own >= 0 ? own : settled.findIndex(open);
    if (i < 0) return settled;
    const { otherwise, follows } = settled[i];
    if (otherwise === null) return settled;
    settled[i] = otherwise;
    if (otherwise.fraction < 1) { for (const place of follows) paid.places.add(place); }
  }
}

/** Whether a mistake is named that is of the part of the work that was looked at. */
function isOfItsPlace(outcome: Outcome | null): boolean {
  return outcome?.mistakes.some(({ place }) => place === outcome.place) ?? false;
}

function pay({ fraction, otherwise, mistakes, place, status }: Outcome, paid: Paid): void {
  if (fraction === 1 || status === "not_graded") return;
  if (place !== null) paid.places.add(place);
  if (otherwise === null) { for (const { id } of mistakes) paid.mistakes.add(id); }
}

/** What follows from something that was paid for is paid for with it. Whether that is news. */
function passOn(outcome: Outcome, { mistakes, places }: Paid): boolean {
  const { otherwise, place } = outcome;
  if (otherwise === null || place === null || places.has(place)) return false;
  if (!stands(outcome, { mistakes, places })) return false;
  places.add(place);
  return true;
}

function stands({ mistakes, follows }: Outcome, paid: Paid): boolean {
  return mistakes.some(({ id }) => paid.mistakes.has(id)) || follows.some((place) => paid.places.has(place));
}
