import type { References } from "../../src/config/schemas/reference_schema.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { compareWithReferences, type TrialComparison } from "../../src/analysis/references.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";
import type { Language, Texts } from "../../src/text/language.ts";
import { markdownTable, right } from "../../src/text/markdown.ts";
import { formatSigned } from "../../src/text/numbers.ts";
import { textTable } from "../../src/text/text_table.ts";
import { METRIC, type Metric } from "../../src/tables/metrics.ts";
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

/** What the table says. */
const WORDS = {
  en: {
    titles: ["metric", "trial", "reference", "tolerance", "found", "difference"],
    metric: (name: string) => name,
    none: "none",
    within: { true: "ok", false: "OUTSIDE" },
  },
  ja: {
    titles: ["指標", "試行", "参照値", "許容範囲", "結果", "差"],
    metric: (name: Metric) => METRIC[name].label.ja,
    none: "なし",
    within: { true: "範囲内", false: "範囲外" },
  },
};

/** The comparisons as a table that reads as plain text and as Markdown, in Japanese as plain text; ends without a line break. */
function formatReferenceTable(comparisons: readonly TrialComparison[], language: Language): string {
  const { titles: [first, ...others], ...said } = WORDS[language];
  const columns = [{ title: first }, ...others.map(right), { title: "" }];
  const rows = comparisons.map(({ metric, trial, value, tolerance, found, difference, within }) => [
    said.metric(metric as Metric),
    trial === null ? said.none : String(trial),
    show(value),
    show(tolerance),
    found === null ? said.none : show(found),
    difference === null ? "" : formatSigned(show(difference)),
    said.within[`${within}`],
  ]);
  return language === "ja" ? textTable(columns, rows).trimEnd() : markdownTable(columns, rows);
}

/** Six significant digits at most. */
function show(value: number): string {
  return String(Number(value.toPrecision(6)));
}
