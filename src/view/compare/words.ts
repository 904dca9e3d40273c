import type { Language } from "../../text/language.ts";
import { formatCount, formatCounted } from "../../text/numbers.ts";

/** What the viewer says of a comparison besides what its page says anywhere. */
export type CompareViewWords = typeof en;

export function compareViewWords(language: Language): CompareViewWords {
  return language === "ja" ? ja : en;
}

const en = {
  title: "Comparison",
  soFar: (ended: number, all: number) =>
    `so far: ${formatCount(ended)} of ${formatCounted(all, "run")} of its sweep have ended`,
  anySoFar: "A sweep is not at its end: what is said here is so far, and changes as runs end.",
  anyInterrupted: "A sweep was interrupted: what is said of it is what was known then.",
  dataByName:
    "Data are compared by name, as the hashes of a sweep's data are known at its end only. Of own files nobody knows yet whether they are the same.",
  gone: (id: string) => `${id}: there is no such experiment, or no longer.`,
  nothing: (name: string) => `${name} is left out: none of its runs has begun.`,
  noBest: (name: string, metric: string) =>
    `${name} is left out: no run has ended with a ${metric} yet, so its best trial is not known.`,
  noTrial: (name: string, trial: number) => `${name} has no runs of a trial ${trial}: it is left out.`,
  unreadable: (name: string, why: string) => `${name} is left out: ${why}`,
  tooFew: "There must be two or more to compare: tick them in the list, or trials on an experiment's page.",
  tooMany: (most: number) => `The first ${most} are compared.`,
  file: "The same as a file of its own:",
  compare: (count: number) => `Compare ${formatCount(count)}`,
  tick: (name: string) => `compare ${name}`,
  these: "Compare these trials",
  tickTwo: "Tick two or more to compare them.",
};

const ja: CompareViewWords = {
  title: "比較",
  soFar: (ended, all) => `途中経過：スイープの訓練 ${formatCount(all)} 回中 ${formatCount(ended)} 回が終了`,
  anySoFar:
    "まだ終わっていないスイープがあります。ここに書かれているのは途中経過で、訓練が終了するたびに変わります。",
  anyInterrupted: "中断されたスイープがあります。その内容は、中断までにわかったものです。",
  dataByName:
    "データは名前で比べています（データのハッシュ値がわかるのはスイープが終わってからです）。手元のファイルの場合、同じデータかどうかはまだわかりません。",
  gone: (id) => `${id}：このような実験はないか、なくなりました。`,
  nothing: (name) => `${name} は除きました。まだ始まった訓練がありません。`,
  noBest: (name, metric) =>
    `${name} は除きました。${metric}を得て完了した訓練がまだなく、最良の試行が決まっていません。`,
  noTrial: (name, trial) => `${name} には試行 ${trial} の訓練がないため、除きました。`,
  unreadable: (name, why) => `${name} は除きました：${why}`,
  tooFew: "比べるには 2 つ以上必要です。一覧で実験に、または実験のページで試行にチェックを付けてください。",
  tooMany: (most) => `最初の ${most} 件を比べています。`,
  file: "同じ内容を 1 つのファイルに書き出すコマンド：",
  compare: (count) => `${formatCount(count)} 件を比較`,
  tick: (name) => `${name} を比較する`,
  these: "これらの試行を比較",
  tickTwo: "2 つ以上にチェックを付けると比較できます。",
};
