import { percent } from "../ui/numbers.ts";
import type { Language } from "../../text/language.ts";
import type { Advice, Flaw } from "./flaws.ts";
import type { Setting } from "./state.ts";

/** A flaw of a layer's units. */
type UnitsOf<Kind extends Flaw["kind"]> = Extract<Flaw, { readonly kind: Kind }>;

function either(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join() : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
}

/** What may help, of which each ends in a verb's dictionary form. */
function mayHelp(choices: readonly string[]): string {
  return `${choices.join("か、")}とよいかもしれません。`;
}

const enVariance = (share: number | null) =>
  share === null ? "all training points are at one place" : `${percent(share)} of the variance`;
const jaVariance = (share: number | null) =>
  share === null ? "訓練データはすべて 1 点に重なっています" : `分散の ${percent(share)}`;

const en = {
  failed: (message: string) => `The training cannot go on: ${message}`,
  few: "Place points of both classes: at least two, and one more than is held out for validation.",
  tryThis: "Try",
  data: "Data",
  network: "Network",
  learning: "Learning",
  shapes: {
    gaussians: "Gauss",
    circle: "Circle",
    xor: "XOR",
    moons: "Moons",
    spirals: "Spirals",
    curve: "Curve",
    own: "Own",
    strokes: "Digits",
  } satisfies Record<Setting["data"], string>,
  shape: "Data set",
  count: "Points",
  noise: "Noise",
  dataSeed: "Seed of the points",
  validation: "Held out for validation",
  tool: "A click sets",
  tools: { zero: "● class 0", one: "■ class 1", erase: "erase" },
  clear: "Remove all",
  edit: "Edit these points",
  hidden: "Hidden layers",
  addLayer: "Add a hidden layer",
  removeLayer: "Remove the last hidden layer",
  addUnit: (layer: number) => `Add a unit to hidden layer ${layer}`,
  removeUnit: (layer: number) => `Remove a unit of hidden layer ${layer}`,
  units: "Units of the hidden layer",
  noUnits: "none",
  activation: "Activation",
  byLayer: "by layer",
  activationOf: (layer: number) => `Activation of hidden layer ${layer}`,
  init: "Initial weights",
  methods: { gaussian: "gaussian", xavier: "xavier", he: "he" },
  sigma: "Sigma σ",
  bias: "Initial bias",
  biases: { gaussian: "as weights", zero: "zero" },
  seed: "Seed",
  rate: "Learning rate",
  batch: "Batch",
  online: "1 (online)",
  full: "all (full)",
  optimizer: "Optimizer",
  epochs: "Epochs",
  speed: "Speed",
  perSecond: (batches: number) => `${batches} ${batches === 1 ? "batch" : "batches"}/s`,
  stepBatch: "1 batch",
  stepEpoch: "1 epoch",
  toEnd: (epoch: number) => `To epoch ${epoch}`,
  epoch: "Epoch",
  batchCount: "Batch",
  loss: "Loss",
  accuracy: "Accuracy",
  training: "training",
  heldOut: "validation",
  lossChart: "Loss after each epoch",
  accuracyChart: "Accuracy after each epoch",
  field: "Decision field",
  fieldLabel: "The plane in the colours of the class that the network takes each place for, with the points",
  fieldNote: "Filled: training points. Hollow: validation points. Line: where both classes are as likely.",
  inputField: (input: number) => `Input x${input === 1 ? "₁" : "₂"}`,
  unitField: (layer: number, unit: number) => `Hidden layer ${layer}, unit ${unit}`,
  outputField: (label: number) => `Output: class ${label}`,
  bump: (bias: string, weights: string) => `b = ${bias}; w = ${weights}`,
  space: "Hidden space",
  spaceLabel:
    "The plane's grid as the last hidden layer bends it, with the points and the output layer's line",
  bend: "Plane ↔ hidden space",
  along: "Seen along",
  views: { principal: "main directions", output: "across the line" },
  axisUnit: (unit: number) => `unit ${unit}`,
  axisDirection: (index: number) => `direction ${index}`,
  axisDistance: "distance from the line",
  noHidden: "No hidden layer: the output layer draws its line in the plane itself.",
  twoUnits: "The two units of the last hidden layer are the axes.",
  oneUnit: "One unit is one axis; the classes are drawn above and below it.",
  principal: (units: number, share: number | null) =>
    `${units} units along their two main directions: ${
      enVariance(share)
    }. The line is where the output decides in this plane; a point off it may be decided otherwise.`,
  across: (units: number, share: number | null) =>
    `${units} units: the distance from the output's hyperplane, and along it the main direction: ${
      enVariance(share)
    }.`,
  parted: (points: number) =>
    `Linearly separable: the output layer has all ${points} training points on their right sides.`,
  partable: (wrong: number, points: number) =>
    `Linearly separable, but the output layer is not there yet: ${wrong} of ${points} training points are on the wrong side.`,
  inseparable: (wrong: number, points: number) =>
    `Not linearly separable: no line or hyperplane parts the classes here. ${wrong} of ${points} training points are on the wrong side.`,
  unknown: (wrong: number, points: number) =>
    `${wrong} of ${points} training points are on the wrong side, and 100 rounds of the perceptron found no hyperplane that parts them.`,
  digitWeights: "Weights of the hidden units",
  digitWeightsLabel:
    "For each hidden unit, its weights to the 28 x 28 pixels: blue negative, orange positive",
  digitWeightsNote: (most: string) =>
    `Each square is one unit's weights to the 28 × 28 pixels. Full colour: ±${most}.`,
  outputWeights: "Weights of the outputs 0 to 9",
  netLabel: "The network: its weights as lines, its units with the fields that they draw in the plane",
  netNote:
    "Line: weight, orange positive, blue negative. Square in a unit: its bias. Touch a unit to see its field.",
  graph: "These weights in the graph",
  flaws: {
    title: "What stands in the way",
    none: "Nothing that this page knows of: no plateau, no saturated layer, no dead unit.",
    early: (epochs: number) =>
      `No saturated layer, no dead unit. Whether this is a plateau is not known before ${epochs} epochs.`,
    diverged:
      "Diverged: the loss is no longer a number. The steps were too large. Lower the learning rate and start again.",
    advice: {
      larger_sigma: "a larger sigma, xavier or he",
      smaller_sigma: "a smaller sigma",
      he: "he",
      larger_rate: "a higher learning rate",
      smaller_rate: "a lower learning rate",
      fewer_layers: "fewer layers",
      another_activation: "another activation",
      another_seed: "another seed",
      more_units: "more units",
      other_bias: "an initial bias other than zero",
      hidden_layer: "a hidden layer",
    } as Record<Advice, string>,
    plateau: (small: boolean, advice: readonly string[]) =>
      `Plateau${
        small ? " by small weights" : ""
      }: for 5 epochs the loss has stayed at that of guessing, and the last hidden layer says nearly the same of every point. Try ${
        either(advice)
      }.`,
    saturated: ({ layer, flat, of }: UnitsOf<"saturated">, advice: readonly string[]) =>
      `Saturated: ${flat} of ${of} units of hidden layer ${layer} are saturated. At 90% of the training points or more, their slope is less than 1/20 of its largest. Try ${
        either(advice)
      }.`,
    dead: ({ layer, dead, of, born }: UnitsOf<"dead">, advice: Record<"born" | "later", readonly string[]>) =>
      `Dead: ${dead} of ${of} units of hidden layer ${layer} give 0 for every training point, so no delta passes them. ${
        born === 0
          ? `Try ${either(advice.later)}.`
          : born === dead
          ? `This was so before the first step. Try ${either(advice.born)}.`
          : `Before the first step it was so for ${born} of them: try ${
            either(advice.born)
          }. For the rest, try ${either(advice.later)}.`
      }`,
    inseparable: (hidden: boolean, advice: readonly string[]) =>
      `Not linearly separable: no line parts the classes of the training points, and ${
        hidden ? "with identity in every hidden layer" : "without hidden layers"
      } a network draws no other boundary. Try ${either(advice)}.`,
    rules: "How these are found",
    rulePlateau:
      "Plateau: over 5 epochs the training loss fell by less than 1% of the loss of guessing (the entropy of the labels) and is within 5% of it, and no unit of the last hidden layer has a standard deviation above 0.1 over the training points (sigmoid: 0.025).",
    ruleSaturated:
      "Saturated: half of a layer's units or more have a slope below 1/20 of the largest (tanh: |a| > 0.975) at 90% of the training points or more, while training accuracy is below 95%.",
    ruleDead: "Dead: a relu unit gives exactly 0 for every training point (of digits: for the first 500).",
    ruleInseparable:
      "Not linearly separable: no line parts the training points, every hidden layer, if any, is identity, and training accuracy is below 95%.",
  },
  reproduce: "Reproduce",
  reproduceNote: "The same engine on your machine gives the same weights, bit for bit:",
  saveAs: "1. Save as lab.yaml",
  run: "2. Run",
  compare: "3. Compare with results/lab/results.csv",
  untrained: (epochs: number) => `Nothing is trained yet: the config says ${epochs} epochs. Press play.`,
  unfinished: (epochs: number) => `No epoch is over yet: the config says ${epochs} epochs.`,
  nothingAfter: "Diverged: there are no numbers to compare.",
  within: (epochs: number) => `After epoch ${epochs}, as many as the config says.`,
  copy: "Copy",
  copied: "Copied",
};

export type PlaygroundWords = typeof en;

const ja: PlaygroundWords = {
  failed: (message) => `訓練を続けられません：${message}`,
  few: "両方のクラスの点を置いてください。2 個以上で、検証に回す分より多く必要です。",
  tryThis: "試してみよう",
  data: "データ",
  network: "ネットワーク",
  learning: "学習",
  shapes: {
    gaussians: "正規分布",
    circle: "円",
    xor: "XOR",
    moons: "三日月",
    spirals: "らせん",
    curve: "曲線",
    own: "自作",
    strokes: "数字",
  },
  shape: "データの種類",
  count: "点の数",
  noise: "ノイズ",
  dataSeed: "点のシード",
  validation: "検証データの割合",
  tool: "クリックで",
  tools: { zero: "● クラス 0", one: "■ クラス 1", erase: "消す" },
  clear: "すべて消す",
  edit: "この点を編集する",
  hidden: "隠れ層",
  addLayer: "隠れ層を加える",
  removeLayer: "最後の隠れ層を除く",
  addUnit: (layer) => `隠れ層 ${layer} にユニットを加える`,
  removeUnit: (layer) => `隠れ層 ${layer} のユニットを減らす`,
  units: "隠れ層のユニット数",
  noUnits: "なし",
  activation: "活性化関数",
  byLayer: "層ごと",
  activationOf: (layer) => `隠れ層 ${layer} の活性化関数`,
  init: "重みの初期値",
  methods: { gaussian: "gaussian", xavier: "xavier", he: "he" },
  sigma: "σ",
  bias: "バイアスの初期値",
  biases: { gaussian: "重みと同じ", zero: "0" },
  seed: "シード",
  rate: "学習率",
  batch: "バッチサイズ",
  online: "1 オンライン",
  full: "全件",
  optimizer: "最適化手法",
  epochs: "エポック数",
  speed: "速さ",
  perSecond: (batches) => `毎秒 ${batches} 反復`,
  stepBatch: "1 反復",
  stepEpoch: "1 エポック",
  toEnd: (epoch) => `${epoch} エポックまで`,
  epoch: "エポック",
  batchCount: "反復",
  loss: "損失",
  accuracy: "正解率",
  training: "訓練",
  heldOut: "検証",
  lossChart: "各エポック後の損失",
  accuracyChart: "各エポック後の正解率",
  field: "決定境界",
  fieldLabel: "ネットワークが平面の各場所をどちらのクラスと見なすかを色で表した図と、点",
  fieldNote: "塗りつぶし：訓練データ。白抜き：検証データ。線：決定境界（両クラスの確率が等しい場所）。",
  inputField: (input) => `入力 x${input === 1 ? "₁" : "₂"}`,
  unitField: (layer, unit) => `隠れ層 ${layer} のユニット ${unit}`,
  outputField: (label) => `出力：クラス ${label}`,
  bump: (bias, weights) => `b = ${bias}、w = ${weights}`,
  space: "隠れ層の空間",
  spaceLabel: "最後の隠れ層が平面の格子をどう曲げるかを表した図と、点、出力層が引く直線",
  bend: "平面 ↔ 隠れ層の空間",
  along: "見る方向",
  views: { principal: "主成分", output: "境界からの距離" },
  axisUnit: (unit) => `ユニット ${unit}`,
  axisDirection: (index) => `第 ${index} 主成分`,
  axisDistance: "境界からの距離",
  noHidden: "隠れ層がないので、出力層は平面そのものに直線を引きます。",
  twoUnits: "最後の隠れ層の 2 つのユニットが、そのまま軸です。",
  oneUnit: "ユニットが 1 つなので軸は 1 本です。クラスは軸の上下に分けて描いています。",
  principal: (units, share) =>
    `${units} ユニットを 2 つの主成分の方向から見た図です（${
      jaVariance(share)
    }）。線は、この断面での出力層の境界です。断面から離れた点の判定は、図と異なることがあります。`,
  across: (units, share) =>
    `${units} ユニットを、出力層の境界（超平面）からの距離と、境界に沿った主成分の方向で見た図です（${
      jaVariance(share)
    }）。`,
  parted: (points) => `線形分離可能です。出力層が、訓練データ ${points} 点をすべて正しく分けています。`,
  partable: (wrong, points) =>
    `線形分離可能ですが、出力層はまだ分けられていません。訓練データ ${points} 点のうち ${wrong} 点が逆の側にあります。`,
  inseparable: (wrong, points) =>
    `線形分離不可能です。この空間では、どんな直線や超平面でも分けられません。訓練データ ${points} 点のうち ${wrong} 点が逆の側にあります。`,
  unknown: (wrong, points) =>
    `訓練データ ${points} 点のうち ${wrong} 点が逆の側にあります。パーセプトロンで 100 周探しましたが、分ける超平面は見つかりませんでした。`,
  digitWeights: "隠れ層の各ユニットの重み",
  digitWeightsLabel: "隠れ層のユニットごとの、28 x 28 画素への重み。青は負、橙は正",
  digitWeightsNote: (most) =>
    `四角 1 つが、1 つのユニットの 28 × 28 画素への重みです。最も濃い色が ±${most} です。`,
  outputWeights: "出力 0〜9 の重み",
  netLabel: "ネットワーク。重みを線で、ユニットをその出力が平面に描く模様で表した図",
  netNote:
    "線：重み（橙は正、青は負）。ユニットの中の四角：バイアス。ユニットに触れると、その模様が見えます。",
  graph: "この重みを計算グラフで見る",
  flaws: {
    title: "学習を妨げているもの",
    none: "見つかっていません（停滞、飽和した層、死んだユニットはありません）。",
    early: (epochs) =>
      `飽和した層と死んだユニットはありません。停滞しているかどうかは、${epochs} エポック訓練するまでわかりません。`,
    diverged:
      "発散しました。損失が数値でなくなっています。1 回の更新が大きすぎます。学習率を下げて、最初からやり直しましょう。",
    advice: {
      larger_sigma: "σ を大きくするか、xavier や he を使う",
      smaller_sigma: "σ を小さくする",
      he: "he を使う",
      larger_rate: "学習率を上げる",
      smaller_rate: "学習率を下げる",
      fewer_layers: "層を減らす",
      another_activation: "活性化関数を変える",
      another_seed: "シードを変える",
      more_units: "ユニットを増やす",
      other_bias: "バイアスの初期値を 0 以外にする",
      hidden_layer: "隠れ層を加える",
    },
    plateau: (small, advice) =>
      `${
        small ? "小さな重みによる停滞" : "停滞"
      }（プラトー）：5 エポックのあいだ、損失が当て推量と同じところから動かず、最後の隠れ層の出力もどの点でもほとんど同じです。${
        mayHelp(advice)
      }`,
    saturated: ({ layer, flat, of }, advice) =>
      `飽和：隠れ層 ${layer} の ${of} ユニットのうち ${flat} 個が、訓練データの 90% 以上で飽和しています（傾きが最大値の 1/20 未満）。${
        mayHelp(advice)
      }`,
    dead: ({ layer, dead, of, born }, advice) =>
      `死んだ ReLU：隠れ層 ${layer} の ${of} ユニットのうち ${dead} 個は、どの訓練データに対しても 0 を出すので、誤差が伝わりません。${
        born === 0
          ? mayHelp(advice.later)
          : born === dead
          ? `訓練を始める前からこの状態です。${mayHelp(advice.born)}`
          : `そのうち ${born} 個は、訓練を始める前からこの状態です。${mayHelp(advice.born)}残りについては、${
            mayHelp(advice.later)
          }`
      }`,
    inseparable: (hidden, advice) =>
      `線形分離不可能：訓練データの 2 つのクラスを分けられる直線はありませんが、${
        hidden ? "どの隠れ層も identity" : "隠れ層がないの"
      }で、決定境界は直線にしかなりません。${mayHelp(advice)}`,
    rules: "見つけ方",
    rulePlateau:
      "停滞：直近 5 エポックの訓練損失の減り方が、当て推量の損失（ラベルのエントロピー）の 1% 未満で、損失もその値から 5% 以内にあり、最後の隠れ層のどのユニットも、訓練データ全体での標準偏差が 0.1（sigmoid では 0.025）未満であること。",
    ruleSaturated:
      "飽和：層の半分以上のユニットで、訓練データの 90% 以上に対して傾きが最大値の 1/20 未満（tanh では |a| > 0.975）であり、訓練データの正解率が 95% 未満であること。",
    ruleDead:
      "死んだ ReLU：すべての訓練データに対して、ちょうど 0 を出すこと（数字では最初の 500 枚で調べます）。",
    ruleInseparable:
      "線形分離不可能：訓練データのクラスを分けられる直線がなく、隠れ層がないかすべて identity で、訓練データの正解率が 95% 未満であること。",
  },
  reproduce: "再現する",
  reproduceNote: "手元で同じエンジンを動かすと、1 ビットまで同じ重みになります。",
  saveAs: "1. lab.yaml として保存",
  run: "2. 実行",
  compare: "3. results/lab/results.csv と比べる",
  untrained: (epochs) =>
    `まだ訓練していません。設定ファイルのエポック数は ${epochs} です。再生してください。`,
  unfinished: (epochs) => `まだ 1 エポックも終えていません。設定ファイルのエポック数は ${epochs} です。`,
  nothingAfter: "発散したので、比べる値はありません。",
  within: (epochs) => `エポック ${epochs} を終えたときの値です（設定ファイルのエポック数）。`,
  copy: "コピー",
  copied: "コピーしました",
};

export function playgroundWords(language: Language): PlaygroundWords {
  return language === "ja" ? ja : en;
}
