import type { References } from "../../src/config/schemas/reference_schema.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { compareWithReferences, formatReferenceTable } from "../../src/analysis/references.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";

type Referring = Pick<Experiment, "report" | "sweep"> & { readonly reference?: References | undefined };

/** Throws a UserError, before anything is trained, where a reference names a trial that there will not be. */
export function refuseImpossibleReferences({ reference = [] }: Referring, trials: number): void {
  for (const [i, { trial }] of reference.entries()) {
    if (trial === undefined || trial < trials) continue;
    throw new UserError(
      say((t) => t.errors.noSuchTrial({ reference: i + 1, last: trials - 1, found: trial })),
    );
  }
}

/** A line that says the results agree, null without a reference. Throws a UserError of exit code 1, with a table, where one does not. */
export function checkReferences(rows: readonly RunRow[], experiment: Referring): Texts | null {
  const { reference } = experiment;
  if (reference === undefined) return null;
  const comparisons = compareWithReferences(rows, {
    references: reference,
    objective: objectiveOf(experiment),
  });
  const outside = comparisons.filter(({ within }) => !within).length;
  if (outside === 0) return say((t) => t.sweep.agrees(comparisons.length));
  throw new UserError(
    say((t) =>
      `${t.errors.outsideTolerance(outside, comparisons.length)}\n\n${
        formatReferenceTable(comparisons, t.language)
      }`
    ),
    { exitCode: 1 },
  );
}
