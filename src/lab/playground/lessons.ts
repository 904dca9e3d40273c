import type { Texts } from "../../text/language.ts";

/** Something to try: a state of the page, and what to see in it. */
interface Lesson {
  readonly title: Texts;
  readonly see: Texts;
  readonly params: Readonly<Record<string, string>>;
}

/** In the order in which the course comes to them. */
export const LESSONS = {
  bend: {
    title: { en: "A bent plane", ja: "曲がる平面" },
    see: {
      en:
        "Press play and watch the hidden space: the layers bend the plane until one straight line parts the classes.",
      ja:
        "再生して、隠れ層の空間を見てください。平面が曲げられて、1 本の直線で 2 つのクラスが分かれるようになります。",
    },
    params: {},
  },
  xor_alone: {
    title: { en: "XOR, no hidden layer", ja: "XOR・隠れ層なし" },
    see: {
      en: "No line parts XOR: the loss stays near ln 2 = 0.693. Add a hidden layer with +.",
      ja:
        "XOR は線形分離不可能なので、損失は ln 2 = 0.693 のあたりから下がりません。＋ で隠れ層を加えてみましょう。",
    },
    params: { data: "xor", hidden: "" },
  },
  xor_two: {
    title: { en: "XOR, two units", ja: "XOR・2 ユニット" },
    see: {
      en:
        "Two units, two lines: enough, if they find their places. Change the seed: how often do they? And 3 units?",
      ja:
        "うまい位置が見つかれば、2 つのユニットが引く 2 本の直線で足ります。シードを変えると、何回に 1 回成功しますか。3 ユニットでは？",
    },
    // The four corners alone, which a link can hold.
    params: {
      data: "own",
      points: "-0.7,-0.7,0;0.7,0.7,0;-0.7,0.7,1;0.7,-0.7,1",
      hidden: "2",
      batch: "1",
      rate: "0.3",
      validation: "0",
    },
  },
  spirals: {
    title: { en: "Spirals", ja: "らせん" },
    see: {
      en:
        "Deeper layers draw finer fields. Touch a unit to see its own; then take units away until it fails.",
      ja:
        "深い層ほど細かい模様になります。ユニットに触れるとその模様が見えます。ユニットをどこまで減らせますか。",
    },
    params: { data: "spirals", hidden: "8.8.2", epochs: "500", speed: "1000" },
  },
  plateau: {
    title: { en: "Sigma too small", ja: "小さすぎる σ" },
    see: {
      en: "Weights near 0 pass on deltas near 0: nothing moves. Raise sigma, or choose xavier.",
      ja:
        "重みが 0 に近いと、伝わる誤差も 0 に近く、学習が進みません。σ を大きくするか、xavier にしてみましょう。",
    },
    params: { data: "xor", hidden: "4.4", init: "gaussian", sigma: "0.01" },
  },
  saturated: {
    title: { en: "Sigma too large", ja: "大きすぎる σ" },
    see: {
      en: "Weights so large that tanh is flat at nearly every point: its slope stops the delta. Lower sigma.",
      ja:
        "重みが大きすぎて、tanh はほとんどの点で平らです。傾きがないので誤差が伝わりません。σ を小さくしましょう。",
    },
    params: { data: "spirals", hidden: "8.8", init: "gaussian", sigma: "10" },
  },
  dead: {
    title: { en: "Dead ReLUs", ja: "死んだ ReLU" },
    see: {
      en:
        "Large steps push units to where they give 0 for every point: crossed out, as no delta passes them. Lower the learning rate to 0.1.",
      ja:
        "学習率が大きいと、どの点でも 0 を出し、誤差を伝えないユニットができます（×印）。学習率を 0.1 に下げましょう。",
    },
    params: { data: "spirals", hidden: "4.4", activation: "relu", bias: "zero", rate: "1", seed: "5" },
  },
  online: {
    title: { en: "Online or batch", ja: "オンラインとバッチ" },
    see: {
      en:
        "One point a step: fast and restless. Compare with batches of 10, and with all points at once, epoch by epoch.",
      ja: "1 点ごとの更新は、速いけれど落ち着きません。10 点ずつ、全件一括と、同じエポック数で比べましょう。",
    },
    params: { data: "moons", hidden: "4.2", batch: "1", noise: "0.2" },
  },
  digits: {
    title: { en: "Digits", ja: "手書き数字" },
    see: {
      en:
        "784 inputs, and the same engine. Each square shows the weights of one hidden unit: what does it look for?",
      ja:
        "入力が 784 個になっても、同じエンジンです。四角は隠れ層の各ユニットの重みです。何を見ているのでしょうか。",
    },
    params: { data: "strokes", batch: "20", epochs: "10", speed: "1000" },
  },
} as const satisfies Readonly<Record<string, Lesson>>;

export type LessonName = keyof typeof LESSONS;
export const LESSON_NAMES = Object.keys(LESSONS) as LessonName[];
