import type { RowKind } from "../data/catalogue.ts";
import { ROW_NAMES } from "../data/row_names.ts";
import type { Language } from "../text/language.ts";
import { formatCount, formatCounted } from "../text/numbers.ts";
import type { DescribedData, ExperimentState } from "./list/summary.ts";

const en = {
  language: "en" as Language,
  /** Between two items. */
  comma: ", ",
  title: "Experiments",
  lead: "What is running, and what has been.",
  otherLanguage: "日本語",
  noScript: "This page shows experiments as they run, which takes JavaScript.",
  search: "Search",
  searchHint: "name, folder or data set",
  show: "Show",
  all: "all",
  states: {
    running: "running",
    interrupted: "interrupted",
    failed: "runs failed",
    damaged: "cannot be read",
    finished: "finished",
  } satisfies Record<ExperimentState, string>,
  /** Those that have no name. */
  datasets: {
    points: "points in a plane",
    idx: "own IDX files",
    csv: "own CSV table",
    npz: "own .npz",
    folder: "own folder of pictures",
  } satisfies Record<DescribedData, string> as Readonly<Record<string, string>>,
  shown: (shown: number, all: number) => `${formatCount(shown)} of ${formatCounted(all, "experiment")} shown`,
  none: "There is no experiment yet. It appears here as soon as one begins: deno task sweep",
  noneFound: "No experiment is like that.",
  of: (done: number, all: number) => `${formatCount(done)} / ${formatCount(all)}`,
  trial: (trial: number) => `trial ${trial}`,
  left: (time: string) => `${time} left`,
  unknownLeft: "time left not known yet",
  lost: "The server does not answer: what is shown is what was known last. It is asked again each second.",
  over:
    "The sweep has ended, and its viewer with it: what is shown is all that there was to show. deno task view shows it again.",
  gone: "This folder is gone. If it comes back, it is shown again.",
  back: "All experiments",
  progress: {
    title: "progress",
    preparing: "getting the data ready",
    steps: {
      download: "getting the data",
      preprocess: "preparing the data",
      report: "writing the report",
    },
    runs: (done: number, all: number) => `${formatCount(done)} of ${formatCounted(all, "run")} ended`,
    diverged: (count: number) => `${formatCount(count)} diverged`,
    failed: (count: number) => `${formatCount(count)} failed`,
    legs: (done: number, all: number) => `${formatCount(done)} of ${formatCounted(all, "training")} ended`,
    rung: (rung: number, rungs: number, trials: number, epochs: number) =>
      `rung ${rung} of ${rungs}: ${formatCounted(trials, "trial")}, ${formatCounted(epochs, "epoch")}`,
    rate: (speed: string, rows: RowKind) => `${speed} ${ROW_NAMES[rows].en}/s`,
    workers: "What the workers do",
    machines: "The machines",
    machine: (workers: number, rate: string) => `${formatCounted(workers, "worker")}, ${rate}`,
    silent: "silent: nothing was heard of it for a while, and its runs go to others",
    idle: "idle",
    seed: (seed: number) => `seed ${seed}`,
    epoch: (epoch: number, epochs: number) => `epoch ${epoch} / ${epochs}`,
    bar: "how much is done",
    more: (count: number) => `and ${formatCount(count)} more`,
  },
  running:
    "The sweep is at work: what stands below is of the runs that have ended, and changes with each that ends.",
  interrupted:
    "The sweep was interrupted: what stands below is what it had told until then. Started again, it goes on from there.",
  interruptedBefore:
    "A sweep was interrupted here before its first run: what stands below are the results of the one before it.",
  remarks: "What the sweep said",
  /** In the place of a page. */
  missing: {
    title: "Not found",
    page: "There is no page at this address.",
    experiment: "There is no such experiment, or no longer.",
    run: "There is no such run, or no longer.",
    weights: "There are no weights of this run in the results folder.",
    grades: "There are no such grades, or no longer.",
    feedback: "There is no such feedback, or no longer.",
    gradesFile: "There is no such page among these grades.",
  },
};

export type ViewWords = typeof en;

const ja: ViewWords = {
  language: "ja",
  comma: "、",
  title: "実験の一覧",
  lead: "実行中の実験と、これまでの実験です。",
  otherLanguage: "English",
  noScript: "このページは実行中の実験を表示するため、JavaScript が必要です。",
  search: "検索",
  searchHint: "名前・フォルダ・データセット",
  show: "表示",
  all: "すべて",
  states: {
    running: "実行中",
    interrupted: "中断",
    failed: "失敗あり",
    damaged: "読み込めません",
    finished: "完了",
  },
  datasets: {
    points: "平面上の点",
    idx: "自分の IDX ファイル",
    csv: "自分の CSV",
    npz: "自分の .npz",
    folder: "自分の画像フォルダー",
  },
  shown: (shown, all) => `${formatCount(all)} 件中 ${formatCount(shown)} 件を表示`,
  none: "実験はまだありません。deno task sweep で始めると、すぐここに現れます。",
  noneFound: "条件に合う実験はありません。",
  of: (done, all) => `${formatCount(done)} / ${formatCount(all)}`,
  trial: (trial) => `試行 ${trial}`,
  left: (time) => `残り ${time}`,
  unknownLeft: "残り時間はまだわかりません",
  lost: "サーバーが応答しません。表示しているのは最後にわかっていた内容です。1 秒ごとに再接続を試みます。",
  over:
    "スイープが終わったので、このビューアも終了しました。表示しているのは最後の内容です。もう一度見るには deno task view を実行してください。",
  gone: "このフォルダはなくなりました。戻れば再び表示します。",
  back: "実験の一覧",
  progress: {
    title: "進み具合",
    preparing: "データを準備しています",
    steps: {
      download: "データを取得しています",
      preprocess: "データを前処理しています",
      report: "レポートを書いています",
    },
    runs: (done, all) => `訓練 ${formatCount(all)} 回中 ${formatCount(done)} 回が終了`,
    diverged: (count) => `発散 ${formatCount(count)}`,
    failed: (count) => `失敗 ${formatCount(count)}`,
    legs: (done, all) => `段階ごとの訓練 ${formatCount(all)} 回中 ${formatCount(done)} 回が終了`,
    rung: (rung, rungs, trials, epochs) =>
      `${rungs} 段階中の第 ${rung} 段階：${formatCount(trials)} 試行、${formatCount(epochs)} エポック`,
    rate: (speed, rows) => `毎秒 ${speed} ${ROW_NAMES[rows].counter}`,
    workers: "ワーカーの状況",
    machines: "マシン",
    machine: (workers, rate) => `ワーカー ${formatCount(workers)} 個、${rate}`,
    silent: "応答なし（しばらく連絡がありません。途中の訓練は別のマシンが引き受けます）",
    idle: "待機中",
    seed: (seed) => `シード ${seed}`,
    epoch: (epoch, epochs) => `エポック ${epoch} / ${epochs}`,
    bar: "完了した割合",
    more: (count) => `ほか ${formatCount(count)} 件`,
  },
  running: "スイープは実行中です。以下はこれまでに終了した訓練の結果で、ひとつ終了するたびに変わります。",
  interrupted:
    "スイープは中断されました。以下は中断までにわかった結果です。もう一度実行すると、続きから始まります。",
  interruptedBefore:
    "ここでのスイープは、最初の訓練が始まる前に中断されました。以下は、その前のスイープの結果です。",
  remarks: "スイープからのお知らせ",
  missing: {
    title: "見つかりません",
    page: "このアドレスのページはありません。",
    experiment: "この実験はないか、なくなりました。",
    run: "この訓練はないか、なくなりました。",
    weights: "この訓練の重みは、結果フォルダにありません。",
    grades: "この採点結果はないか、なくなりました。",
    feedback: "このフィードバックはないか、なくなりました。",
    gradesFile: "この採点結果に、このページはありません。",
  },
};

/** What the pages of the viewer say. */
export function viewWords(language: Language): ViewWords {
  return language === "ja" ? ja : en;
}
