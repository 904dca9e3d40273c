import type { Method } from "../reference/method.ts";

/** The part of the work in which a mistake is made. Checks of another part do not charge for it again. */
export type Place = "initialize" | "forward" | "loss" | "backward" | "update" | "fit" | "batches" | "history";

/** A mistake that students really make. */
export interface Mistake {
  /** Stable, for programs: snake_case. */
  readonly id: string;
  /** Where it costs points. */
  readonly place: Place;
  /** What was done, a sentence without its full stop. */
  readonly title: string;
  /** How to find and mend it. */
  readonly hint: string;
  /** The mistake, done to our own functions: in each way that it is made. Empty for one that is known by other signs. */
  readonly variants: readonly Partial<Method>[];
}

/** The mistakes that are made in one place, by their ids. */
export function mistakesOf<Id extends string>(
  place: Place,
  table: Readonly<Record<Id, Omit<Mistake, "id" | "place">>>,
): Readonly<Record<Id, Mistake>> {
  const mistakes = Object.entries<Omit<Mistake, "id" | "place">>(table).map(([id, mistake]) =>
    [id, { id, place, ...mistake }] as const
  );
  return Object.fromEntries(mistakes) as Record<Id, Mistake>;
}
