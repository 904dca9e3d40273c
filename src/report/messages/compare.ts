import { METRIC, type Metric } from "../../tables/metrics.ts";
import type { Language } from "../../text/language.ts";
import type { RowKind } from "../../data/catalogue.ts";
import { mapTexts } from "./map_texts.ts";
import { ofRows } from "./row_kind.ts";
import { formatCount, formatCounted } from "../../text/numbers.ts";

// What only a comparison says, on its page and in the terminal: apart from the other messages, as these are in every page's script.

export type CompareMessages = typeof en;

/** Of trials whose data sets are made of such rows. */
export function compareMessages(language: Language, kind: RowKind = "images"): CompareMessages {
  const said = { en, ja }[language];
  return kind === "images" ? said : mapTexts(said, (text) => ofRows(text, { kind, language }));
}

const en = {
  title: (names: readonly string[]) =>
    `${
      (names.length > 2 ? [names[0], formatCounted(names.length - 1, "other")] : names).join(" and ")
    } compared`,
  /** The unit of differences of accuracies. */
  points: "pp",
  verdict: "The verdict",
  better: (other: string, change: string, interval: string, seeds: number) =>
    `${other} is better than A: ${change} (95% interval ${interval}, paired over ${
      formatCounted(seeds, "seed")
    }).`,
  worse: (other: string, change: string, interval: string, seeds: number) =>
    `${other} is worse than A: ${change} (95% interval ${interval}, paired over ${
      formatCounted(seeds, "seed")
    }).`,
  notDistinguishable: (other: string, change: string, interval: string, seeds: number) =>
    `${other} is not distinguishable from A: ${change}, and the 95% interval, ${interval}, ` +
    `paired over ${formatCounted(seeds, "seed")}, holds zero.`,
  /** Of more trials than two, where the interval leaves zero out. */
  maybeChance: (
    other: string,
    change: string,
    interval: string,
    { seeds, trials, pairs }: Record<"seeds" | "trials" | "pairs", number>,
  ) =>
    `${other} differs from A, but not for certain: ${change}, and the 95% interval, ${interval}, ` +
    `paired over ${formatCounted(seeds, "seed")}, leaves zero out, but ${
      formatCounted(trials, "trial")
    } were compared, ` +
    `and one of ${formatCounted(pairs, "pair")} may differ as much by chance.`,
  same: (other: string, metric: string, seeds: number) =>
    `${other} and A have the same ${metric} with ${
      seeds === 1 ? "their common seed" : `each of ${seeds} seeds`
    }.`,
  onePair: (other: string, metric: string, amount: string) =>
    `Whether ${other} is better than A cannot be told: ${metric} ${amount}, but with one common seed only.`,
  equalPairs: (other: string, metric: string, amount: string, seeds: number) =>
    `Whether ${other} is better than A cannot be told: ${metric} ${amount} with each of ${seeds} common seeds, ` +
    "and differences without a spread have no interval.",
  noPair: (other: string, metric: string) =>
    `Whether ${other} is better than A cannot be told: there is no seed with which both ended ok with a ${metric}.`,
  otherData: (letters: readonly string[]) =>
    `${letters.join(", ")} were not run on the same data, so their numbers do not tell which is better.`,
  judgedByTest: (letter: string, trials: number, metric: string) =>
    `The test images decide, as ${letter} is the best of ${
      formatCounted(trials, "trial")
    } by ${metric}, which flatters it there.`,
  otherImages: (metric: string, paths: string) =>
    `Their ${metric} is measured on other images (${paths} differs), which makes part of the difference.`,
  leftOut: (seeds: string) => `Runs with other seeds (${seeds}) are left out everywhere on this page.`,
  chosenByTest: "A trial was chosen by a test metric, which flatters it.",
  draw: (letter: string) => `draw ${letter} in the charts`,
  experiment: (name: string) => `experiment ${name}`,
  data: (name: string) => `data ${name}`,
  bestOf: (count: number, metric: string) => `best of ${formatCounted(count, "trial")} by ${metric}`,
  oneOf: (trial: number, count: number) => `trial ${trial} of ${formatCount(count)}`,
  metrics: "Metrics",
  over: (seeds: number, keepsBest: boolean) =>
    `Means ${keepsBest ? "of the weights that each run kept," : "after the last epoch"} over ${
      formatCounted(seeds, "common seed")
    }.`,
  overOwn: "There is no common seed: each mean is over the trial's own seeds, and no change can be told.",
  spread: "± is the standard deviation over seeds, of accuracies in points.",
  changes: "Changes against A",
  changesNote: (trials: number) =>
    "The other trial minus A, paired over the common seeds, with its 95% interval by Student's t; pp are points." +
    (trials > 2
      ? ` Better and worse are said of a metric where the t test holds at 5% for all pairs of the ${
        formatCount(trials)
      } trials at once (Bonferroni).`
      : ""),
  forest:
    "Dashed is no difference. Every metric has a scale of its own: only marks of the same metric compare.",
  betterSide: (lower: readonly string[]) =>
    `The further to the left the better for ${lower.join(", ")}; for the others, the further to the right.`,
  metric: "metric",
  change: "change",
  against: (letter: string) => `${letter} − A`,
  verdicts: {
    better: "better",
    worse: "worse",
    same: "the same",
    not_distinguishable: "not distinguishable",
    uncertain: "uncertain",
    unknown: "cannot be told",
  },
  settings: "Settings that differ",
  setting: "setting",
  dataset: "data set",
  allSame: "All settings are the same.",
  sameSettings: (count: number) => `${formatCounted(count, "setting")} that are the same`,
  again: "This page was made by:",
  noScript:
    "The charts need JavaScript; the tables do not, and without --html the same command prints the curves too.",

  /** What stands in the terminal and in Markdown; settings go by the names that one types. */
  text: {
    trial: "trial",
    runs: "runs",
    allSame: "All settings are the same",
    metric: (metric: Metric): string => metric,
    noCommonSeed: "no common seed: each mean is over the trial's own seeds, and no change can be told",
    overSeeds: (
      { common, count, leftOut, left }:
        & Record<"common" | "leftOut", string>
        & Record<"count" | "left", number>,
    ) =>
      `over ${formatCounted(count, "common seed")} (${common}); ${
        left === 1 ? "seed" : "seeds"
      } ${leftOut} left out`,
    means: (trials: number) =>
      "Metrics: mean over the seeds ± standard deviation; changes with their 95 % interval, paired over the seeds" +
      (trials > 2 ? "; better and worse hold at 5 % for all pairs of trials at once" : ""),
    oneSeed: (keepsBest: boolean) =>
      `Metrics ${
        keepsBest ? "of the weights that each run kept" : "after the last epoch"
      }; one seed, so how sure a change is cannot be told`,
    noMetrics: "No run ended ok: there is nothing to compare",
    intervalColumn: "95 %",
    interval: (low: string, high: string) => `${low} to ${high}`,
    curve: (metric: Metric, isLog: boolean) => `${metric} by epoch${isLog ? ", log scale" : ""}`,
    /** Below the metrics. */
    otherRows: (paths: string) =>
      `${paths} differs: training and validation metrics are not measured on the same rows, which makes part of their changes`,
    epoch: "epoch",
    apart: (trials: readonly string[]) =>
      `means over fewer runs, as the others had ended: ${trials.join(", ")}`,
    afterEpoch: (letter: string, epoch: number) => `${letter} after epoch ${epoch}`,
  },
};

const ja: CompareMessages = {
  title: (names) =>
    names.length > 2
      ? `${names[0]} とほか ${formatCount(names.length - 1)} 件の比較`
      : `${names.join(" と ")} の比較`,
  points: "ポイント",
  verdict: "比較の結論",
  better: (other, change, interval, seeds) =>
    `${other} は A より優れています：${change}（シードごとに対にした差の 95% 信頼区間は ${interval}、` +
    `シード ${formatCount(seeds)} 個）。`,
  worse: (other, change, interval, seeds) =>
    `${other} は A に劣ります：${change}（シードごとに対にした差の 95% 信頼区間は ${interval}、` +
    `シード ${formatCount(seeds)} 個）。`,
  notDistinguishable: (other, change, interval, seeds) =>
    `${other} と A は区別できません：${change} ですが、シードごとに対にした差の 95% 信頼区間（${interval}、` +
    `シード ${formatCount(seeds)} 個）が 0 を含みます。`,
  maybeChance: (other, change, interval, { seeds, trials, pairs }) =>
    `${other} と A の差は確かとはいえません：${change} で、シードごとに対にした差の 95% 信頼区間（${interval}、` +
    `シード ${formatCount(seeds)} 個）は 0 を含みませんが、${formatCount(trials)} 試行を比べているので、` +
    `${formatCount(pairs)} 組のなかには偶然でもこれほどの差が生じえます。`,
  same: (other, metric, seeds) =>
    `${other} と A の${metric}は、${
      seeds === 1 ? "共通のシードで" : `${formatCount(seeds)} 個のシードのすべてで`
    }同じです。`,
  onePair: (other, metric, amount) =>
    `${other} が A より優れているかどうかは判断できません：${metric} ${amount} ですが、共通のシードがひとつしかありません。`,
  equalPairs: (other, metric, amount, seeds) =>
    `${other} が A より優れているかどうかは判断できません：共通のシード ${seeds} 個のどれでも${metric}の差が ${amount} で、` +
    "ばらつきがないため信頼区間を求められません。",
  noPair: (other, metric) =>
    `${other} が A より優れているかどうかは判断できません：両方が${metric}の値を得て完了した共通のシードがありません。`,
  otherData: (letters) =>
    `${letters.join("、")} は同じデータで訓練したものではないため、${
      letters.length > 2 ? "どれ" : "どちら"
    }が優れているかは数値からは判断できません。`,
  judgedByTest: (letter, trials, metric) =>
    `${letter} は${metric}で選んだ ${
      formatCount(trials)
    } 試行の最良で、${metric}は実力よりよく見えます。そのため、テスト画像の成績で判断しています。`,
  otherImages: (metric, paths) =>
    `${metric}を測った画像が同じではありません（${paths} が異なります）。差の一部はそのためです。`,
  leftOut: (seeds) => `共通でないシード（${seeds}）の訓練は、このページのどこにも含めていません。`,
  chosenByTest: "テストデータの指標で選んだ試行があり、実力よりよく見えます。",
  draw: (letter) => `${letter} をグラフに表示する`,
  experiment: (name) => `実験 ${name}`,
  data: (name) => `データ ${name}`,
  bestOf: (count, metric) => `${metric}による ${formatCount(count)} 試行の最良`,
  oneOf: (trial, count) => `${formatCount(count)} 試行のうちの試行 ${trial}`,
  metrics: "指標",
  over: (seeds, keepsBest) =>
    `${keepsBest ? "各訓練が残した重みでの値" : "最終エポック後の値"}を、共通のシード ${
      formatCount(seeds)
    } 個で平均しています。`,
  overOwn: "共通のシードがありません。平均は各試行のシードについての値で、差は判断できません。",
  spread: "± はシード間の標準偏差です（正解率ではポイント）。",
  changes: "A との差",
  changesNote: (trials) =>
    "A を引いた差を共通のシードごとに対にして求め、t 分布による 95% 信頼区間を付けています。" +
    (trials > 2
      ? `「優れている」「劣る」は、指標ごとに、${
        formatCount(trials)
      } 試行のすべての組をまとめて 5% の水準の t 検定（ボンフェローニの補正）で判定しています。`
      : ""),
  forest:
    "図の破線は差が 0 の位置です。目盛りは指標ごとに異なるので、点の位置を比べられるのは同じ指標どうしだけです。",
  betterSide: (lower) => `${lower.join("、")}は点が左にあるほど、ほかの指標は右にあるほど優れています。`,
  metric: "指標",
  change: "差",
  against: (letter) => `${letter} − A`,
  verdicts: {
    better: "優れている",
    worse: "劣る",
    same: "同じ",
    not_distinguishable: "区別できない",
    uncertain: "確かといえない",
    unknown: "判断できない",
  },
  settings: "異なる設定",
  setting: "設定",
  dataset: "データ",
  allSame: "設定はすべて同じです。",
  sameSettings: (count) => `同じ設定 ${formatCount(count)} 個`,
  again: "このページを作ったコマンド：",
  noScript:
    "グラフの表示には JavaScript が必要です（表はそのまま読めます）。--html を付けずに同じコマンドを実行すると、学習曲線も文字で表示されます。",

  // Colons and brackets are those of ASCII, as in all lines for the terminal.
  text: {
    trial: "試行",
    runs: "訓練の回数",
    allSame: "設定はすべて同じです",
    metric: (metric) => METRIC[metric].label.ja,
    noCommonSeed: "共通のシードがありません。平均は各試行のシードについての値で、差は判断できません",
    overSeeds: ({ common, count, leftOut }) =>
      `共通のシード ${formatCount(count)} 個 (${common}) で比べています。シード ${leftOut} は含めていません`,
    means: (trials) =>
      "指標: シードについての平均 ± 標準偏差。差には、共通のシードごとに対にして求めた 95% 信頼区間を付けています" +
      (trials > 2 ? "。優劣は、すべての組をまとめて 5% の水準で判定しています" : ""),
    oneSeed: (keepsBest) =>
      `${
        keepsBest ? "各訓練が残した重みでの" : "最終エポック後の"
      }指標。シードがひとつなので、差の確からしさは判断できません`,
    noMetrics: "完了した訓練がないため、比べる指標がありません",
    intervalColumn: "95% 信頼区間",
    interval: (low, high) => `${low} 〜 ${high}`,
    curve: (metric, isLog) => `エポックごとの${METRIC[metric].label.ja}${isLog ? " (対数目盛)" : ""}`,
    otherRows: (paths) =>
      `${paths} が異なるため、訓練と検証の指標を測ったデータは同じではありません。差の一部はそのためです`,
    epoch: "エポック",
    apart: (trials) => `先に終わった訓練を除く平均です: ${trials.join("、")}`,
    afterEpoch: (letter, epoch) => `${letter} はエポック ${epoch} より後`,
  },
};
