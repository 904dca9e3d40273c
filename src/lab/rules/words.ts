import type { Language } from "../../text/language.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Shape } from "../../rules/shapes.ts";
import type { DataFact, Outcome } from "./outcome.ts";

type RuleName = Rule["name"];

interface Told {
  /** Of the cycle: the epochs after which the weights were the same. */
  readonly since: number;
  readonly until: number;
}

export interface RulesWords {
  readonly rule: string;
  readonly data: string;
  readonly shapes: Readonly<Record<Shape | "own", string>>;
  readonly noise: string;
  readonly draw: string;
  readonly clear: string;
  readonly rate: string;
  readonly brush: string;
  readonly brushes: (targets: readonly [string, string]) => Readonly<Record<"0" | "1" | "erase", string>>;
  readonly full: (most: number) => string;
  readonly board: (samples: number) => string;
  readonly oneSample: string;
  readonly oneEpoch: string;
  readonly speed: (steps: string) => string;
  readonly counts: Readonly<Record<"epoch" | "step" | "wrong", string>>;
  readonly of: string;
  readonly thisStep: string;
  readonly before: string;
  readonly bias: string;
  /** Between two sentences. */
  readonly space: string;
  readonly colon: string;
  readonly comma: string;
  /** What the lines, rings and arrows on the plane are. */
  readonly legend: string;
  readonly sample: (number: number, label: number) => string;
  readonly unmoved: string;
  readonly coding: Readonly<Record<RuleName, string>>;
  readonly facts: Readonly<Record<DataFact, string>>;
  readonly outcomes: (rule: RuleName, outcome: Outcome, told: Told) => string;
  readonly mistakes: string;
  readonly atMost: string;
  readonly margin: string;
  readonly leastSquares: {
    readonly shown: string;
    readonly outside: string;
    readonly none: (b: string) => string;
  };
  /** Of the charts. */
  readonly errors: string;
  readonly wrongPoints: string;
  readonly losses: Readonly<Record<RuleName, string>>;
  readonly byStep: string;
  readonly mistakesByEpoch: string;
  readonly try: string;
  readonly tries: Readonly<Record<RuleName, readonly string[]>>;
  readonly question: string;
  readonly answer: readonly string[];
  readonly network: string;
  readonly goOn: string;
  readonly goOnXor: string;
}

const en: RulesWords = {
  rule: "Learning rule",
  data: "Training data",
  shapes: {
    and: "AND",
    or: "OR",
    xor: "XOR",
    clouds: "Two clouds",
    overlap: "Two clouds, close together",
    own: "Your own points",
  },
  noise: "Noise (standard deviation)",
  draw: "Draw again",
  clear: "Clear",
  rate: "Learning rate η",
  brush: "A click on the plane",
  brushes: ([zero, one]) => ({ 0: `● t = ${zero}`, 1: `■ t = ${one}`, erase: "Erase" }),
  full: (most) => `${most} points is the most.`,
  board: (samples) =>
    `The plane with ${samples} points, the line and the weight vector. Arrow keys move a cross; Enter adds a point there, or erases one.`,
  oneSample: "One sample",
  oneEpoch: "One epoch",
  speed: (steps) => `${steps} / s`,
  counts: { epoch: "Epoch", step: "Samples seen", wrong: "Wrong now" },
  of: "of",
  thisStep: "This step",
  before: "Nothing learned yet: w = 0 and b = 0, so there is no line.",
  bias: "The third row is the bias b, whose input is always 1.",
  space: " ",
  colon: ": ",
  comma: ", ",
  legend:
    "Thick line: as it is now. Dotted grey line: before the latest step. Ring: the latest sample; dashed, the next one. Arrows: w, grey before the step, and what was added, Δw.",
  sample: (number, label) => `Sample ${number}, class ${label}`,
  unmoved: "right, nothing moves",
  coding: {
    perceptron: "Targets are 0 and 1.",
    hebb: "Targets are −1 and 1: with 0, class 0 would teach nothing.",
    delta: "Targets are −1 and 1; y is the sum itself.",
    logistic: "Targets are 0 and 1; y is the probability of class 1.",
  },
  facts: {
    none: "Click on the plane: there are no points yet.",
    one_class: "There is one class only: add points of the other.",
    separable: "Linearly separable: some line has every point on its side.",
    crossing:
      "Not linearly separable: the dashed segments cross, so that no line has one on each of its sides.",
    enclosed:
      "Not linearly separable: a point lies amid points of the other class, on or inside what is dashed.",
    same_place: "Not linearly separable: two points of different classes lie at the same place.",
  },
  outcomes(rule, outcome, { since, until }) {
    switch (outcome) {
      case "waiting":
        return "Press Play, or learn one sample at a time.";
      case "rest":
        return rule === "perceptron"
          ? "A whole epoch without a mistake: the weights will never move again."
          : "A whole epoch moved nothing: the weights are at rest.";
      case "cancelled":
        return rule === "hebb"
          ? "What the samples add cancels out: after every epoch w = 0 and b = 0 again. Hebb's rule learns nothing here."
          : "After the epoch the weights are 0 again, so it goes round for ever.";
      case "cycle":
        if (rule === "perceptron") {
          return `It goes round: the weights after epoch ${until} are exactly those after epoch ${since}. It will never stop.`;
        }
        return `The weights after epoch ${until} are exactly those after epoch ${since}: with this η it comes no closer.`;
      case "ran_away":
        return "The weights ran away: where η·|x|² is more than 2 (x with its 1), each step overshoots its target further than it was off.";
      case "mistakes":
      case "all_right":
        return goingOn.en[rule][outcome];
    }
  },
  mistakes: "Mistakes so far",
  atMost: "at most",
  margin:
    "Whatever η and the order are, the perceptron makes at most (R/γ)² mistakes. R: longest (x₁, x₂, 1); γ: best margin.",
  leastSquares: {
    shown: "Dashed green: the line of the least squares.",
    outside: "The line of the least squares lies outside of this picture.",
    none: (b: string) => `The least squares solution is w = 0, b = ${b}: there is no line.`,
  },
  errors: "Error by step",
  wrongPoints: "points on the wrong side",
  losses: {
    perceptron: "loss max(0, ∓a)",
    hebb: "",
    delta: "loss ½(t − y)²",
    logistic: "cross entropy",
  },
  byStep: "samples seen",
  mistakesByEpoch: "Mistakes in each epoch:",
  try: "Try",
  tries: {
    perceptron: [
      "One sample at a time: where the class is right, nothing moves.",
      "Change η. The line goes the same way: starting at 0, η only scales w and b.",
      "XOR: how long will it go on?",
    ],
    hebb: [
      "AND: one epoch, and it is solved.",
      "Two clouds: click ten more points of one class in one place. Right or wrong, each moves the line, and some that were right become wrong.",
      "XOR: watch w after every fourth sample.",
    ],
    delta: [
      "Small η: w and b settle near the least squares solution. Larger η: they tremble around it.",
      "Click a point far out on its own side: it is “too right”, and pulls the line.",
      "XOR with η = 1: it runs away.",
    ],
    logistic: [
      "Two clouds: the border gets sharper for as long as you let it run.",
      "Close together: it settles, and its colours say how sure it is.",
      "Click a point far out on its own side: compare with the delta rule.",
    ],
  },
  question: "Why can none of these rules train a hidden layer?",
  answer: [
    "Each rule needs a target t for the very unit whose weights it moves. The output has one: the label. A hidden unit has none, as nobody says what it should answer.",
    "Backpropagation makes the missing error: it sends the output's δ back along the weights, and multiplies it by the slope f′ of the activation. A step has slope 0 wherever it has one, so that the perceptron's own unit lets nothing through.",
  ],
  network: "A network: two inputs, two hidden units without a target, one output with its target t.",
  goOn: "Give these data a hidden layer",
  goOnXor: "XOR with a hidden layer",
};

const goingOn: Readonly<
  Record<"en" | "ja", Readonly<Record<RuleName, Readonly<Record<"mistakes" | "all_right", string>>>>>
> = {
  en: {
    perceptron: {
      mistakes: "Each mistake adds the sample to the weights, or takes it off.",
      all_right: "Every point is right, so that nothing moves any more: the next whole epoch will show it.",
    },
    hebb: {
      mistakes: "Every sample pulls, whether it is right or wrong. Each epoch adds the same to the weights.",
      all_right: "Every point is right, and still every sample pulls: the weights grow with each epoch.",
    },
    delta: {
      mistakes: "Least squares is not fewest mistakes: the rule wants y = t, not only the right side.",
      all_right: "Every point is right, and it still moves: it wants y = t, not only the right side.",
    },
    logistic: {
      mistakes: "Every sample pulls, the more the surer the unit is of the wrong class.",
      all_right: "Every point is right, and it still moves: each may become surer yet.",
    },
  },
  ja: {
    perceptron: {
      mistakes: "間違えるたびに、そのサンプルを重みに足すか、重みから引きます。",
      all_right: "すべて正解なので、もう動きません。次の 1\u00a0エポックで確かめられます。",
    },
    hebb: {
      mistakes:
        "正解でも不正解でも、すべてのサンプルが重みを動かします。1\u00a0エポックで足される量は毎回同じです。",
      all_right: "すべて正解ですが、それでもサンプルごとに重みは動き、エポックのたびに大きくなります。",
    },
    delta: {
      mistakes:
        "二乗誤差が最小でも、間違いの数が最小とは限りません。目標は y = t で、正しい側にあるだけでは足りません。",
      all_right: "すべて正解ですが、まだ動きます。目標は y = t で、正しい側にあるだけでは足りないからです。",
    },
    logistic: {
      mistakes: "すべてのサンプルが重みを動かします。間違った答えに自信があるほど、強く動かします。",
      all_right: "すべて正解ですが、まだ動きます。確率を目標へさらに近づけられるからです。",
    },
  },
};

const ja: RulesWords = {
  rule: "学習則",
  data: "訓練データ",
  shapes: {
    and: "AND",
    or: "OR",
    xor: "XOR",
    clouds: "2 つの集まり",
    overlap: "2 つの集まり（近い）",
    own: "自分で置いた点",
  },
  noise: "ノイズ（標準偏差）",
  draw: "引き直す",
  clear: "すべて消す",
  rate: "学習率 η",
  brush: "平面をクリックすると",
  brushes: ([zero, one]) => ({ 0: `● t = ${zero}`, 1: `■ t = ${one}`, erase: "消す" }),
  full: (most) => `点は ${most}\u00a0個までです。`,
  board: (samples) =>
    `${samples}\u00a0個の点、直線、重みベクトルを描いた平面。矢印キーで十字が動き、Enter でそこに点を置くか、点を消します。`,
  oneSample: "1\u00a0サンプル",
  oneEpoch: "1\u00a0エポック",
  speed: (steps) => `毎秒 ${steps} 回`,
  counts: { epoch: "エポック", step: "見たサンプル", wrong: "いま不正解" },
  of: "/",
  thisStep: "この 1 回の更新",
  before: "まだ何も学習していません。w = 0、b = 0 なので、直線もありません。",
  bias: "いちばん下の行はバイアス b です。その入力はつねに 1 です。",
  space: "",
  colon: "：",
  comma: "、",
  legend:
    "太い線：今の直線。灰色の点線：この更新の前の直線。丸：いま見たサンプル（破線の丸は次のサンプル）。矢印：重みベクトル w（灰色は更新前）と、更新で足された Δw。",
  sample: (number, label) => `サンプル ${number}（クラス ${label}）`,
  unmoved: "正解なので動きません",
  coding: {
    perceptron: "目標値 t は 0 と 1 です。",
    hebb: "目標値 t は −1 と 1 です。0 にすると、クラス 0 からは何も学べません。",
    delta: "目標値 t は −1 と 1 です。y は和 a そのものです。",
    logistic: "目標値 t は 0 と 1 です。y はクラス 1 の確率です。",
  },
  facts: {
    none: "まだ点がありません。平面をクリックして置いてください。",
    one_class: "クラスが 1 つしかありません。もう一方の点も置いてください。",
    separable: "線形分離可能です。2 つのクラスを分ける直線があります。",
    crossing:
      "線形分離不可能です。クラスごとに 2 点を結んだ破線どうしが交わるので、2 つのクラスを分ける直線はありません。",
    enclosed:
      "線形分離不可能です。もう一方のクラスの点を結んだ破線の上か内側に点があるので、2 つのクラスを分ける直線はありません。",
    same_place: "線形分離不可能です。クラスの違う点が同じ場所にあります。",
  },
  outcomes(rule, outcome, { since, until }) {
    switch (outcome) {
      case "waiting":
        return "再生するか、1\u00a0サンプルずつ学習させてください。";
      case "rest":
        return rule === "perceptron"
          ? "1\u00a0エポックのあいだ一度も間違えませんでした。重みはもう動きません。"
          : "1\u00a0エポックのあいだ何も動きませんでした。重みは止まっています。";
      case "cancelled":
        return rule === "hebb"
          ? "足される量が打ち消し合い、エポックが終わるたびに w = 0、b = 0 に戻ります。ヘブ則はここでは何も学習できません。"
          : "エポックの後に重みが 0 に戻りました。この繰り返しが続きます。";
      case "cycle":
        if (rule === "perceptron") {
          return `堂々めぐりです。${until}\u00a0エポック後の重みが ${since}\u00a0エポック後の重みとまったく同じなので、いつまでも終わりません。`;
        }
        return `${until}\u00a0エポック後の重みが ${since}\u00a0エポック後の重みとまったく同じです。この η では、これ以上近づきません。`;
      case "ran_away":
        return "重みが発散しました。η·|x|²（x には 1 も含める）が 2 を超えるサンプルでは、更新のたびに誤差がかえって大きくなります。";
      case "mistakes":
      case "all_right":
        return goingOn.ja[rule][outcome];
    }
  },
  mistakes: "これまでの間違い",
  atMost: "多くても",
  margin:
    "η や順番がどうであっても、パーセプトロンの間違いは (R/γ)² 回以下です。R は (x₁, x₂, 1) の最大の長さ、γ は最大のマージンです。",
  leastSquares: {
    shown: "緑の破線は最小二乗解の直線です。",
    outside: "最小二乗解の直線は、この図の外にあります。",
    none: (b) => `最小二乗解は w = 0、b = ${b} で、直線はありません。`,
  },
  errors: "誤差の推移",
  wrongPoints: "不正解の点の数",
  losses: {
    perceptron: "損失 max(0, ∓a)",
    hebb: "",
    delta: "二乗誤差 ½(t − y)²",
    logistic: "交差エントロピー誤差",
  },
  byStep: "見たサンプルの数",
  mistakesByEpoch: "エポックごとの間違い：",
  try: "試してみよう",
  tries: {
    perceptron: [
      "1\u00a0サンプルずつ進めてみましょう。正解なら何も動きません。",
      "η を変えても、直線の動きは同じです。0 から始めると、η は w と b の大きさを変えるだけです。",
      "XOR では、いつまで続くでしょうか。",
    ],
    hebb: [
      "AND は 1\u00a0エポックで解けます。",
      "「2 つの集まり」で、片方のクラスの点を同じ場所に 10\u00a0個足してみましょう。正解でも不正解でも、点ごとに直線が動きます。",
      "XOR では、4\u00a0サンプルごとに w を見てみましょう。",
    ],
    delta: [
      "η が小さいと w と b は最小二乗解の近くに落ち着き、大きいとそのまわりで揺れ続けます。",
      "正しい側のずっと遠くに点を置くと、「正しすぎる」その点が直線を引き寄せます。",
      "XOR で η = 1 にすると発散します。",
    ],
    logistic: [
      "「2 つの集まり」では、続けるほど境界がはっきりしていきます。",
      "「近い」ほうでは落ち着きます。色の濃さは確信の強さです。",
      "正しい側のずっと遠くに点を置いて、デルタ則と比べてみましょう。",
    ],
  },
  question: "これらの学習則では、なぜ隠れ層の重みを学習できないのか",
  answer: [
    "どの学習則も、重みを動かすユニットそのものの目標値 t を使います。出力には目標値（ラベル）がありますが、隠れ層のユニットには、何を出力すべきかを教えてくれる目標値がありません。",
    "足りない誤差を作るのが誤差逆伝播です。出力の δ を重みに沿って逆向きに送り、活性化関数の傾き f′ を掛けます。階段関数の傾きはどこでも 0（段のところでは定まらない）なので、パーセプトロンのユニットのままでは δ が通りません。",
  ],
  network: "ネットワーク：2 つの入力、目標値のない隠れ層の 2 ユニット、目標値 t のある 1 つの出力。",
  goOn: "同じデータを隠れ層のあるネットワークで学習する",
  goOnXor: "XOR を隠れ層のあるネットワークで学習する",
};

export function rulesWords(language: Language): RulesWords {
  return language === "ja" ? ja : en;
}
