import { type MistakeId, mistakesEn } from "../messages/mistakes_en.ts";
import type { Method } from "../reference/method.ts";

/** The part of the work in which a mistake is made. Checks of another part do not charge for it again. */
export type Place =
  | "initialize"
  | "forward"
  | "loss"
  | "backward"
  | "update"
  | "fit"
  | "batches"
  | "predict"
  | "history"
  | "saved";

/** A mistake that students really make. */
export interface Mistake {
  /** Stable, for programs: snake_case. In other languages its texts are found by it: see GradeMessages. */
  readonly id: MistakeId;
  /** Where it costs points. */
  readonly place: Place;
  /** What was done, a sentence without its full stop, in English. */
  readonly title: string;
  /** How to find and mend it, in English. */
  readonly hint: string;
  /** The mistake, done to our own functions: in each way that it is made. Empty for one that is known by other signs. */
  readonly variants: readonly Partial<Method>[];
  /** Whether a network learns as it should all the same: with logits of usual size, or because only what is reported is wrong. */
  readonly learns: boolean;
  /** The layer, counted from 1, where it is made in that alone. */
  readonly layer?: number;
  /** The mistake in one layer, of one that is another mistake in all of them. */
  readonly inLayer?: (layer: number) => Partial<Method>;
  /** Whether it is not tried together with another: where that is not needed, as it is made good for before, or would tell nothing. */
  readonly alone: boolean;
}

/** What a table says of a mistake. */
interface Entry {
  readonly variants: Mistake["variants"];
  readonly inLayer?: Mistake["inLayer"];
  readonly learns?: true;
  readonly alone?: true;
}

/** The mistakes that are made in one place, by their ids. */
export function mistakesOf<Id extends MistakeId>(
  place: Place,
  table: Readonly<Record<Id, Entry>>,
): Readonly<Record<Id, Mistake>> {
  const learns = place === "loss" || place === "history" || place === "predict";
  const mistakes = Object.entries<Entry>(table).map(
    ([id, mistake]) =>
      [id, { id, place, learns, alone: false, ...mistakesEn[id as Id], ...mistake }] as const,
  );
  return Object.fromEntries<Mistake>(mistakes) as Record<Id, Mistake>;
}
