import type { CourseActivation } from "../../nn/activation.ts";
import type { Language } from "../../text/language.ts";
import { formatCount } from "../../text/numbers.ts";
import { formatNumber, percent } from "../ui/numbers.ts";
import type { Finding } from "./finding.ts";
import { BATCH, INPUT_SEED, INPUTS } from "./flow.ts";
import type { Method } from "./following.ts";

export interface StartWords {
  readonly activation: string;
  readonly activations: Readonly<Record<CourseActivation, string>>;
  readonly curve: (name: string) => string;
  readonly under: (layer: number) => string;
  readonly showSums: string;
  readonly start: string;
  readonly methods: Readonly<Record<Method, string>>;
  readonly sigma: string;
  readonly sigmaBy: Readonly<Record<Exclude<Method, "gaussian">, string>>;
  readonly depth: string;
  readonly width: string;
  readonly draw: string;
  readonly seed: (seed: number) => string;
  readonly layer: string;
  readonly forward: string;
  readonly back: string;
  readonly weights: (sigma: string) => string;
  readonly sd: string;
  readonly flat: Readonly<Record<CourseActivation, string>>;
  readonly found: (finding: Finding) => string;
  readonly compare: string;
  readonly chart: string;
  readonly chartOf: (what: string) => string;
  readonly byLayer: string;
  readonly why: string;
  readonly because: readonly string[];
  readonly try: string;
  readonly tries: readonly string[];
  readonly made: string;
}

const en: StartWords = {
  activation: "Activation",
  activations: { tanh: "tanh", sigmoid: "sigmoid", relu: "relu", identity: "identity" },
  curve: (name) => `The curve of ${name}, its derivative, and the tangent at x`,
  under: (layer) => `Yellow: where the sums of layer ${layer} fall. Choose another by its number.`,
  showSums: "Show this layer's sums under the curve",
  start: "First weights",
  methods: { gaussian: "gaussian", xavier: "xavier", he: "he" },
  sigma: "σ of every weight",
  sigmaBy: { xavier: "σ = 1/√n for n inputs", he: "σ = √(2/n) for n inputs" },
  depth: "Hidden layers",
  width: "Units in each",
  draw: "Draw again",
  seed: (seed) => `seed ${seed}`,
  layer: "Layer",
  forward: "Activations, on their way down ↓",
  back: "δ, on its way back up ↑",
  weights: (sigma) => `σ ${sigma}`,
  sd: "std",
  flat: { tanh: "saturated", sigmoid: "saturated", relu: "zero", identity: "" },
  found({ kind, layer, amount }) {
    switch (kind) {
      case "exploding":
        return `The values explode: at layer ${layer} their standard deviation is ${formatNumber(amount)}.`;
      case "saturated":
        return `Layer ${layer}: ${
          percent(amount, 0)
        } saturated. The curve is flat there, and lets hardly any δ through.`;
      case "saturated_growing":
        return `Layer ${layer}: ${
          percent(amount, 0)
        } saturated. The curve is flat there, but what passes the rest, times large weights, makes δ grow.`;
      case "fading":
        return `The values fade: standard deviation ${formatNumber(amount)} at layer ${layer}. ` +
          "Whatever the input, the layers below see almost 0.";
      case "same":
        return `From layer ${layer} on, hardly an answer differs from ½ (std ${formatNumber(amount)}): ` +
          "inputs are hardly told apart.";
      case "deltas_fading":
        return `δ fades: layer 1 gets about 1/${
          large(1 / amount, "en")
        } of the last hidden layer's: gradient descent hardly moves its weights.`;
      case "deltas_growing":
        return `δ explodes: at layer 1 it is about ${
          large(amount, "en")
        } times what the last hidden layer has.`;
      case "steady":
        return "Steady: neither the values nor δ fade or explode on their way.";
    }
  },
  compare: "The three side by side",
  chart: "Standard deviation by layer, on a scale of powers of ten",
  chartOf: (what) => `Standard deviation of the ${what}`,
  byLayer: "layer",
  why: "Why 1/√n?",
  because: [
    "A sum of n products w·x is about σ√n times as large as its inputs x. With 784 inputs and σ = 1 that is 28 times, and 10 times at a next layer of 100 units; with σ = 0.01 and 100 inputs it is a tenth.",
    "xavier (here as in the course) makes σ√n one. A relu sets half of the sums to 0, and so halves their mean square; the 2 of the he method makes up for it.",
  ],
  try: "Try",
  tries: [
    "σ from 0.01 up to 1: too small fades, too large saturates. Then xavier.",
    "relu with 10 layers: xavier, then he.",
    "sigmoid with 10 layers: its slope is ¼ at most. What is left of δ at layer 1?",
  ],
  made:
    `Weights: those with which a run on MNIST starts (${INPUTS} inputs, 10 classes) where rng.init is this seed and init.bias is zero. ` +
    `Inputs: normal numbers instead of images, np.random.RandomState(${INPUT_SEED}).randn(${BATCH}, ${INPUTS}); sample b is of class b mod 10. ` +
    "δ is the derivative of a sample's cross entropy by a layer's sums; its bars share one scale. " +
    "Saturated: a slope under 1/20 of the steepest. What lies beyond a scale counts to its last bar.",
};

const ja: StartWords = {
  activation: "活性化関数",
  activations: { tanh: "tanh", sigmoid: "sigmoid", relu: "relu", identity: "identity" },
  curve: (name) => `${name} の曲線と導関数、x での接線`,
  under: (layer) => `黄色：第 ${layer} 層の和がどこに来るか。層の番号を押すと切り替わります。`,
  showSums: "この層の和を曲線の下に表示",
  start: "重みの初期値",
  methods: { gaussian: "gaussian", xavier: "xavier", he: "he" },
  sigma: "すべての重みの σ",
  sigmaBy: { xavier: "σ = 1/√n（n は入力の数）", he: "σ = √(2/n)（n は入力の数）" },
  depth: "隠れ層の数",
  width: "各層のユニット数",
  draw: "引き直す",
  seed: (seed) => `シード ${seed}`,
  layer: "層",
  forward: "活性化後の値（順伝播 ↓）",
  back: "δ（逆伝播 ↑）",
  weights: (sigma) => `σ ${sigma}`,
  sd: "標準偏差",
  flat: { tanh: "飽和", sigmoid: "飽和", relu: "0 の割合", identity: "" },
  found({ kind, layer, amount }) {
    switch (kind) {
      case "exploding":
        return `値が爆発しています。第 ${layer} 層の標準偏差は ${formatNumber(amount)} です。`;
      case "saturated":
        return `第 ${layer} 層では ${
          percent(amount, 0)
        } が飽和しています。曲線が平らなところでは、δ はほとんど通りません。`;
      case "saturated_growing":
        return `第 ${layer} 層では ${
          percent(amount, 0)
        } が飽和しています。曲線が平らなところを δ はほとんど通りませんが、残りを通った δ が大きな重みを掛けられて増えていきます。`;
      case "fading":
        return `値が消えていきます（第 ${layer} 層の標準偏差 ${formatNumber(amount)}）。` +
          "入力が何でも、その先にはほぼ 0 しか届きません。";
      case "same":
        return `第 ${layer} 層からは、どの値もほぼ ½ です（標準偏差 ${
          formatNumber(amount)
        }）。入力の違いがほとんど残っていません。`;
      case "deltas_fading":
        return `δ が消えていきます。第 1 層に届くのは最後の隠れ層の約 ${
          large(1 / amount, "ja")
        }分の 1 で、勾配降下法では重みがほとんど動きません。`;
      case "deltas_growing":
        return `δ が爆発しています。第 1 層では最後の隠れ層の約 ${large(amount, "ja")}倍です。`;
      case "steady":
        return "安定しています。値も δ も、途中で消えたり爆発したりしていません。";
    }
  },
  compare: "3 つの方法を並べる",
  chart: "層ごとの標準偏差（対数目盛）",
  chartOf: (what) => `${what}の標準偏差`,
  byLayer: "層",
  why: "なぜ 1/√n なのか",
  because: [
    "n 個の積 w·x の和は、入力 x のおよそ σ√n 倍の大きさになります。入力が 784 個で σ = 1 なら 28 倍、次の層でもまた何倍にもなります。σ = 0.01 で入力が 100 個なら 10 分の 1 です。",
    "xavier（この授業の形）は σ√n を 1 にします。relu は和の半分を 0 にするので、二乗平均が半分になります。he の 2 はそれを補います。",
  ],
  try: "試してみよう",
  tries: [
    "σ を 0.01 から 1 まで動かしてみましょう。小さすぎると値が消え、大きすぎると飽和します。次に xavier を選びましょう。",
    "relu で 10 層にして、xavier と he を比べてみましょう。",
    "sigmoid で 10 層にしてみましょう。傾きは最大でも ¼ です。第 1 層に δ はどれだけ残るでしょうか。",
  ],
  made:
    `重みは、rng.init がこのシードで init.bias が zero のとき、MNIST の学習（入力 ${INPUTS}、10 クラス）が始まる値そのものです。` +
    `入力は画像ではなく正規乱数で、np.random.RandomState(${INPUT_SEED}).randn(${BATCH}, ${INPUTS}) です。サンプル b のクラスは b を 10 で割った余りです。` +
    "δ は、1 サンプルの交差エントロピー誤差を層の和で微分した値で、すべての層を同じ目盛で描いています。" +
    "「飽和」は、傾きが最大値の 1/20 未満であることです。目盛の外の値は端の棒に含めます。",
};

const MYRIADS = [[1e12, "兆"], [1e8, "億"], [1e4, "万"]] as const;

/** A number from 1 on that is read at once: 2,810,000, 281 万; in Japanese as it stands before a counter. */
export function large(value: number, language: Language): string {
  // Beyond are powers of ten.
  if (language === "en") {
    return value < 1e4 || value >= 1e16 ? formatNumber(value) : formatCount(Number(value.toPrecision(3)));
  }
  const [unit, word] = value < 1e16 && MYRIADS.find(([unit]) => value >= unit) || [1, ""];
  return `${formatNumber(value / unit)} ${word}`;
}

export function startWords(language: Language): StartWords {
  return language === "ja" ? ja : en;
}
