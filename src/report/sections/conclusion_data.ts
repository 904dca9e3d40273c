import { formatSpread, METRIC } from "../../tables/metrics.ts";
import {
  conclude,
  type Conclusions,
  type TrialConclusion,
  type Warning,
} from "../../analysis/conclusions.ts";
import { pairCount } from "../../metrics/intervals.ts";
import { oncePerInput, type ReportModel, runsUnderWay, shownValue, trainingCount } from "../report_model.ts";
import { unlikeTrials } from "./table_data.ts";

const MAX_NAMED = 12;

/** What the results allow to say: of every trial how it compares with the best, and what weakens that. */
export const concludeReport = oncePerInput((model): Conclusions => {
  const { ranking, set, input: { rows, objective, validationImages, ranges } } = model;
  const trials = ranking.map(({ trial }) => ({ trial, parameters: set(trial) }));
  const underWay = runsUnderWay(model);
  const concluded = conclude({ rows, objective, trials, validationImages, ranges, underWay });
  return {
    ...concluded,
    warnings: concluded.warnings.filter((warning) => warning.kind !== "edge" || mayGoOn(warning, model)),
  };
});

/** Whether a value beyond an edge could be better: where trials validate on other rows their order says nothing of it, and there are no more rows than all. */
function mayGoOn(
  { path, value }: Extract<Warning, { kind: "edge" }>,
  model: Omit<ReportModel, "t">,
): boolean {
  const { metric } = model.input.objective;
  if (METRIC[metric].on !== "test" && unlikeTrials(model).includes(path)) return false;
  return path !== "preprocess.limit" || value < (trainingCount(model) ?? Infinity);
}

/** Conclusions in sentences, the most important first; empty where there is nothing to compare. */
export function conclusionSentences(model: ReportModel, { trials, ranked, warnings }: Conclusions): string[] {
  const { t } = model;
  const named = (verdict: TrialConclusion["verdict"], among = trials) => {
    const found = among.filter((trial) => trial.verdict === verdict).map(({ trial }) => String(trial));
    const shown = found.slice(0, MAX_NAMED).join(t.comma);
    const more = found.length > MAX_NAMED ? t.comma + t.table.more(found.length - MAX_NAMED) : "";
    return { count: found.length, list: shown + more };
  };
  const sentences: string[] = [];
  const [alike, uncertain, better, worse, eliminated] = ([
    "not_distinguishable",
    "uncertain",
    "better",
    "worse",
    "eliminated",
  ] as const).map((verdict) => named(verdict));
  if (alike.count > 0) {
    const found = trials.filter(({ verdict }) => verdict === "not_distinguishable");
    const same = found.filter(({ difference }) => difference?.low === null).length;
    sentences.push(t.conclusions.alike(alike.count, alike.list, same));
  }
  if (uncertain.count > 0) {
    const counts = { ranked, pairs: pairCount(ranked) };
    sentences.push(t.conclusions.uncertain(uncertain.count, uncertain.list, counts));
  }
  if (better.count > 0) sentences.push(t.conclusions.better(better.count, better.list));
  if (worse.count > 0) sentences.push(t.conclusions.worse(worse.count, worse.count === trials.length - 1));
  // Of one seed a warning says it of all; of runs under way, which have no difference yet, the table does.
  if (!warnings.some(({ kind }) => kind === "single_seed")) {
    const unknown = named("unknown", trials.filter(({ difference }) => difference !== null));
    if (unknown.count > 0) sentences.push(t.conclusions.unknown(unknown.count, unknown.list));
  }
  if (eliminated.count > 0) sentences.push(t.conclusions.eliminated(eliminated.count));
  const edges = warnings.filter(({ kind }) => kind === "edge").map((warning) => warningText(model, warning));
  if (edges.length > 0) sentences.push(t.conclusions.edges(edges.join(t.comma)));
  const others = warnings.filter(({ kind }) => kind !== "edge");
  return [...sentences, ...others.map((warning) => warningText(model, warning))];
}

/** By which settings more of the data would validate: not by a limit that leaves nothing out. */
function validationSettings(model: ReportModel): string[] {
  const { points, preprocess } = model.input;
  const { limit } = preprocess ?? {};
  return [
    ...points !== undefined && points.shape !== "own" ? ["dataset.points.count"] : [],
    ...limit !== undefined && limit < (trainingCount(model) ?? Infinity) ? ["preprocess.limit"] : [],
    "preprocess.validation",
  ];
}

/** A warning as a sentence; one of an edge as an item of a list. */
function warningText(model: ReportModel, warning: Warning): string {
  const { t, input: { objective: { metric } } } = model;
  switch (warning.kind) {
    case "single_seed":
      return t.conclusions.singleSeed;
    case "edge": {
      const { path, value, end, values, range } = warning;
      const [name, shown, ...ends] = [
        model.title(path),
        ...[value, ...range ?? []].map((n) => shownValue(n, t)),
      ];
      return range === undefined
        ? t.conclusions.edge(name, shown, end, values)
        : t.conclusions.edgeOfRange(name, shown, end, ends);
    }
    case "seed_spread":
      return t.conclusions.seedSpread(
        formatSpread(metric, warning.seeds),
        formatSpread(metric, warning.trials),
      );
    case "few_images":
      return t.conclusions.fewImages(
        warning.images,
        model.paths.some((path) => /^preprocess\.(?:limit|validation)$/.test(path)),
        warning.difference < 1 ? (100 * warning.difference).toFixed(1) : null,
        validationSettings(model).join(t.comma),
      );
    case "test_metric":
      return t.conclusions.testMetric(METRIC[metric].label[t.language]);
  }
}
