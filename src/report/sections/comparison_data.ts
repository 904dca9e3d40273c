import type { Comparison, MetricChange } from "../../analysis/comparison.ts";
import { pairCount } from "../../metrics/intervals.ts";
import type { Objective } from "../../analysis/ranking.ts";
import type { RowKind } from "../../data/catalogue.ts";
import { METRIC, type Metric } from "../../tables/metrics.ts";
import { formatDifference, letter, onOtherData, rowSettings } from "../comparison_text.ts";
import { type CompareMessages, compareMessages } from "../messages/compare.ts";
import type { Messages } from "../messages/en.ts";

/** How a trial came to be compared. */
export interface ComparedChoice {
  /** Of how many trials it is the best; 1 where it was named, or is the only one. */
  readonly bestOf: number;
  readonly objective: Objective;
}

/** What a comparison says in sentences. */
export interface ComparisonVerdict {
  /** The answer. */
  readonly verdict: string;
  /** What weakens it. */
  readonly cautions: readonly string[];
}

/** Whether the other trials are better than the first, by what, and how sure that is. */
export function comparisonVerdict(
  comparison: Comparison,
  { choices, rows = "images", t }: { choices: readonly ComparedChoice[]; rows?: RowKind; t: Messages },
): ComparisonVerdict {
  const said = compareMessages(t.language, rows);
  const { names, seeds, metrics, compared } = comparison;
  const letters = names.map((_, i) => letter(i));
  if (onOtherData(comparison)) return { verdict: said.otherData(letters), cautions: [] };
  const { metric, sentence } = judge(comparison, { choices, said, t });
  const label = METRIC[metric].label[t.language];
  const changes = metrics.find((found) => found.metric === metric)?.changes ?? [];
  const verdicts = letters.slice(1).map((other, i) =>
    changeSentence(changes[i + 1] ?? null, { other, label, metric, compared, t })
  );
  const cautions = [sentence];
  const others = METRIC[metric].on === "test" ? [] : rowSettings(comparison);
  if (others.length > 0) cautions.push(said.otherImages(label, others.join(t.comma)));
  if (seeds.left_out.length > 0 && seeds.common.length > 0) {
    cautions.push(said.leftOut(seeds.left_out.join(t.comma)));
  }
  if (choices.some(({ objective }) => METRIC[objective.metric].on === "test")) {
    cautions.push(said.chosenByTest);
  }
  return { verdict: verdicts.join(t.space), cautions: cautions.filter((caution) => caution !== "") };
}

/**
 * The metric that decides, and why it is that one: the first trial's objective; but the best of several by validation looks better there
 * than it is, so that then the test images decide.
 */
function judge(
  { metrics }: Comparison,
  { choices, said, t }: { choices: readonly ComparedChoice[]; said: CompareMessages; t: Messages },
): { metric: Metric; sentence: string } {
  const own = choices[0].objective.metric;
  const best = choices.findIndex(({ bestOf, objective }) =>
    bestOf > 1 && METRIC[objective.metric].on !== "test"
  );
  const tested = metrics.some(({ metric, values }) =>
    metric === "test_accuracy" && values.every(({ n }) => n > 0)
  );
  if (best < 0 || !tested || METRIC[own].on === "test") return { metric: own, sentence: "" };
  const by = METRIC[choices[best].objective.metric].label[t.language];
  return {
    metric: "test_accuracy",
    sentence: said.judgedByTest(letter(best), choices[best].bestOf, by),
  };
}

function changeSentence(
  change: MetricChange | null,
  { other, label, metric, compared, t }: {
    other: string;
    label: string;
    metric: Metric;
    compared: number;
    t: Messages;
  },
): string {
  const said = compareMessages(t.language);
  if (change === null || change.difference.mean === null) return said.noPair(other, label);
  const { difference: { n, mean, low, high }, verdict } = change;
  const amount = formatDifference(metric, mean, said);
  if (verdict === "same") return said.same(other, label, n);
  if (low === null || high === null) {
    return n > 1 ? said.equalPairs(other, label, amount, n) : said.onePair(other, label, amount);
  }
  const interval = t.conclusions.interval(
    formatDifference(metric, low, said),
    formatDifference(metric, high, said),
  );
  const told = `${label} ${amount}`;
  if (verdict === "better") return said.better(other, told, interval, n);
  if (verdict === "worse") return said.worse(other, told, interval, n);
  if (verdict === "uncertain") {
    return said.maybeChance(other, told, interval, {
      seeds: n,
      trials: compared,
      pairs: pairCount(compared),
    });
  }
  return said.notDistinguishable(other, told, interval, n);
}
