import { compareReference, type ReferenceComparison } from "../metrics/compare_reference.ts";
import { markdownTable, right } from "../text/markdown.ts";
import { METRIC, type Metric } from "../tables/metrics.ts";
import type { Language } from "../text/language.ts";
import { textTable } from "../text/text_table.ts";
import { type Objective, rankTrials } from "./ranking.ts";
import { formatSigned } from "../text/numbers.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** A metric that an experiment's results should come near to; of the best trial, unless one is named. */
export interface TrialReference {
  readonly metric: Metric;
  readonly value: number;
  readonly tolerance: number;
  readonly trial?: number | undefined;
}

export interface TrialComparison extends ReferenceComparison {
  /** The trial that was compared; null where there is none of this number. */
  readonly trial: number | null;
}

/** Compares means over a trial's seeds. A trial of which a run did not end well has none to compare: the other seeds would flatter it. */
export function compareWithReferences(
  rows: readonly RunRow[],
  { references, objective }: { references: readonly TrialReference[]; objective: Objective },
): TrialComparison[] {
  const ranking = rankTrials(rows, objective);
  return references.map(({ trial, ...target }) => {
    const compared = trial === undefined ? ranking.at(0) : ranking.find((ranked) => ranked.trial === trial);
    const complete = compared !== undefined && compared.ok === compared.runs.length;
    const found = complete ? compared.means[target.metric] : null;
    return { ...compareReference(found, target), trial: compared?.trial ?? null };
  });
}

/** The comparisons as a table that reads as plain text and as Markdown, in Japanese as plain text; ends without a line break. */
export function formatReferenceTable(
  comparisons: readonly TrialComparison[],
  language: Language = "en",
): string {
  if (language === "ja") return japaneseTable(comparisons);
  return markdownTable(
    [{ title: "metric" }, ...["trial", "reference", "tolerance", "found", "difference"].map(right), {
      title: "",
    }],
    comparisons.map(({ metric, trial, value, tolerance, found, difference, within }) => [
      metric,
      trial === null ? "none" : String(trial),
      show(value),
      show(tolerance),
      found === null ? "none" : show(found),
      difference === null ? "" : formatSigned(show(difference)),
      within ? "ok" : "OUTSIDE",
    ]),
  );
}

function japaneseTable(comparisons: readonly TrialComparison[]): string {
  return textTable(
    [{ title: "指標" }, ...["試行", "参照値", "許容範囲", "結果", "差"].map(right), { title: "" }],
    comparisons.map(({ metric, trial, value, tolerance, found, difference, within }) => [
      METRIC[metric as Metric].label.ja,
      trial === null ? "なし" : String(trial),
      show(value),
      show(tolerance),
      found === null ? "なし" : show(found),
      difference === null ? "" : formatSigned(show(difference)),
      within ? "範囲内" : "範囲外",
    ]),
  ).trimEnd();
}

/** Six significant digits at most. */
function show(value: number): string {
  return String(Number(value.toPrecision(6)));
}
