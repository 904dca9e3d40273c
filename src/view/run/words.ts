import type { Language } from "../../text/language.ts";
import { formatCount, formatCounted } from "../../text/numbers.ts";

/** What a run's page says besides what a report says of it. */
export type RunWords = typeof en;

export function runWords(language: Language): RunWords {
  return language === "ja" ? ja : en;
}

const en = {
  theRun: "The run",
  toRun: "This run: its weights, its layers, and the config that gives it again",
  run: (trial: number, seed: number) => `Trial ${trial}, seed ${seed}`,
  seeds: "Seeds of this trial:",
  seed: (seed: number) => `seed ${seed}`,
  states: {
    ok: "ended",
    diverged: "diverged",
    failed: "failed",
    running: "running",
    waiting: "not begun",
    interrupted: "interrupted",
  },
  trained: (epochs: number) => `Trained for ${formatCounted(epochs, "epoch")}, to the end.`,
  ofLast: (last: number) =>
    `The sweep's last rung has ${formatCounted(last, "epoch")}: this trial did not get that far.`,
  goesOn: "It is among the best of its rung, and is trained on.",
  diverged: (epoch: number) =>
    `It diverged in epoch ${epoch}: a loss or a weight was no longer finite, and the training stopped there.`,
  failed: "It failed: the run could not be done, and nothing was kept of it.",
  at: (epoch: number, epochs: number) => `Epoch ${epoch} of ${epochs}.`,
  soFar: "It is being trained: what stands below is what is known so far, and grows with each epoch.",
  interrupted: "Its sweep was interrupted: what stands below is what was known then.",
  waiting: "The sweep has not come to it yet.",
  others: (seeds: readonly number[]) =>
    seeds.length === 1 ? `in grey: seed ${seeds[0]}` : `in grey: seeds ${seeds.join(", ")}`,
  othersNote: "Grey lines are the same trial with its other seeds; of those training loss is left out.",
  config: {
    heading: "The config that reproduces it",
    how: (file: string) =>
      `This run alone, as a config. Saved as \`configs/${file}\`, it is trained again with \`deno task sweep configs/${file}\`, and gives the same weights, bit for bit.`,
    howUnended: (file: string) =>
      `This run alone, as a config. Saved as \`configs/${file}\`, it is trained with \`deno task sweep configs/${file}\`.`,
    copy: "Copy",
    copied: "Copied",
    selected: "Selected: Ctrl + C copies it",
    weights: "weights_sha256",
  },
  lab: "Draw a digit with these weights",
  noLab: {
    underWay: "A digit can be drawn with its weights once the sweep has ended.",
    unfit: (why: string) => `Its weights cannot read a digit that you draw: ${why}.`,
  },
  missing: {
    heading: "What is not here",
    underWay:
      "Its confusion matrix, its mistakes, its weights and what flows through its layers: a sweep writes the files of its runs at its end.",
    notEnded:
      "A confusion matrix, mistakes and weights: only of a run that ends well are there predictions and weights.",
    file: (file: string) =>
      `What ${file} tells: the file is not in the results folder. The sweep, started again, writes it.`,
    images:
      "Images of its mistakes: a sweep keeps images of the best run of each of its ten best trials only, and this is none of them.",
    imagesOf: (seed: number) => `They are there for seed ${seed}.`,
    problem: (why: string) => `Cannot be shown: ${why}`,
    classes: (found: number, most: number) =>
      `Its confusion matrix: predictions.csv has ${formatCount(found)} classes, and ${most} can be shown.`,
    shape: (file: string) =>
      `The weights as pictures: the first layer of ${file} is of no known shape of images.`,
    notFinite: (file: string) => `The weights as pictures: ${file} has numbers that are not finite.`,
  },
};

const ja: RunWords = {
  theRun: "訓練",
  toRun: "この訓練の詳細：重み・各層の中身・再現するための設定",
  run: (trial, seed) => `試行 ${trial}、シード ${seed}`,
  seeds: "この試行のシード：",
  seed: (seed) => `シード ${seed}`,
  states: {
    ok: "完了",
    diverged: "発散",
    failed: "失敗",
    running: "訓練中",
    waiting: "開始前",
    interrupted: "中断",
  },
  trained: (epochs) => `${formatCount(epochs)} エポックの訓練を最後まで終えました。`,
  ofLast: (last) =>
    `スイープの最終段階は ${formatCount(last)} エポックですが、この試行はそこまで進みませんでした。`,
  goesOn: "この段階の上位に入ったため、訓練が続きます。",
  diverged: (epoch) =>
    `エポック ${epoch} で発散しました。損失または重みが有限の値でなくなり、訓練はそこで止まっています。`,
  failed: "失敗しました。訓練を実行できず、結果は残っていません。",
  at: (epoch, epochs) => `エポック ${epoch} / ${epochs}。`,
  soFar: "訓練の途中です。以下はこれまでにわかった内容で、1 エポックごとに増えていきます。",
  interrupted: "スイープは中断されました。以下は中断までにわかった内容です。",
  waiting: "スイープはまだこの訓練を始めていません。",
  others: (seeds) => `灰色：シード ${seeds.join("、")}`,
  othersNote: "灰色の線は、同じ試行を別のシードで訓練したものです（訓練損失は省略しています）。",
  config: {
    heading: "この訓練を再現する設定",
    how: (file) =>
      `この訓練だけを行う設定です。\`configs/${file}\` に保存して \`deno task sweep configs/${file}\` を実行すると、1 ビットも違わない同じ重みが得られます。`,
    howUnended: (file) =>
      `この訓練だけを行う設定です。\`configs/${file}\` に保存し、\`deno task sweep configs/${file}\` で訓練できます。`,
    copy: "コピー",
    copied: "コピーしました",
    selected: "選択しました（Ctrl + C でコピー）",
    weights: "weights_sha256",
  },
  lab: "この重みで手書き数字を読ませる",
  noLab: {
    underWay: "スイープが終わると、この重みに手書きの数字を読ませることができます。",
    unfit: (why) => `この重みに手書きの数字を読ませることはできません：${why}`,
  },
  missing: {
    heading: "ここにないもの",
    underWay:
      "混同行列・誤分類・重み・各層の活性化と勾配：訓練ごとのファイルは、スイープの最後にまとめて書き出されます。",
    notEnded: "混同行列・誤分類・重み：予測と重みが残るのは、最後まで終わった訓練だけです。",
    file: (file) =>
      `${file} からわかる内容：このファイルは結果フォルダにありません。スイープをもう一度実行すると書き出されます。`,
    images:
      "誤分類の画像：画像が残るのは上位 10 試行それぞれの最良の訓練だけで、この訓練はそこに含まれません。",
    imagesOf: (seed) => `シード ${seed} の画像はあります。`,
    problem: (why) => `表示できません：${why}`,
    classes: (found, most) =>
      `混同行列：predictions.csv のクラスは ${
        formatCount(found)
      } 種類ですが、表示できるのは ${most} 種類までです。`,
    shape: (file) => `重みの画像：${file} の第 1 層が、どの画像の大きさとも合いません。`,
    notFinite: (file) => `重みの画像：${file} に有限でない値が含まれています。`,
  },
};
