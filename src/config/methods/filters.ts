import { z } from "zod";
import { COMPARISON, comparisonFlaw, type Conditions } from "../schemas/conditions.ts";
import { type Flaw, ordered } from "../schemas/ordered.ts";
import { sweepableObject } from "./parameters.ts";
import type { SettingValue } from "../schemas/sweepable.ts";

const comparisonText = z.string().regex(COMPARISON).meta({
  patternErrorMessage: "a comparison such as `<= 0.1`",
});

const conditions = ordered<SettingValue>(
  // A text that is a value of the setting is that value: only what is not is a comparison.
  sweepableObject((schema) => z.union([schema, comparisonText]) as z.ZodType<SettingValue>),
  {
    flaws: conditionFlaws,
    description: "What several settings of a trial are, all of them.",
    example: { "train.learning_rate": "<= 0.1" },
  },
);

const rule =
  "Each setting has a value, or a comparison (<, <=, >, >=, ==, !=) with a number, a value or another setting, " +
  'such as "<= 0.1".';

/** The keys of a sweep that leave trials out. */
export const filterShape = {
  exclude: z.array(conditions).min(1).optional().describe(
    `Trials to leave out: those for which everything that one of these says holds. ${rule}`,
  ),
  where: z.array(conditions).min(1).optional().describe(
    `Only trials for which all of this holds. ${rule}`,
  ),
};

/** What leaves trials out. */
export interface Filters {
  /** Each one leaves out the trials for which all of it holds. */
  readonly exclude?: readonly Conditions[] | undefined;
  /** All of it must hold for a trial. */
  readonly where?: readonly Conditions[] | undefined;
}

/** Conditions on settings that the sweep does not vary: they would keep all trials or none. */
export function* filterFlaws(
  { exclude = [], where = [] }: Filters,
  swept: readonly string[],
): Generator<Flaw> {
  for (const [key, list] of Object.entries({ exclude, where })) {
    for (const [index, conditions] of list.entries()) {
      for (const path of Object.keys(conditions)) {
        if (swept.some((other) => `${path}.`.startsWith(`${other}.`) || other.startsWith(`${path}.`))) {
          continue;
        }
        yield { path: [key, index, path], message: "is the same in every trial: the sweep does not vary it" };
      }
    }
  }
}

function* conditionFlaws(conditions: Conditions): Generator<Flaw> {
  if (Object.keys(conditions).length === 0) {
    yield { path: [], message: "must name at least one setting, found none" };
  }
  for (const [path, written] of Object.entries(conditions)) {
    const message = comparisonFlaw(path, written);
    if (message !== undefined) yield { path: [path], message };
  }
}
