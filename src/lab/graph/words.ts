import type { CourseActivation } from "../../nn/activation.ts";
import type { Language } from "../../text/language.ts";
import type { MistakeName } from "./compute/mistakes.ts";
import type { Operation, Part } from "./compute/nodes.ts";
import type { Checked } from "./compute/gradient_check.ts";
import type { Given } from "./compute/small_net.ts";

type Kind = Operation["kind"];
type Symbol = Extract<Part, { symbol: string }>["symbol"];

const en = {
  /** Between sentences. */
  space: " ",
  colon: ": ",
  comma: ", ",
  inputs: "Inputs",
  hidden: (layer: number) => `Hidden layer ${layer}`,
  noLayer: "none",
  classes: "Classes",
  rows: "Batch, rows n",
  activation: "Activation f",
  redraw: "Other numbers",
  drawnBy: (seed: number) => `RandomState(${seed})`,
  restore: "Back to the drawn numbers",
  handedOver: "The numbers are those of the link, or your own.",
  misfit: (names: readonly (keyof Given)[]) =>
    `What the link gives for ${
      names.map((name) => ({ x: "x", labels: "y", weights: "w" })[name]).join(", ")
    } does not fit the sizes, and is drawn instead.`,
  back: "Back",
  forward: "Step",
  position: "Step by step",
  /** Over the operation. */
  begin: "Ready",
  going: (way: "forward" | "back", index: number, count: number) =>
    `${way === "forward" ? "Forward" : "Backward"}, ${index} of ${count}`,
  kinds: {
    dot: "dot product",
    add: "sum",
    activate: "activation",
    softmax: "softmax",
    loss: "loss",
  } as Record<Kind, string>,
  beginning:
    "The batch X, its labels Y, the weights and biases are given. Try: Step, or the → key. Forward, each node makes its numbers from those before it; then the delta comes back.",
  forwards: {
    dot: "Each row meets each column: multiply number by number, then add.",
    add: "The same bias is added to every row.",
    activate: "f is taken of each number by itself.",
    softmax: "Each row becomes probabilities: positive, and 1 together.",
    loss: "Of each row, only the probability of its label counts: L is the mean of −log of it.",
  } as Record<Kind, string>,
  backwards: {
    loss: "Only the probability of the label moves L: −y / ŷ, over the n rows of the mean.",
    softmax:
      "Here the delta starts. Through softmax and cross-entropy together it is ŷ − y; divided by n, as L is the mean over the batch. (Notes that write δ = ŷ − y divide by n later, in the update.)",
    add:
      "A sum passes the delta on as it is. The bias was added to every row, so the rows of its delta are summed.",
    dot:
      "At a dot product, the delta is multiplied by the other operand, transposed. Only so do the shapes fit.",
    activate: "The delta meets the derivative of f where each number stood, element by element.",
  } as Record<Kind, string>,
  ends: "X is data: nothing is learned there, and the delta ends.",
  symbols: {
    dot: "·",
    plus: "+",
    minus: "−",
    times: "∘",
    open: "(",
    close: ")",
    over_n: "/ n",
    softmax: "softmax",
    activation: "f",
    loss: "mean of −log",
    labels: "where 1 in",
    rows: "sum of the rows of",
    columns: "sum along each row of",
    everything: "sum of all of",
  } as Record<Symbol, string>,
  moved: (weights: string, gradient: string, rate: number) => `(${weights} − ${rate} ${gradient})`,
  shapes: "shapes",
  byDifferences: "by differences",
  /** One number. */
  number: "One number",
  pointAt: "Point at a number, or tap it: here it is written out.",
  isGiven: "given",
  isDrawn: "drawn by the seed",
  isLabel: "The label: 1 at the class of the row.",
  isStart: "Where the way back starts: L changes as L does.",
  difference: (name: string) => `Going forward twice, with w = ${name} a little smaller and a little larger:`,
  agrees: "the same",
  differs: "not the same",
  slide: (name: string) => `Move ${name}`,
  curve: (name: string) => `L while ${name} moves`,
  tangent: "slope from backpropagation",
  curveSays: (name: string, slope: string) =>
    `L as ${name} moves, and a line of slope ${slope} where it stands`,
  trySlide: "Try: move it. Where the line touches the curve, the gradient is right.",
  moves: (name: string, step: number, change: string) =>
    `With ${name} ${Math.abs(step)} ${step < 0 ? "smaller" : "larger"}, L changes by about ${change}.`,
  /** Mistakes. */
  mistakes: "Make a mistake",
  mistake: "Mistake",
  none: "None",
  mistakeNames: {
    sum: "δ not divided by n",
    sign: "y − ŷ for ŷ − y",
    output_slope: "δ times ŷ(1 − ŷ), as for squared error",
    axis: "Sum for B over the wrong axis",
    no_axis: "Sum for B without an axis",
    sums_for_outputs: "A for Z in ∂L/∂W",
    transposed_gradient: "∂L/∂W transposed",
    transposed_weights: "W not transposed",
    early: "W moved before the delta passes",
    no_slope: "f′ forgotten",
    slope_of_output: "f′(Z) for f′(A)",
    slope_formula: "Formula for Z used with A",
  } as Record<MistakeName, string>,
  needs: {
    sum: "",
    sign: "",
    output_slope: "",
    axis: "needs as many rows as units",
    no_axis: "needs more than one unit",
    sums_for_outputs: "needs a hidden layer with an f",
    transposed_gradient: "needs a square W",
    transposed_weights: "needs a square W above a hidden layer",
    early: "needs a hidden layer",
    no_slope: "needs a hidden layer with an f",
    slope_of_output: "needs a hidden layer with tanh or sigmoid",
    slope_formula: "needs a hidden layer with tanh or sigmoid",
  } as Record<MistakeName, string>,
  says: {
    sum:
      "Every gradient is n times as large. Its direction is right, so it looks as if it learned: with another batch size the learning rate means something else.",
    sign: "Every gradient points the wrong way: a small step makes L larger.",
    output_slope:
      "The derivative of a sigmoid, where softmax and cross-entropy have none left: confident errors hardly move.",
    axis:
      "One number for each row, where there should be one for each unit. It fits because there are as many of both.",
    no_axis:
      "One number for all biases: NumPy spreads it over them without a word. At the output it is 0 but for rounding, as the δ of a row sums to 0.",
    sums_for_outputs: "A and Z have the same shape, so nothing complains. Only ∂L/∂W of that layer is wrong.",
    transposed_gradient: "W is square here, so its gradient fits the wrong way round as well.",
    transposed_weights: "W is square here, so δ · W fits as well as δ · Wᵀ. All below is wrong.",
    early:
      "The delta passes through weights that were not those of the forward pass. The more they moved, the further it is off.",
    no_slope: "The delta goes through as if f were a straight line. All below is wrong.",
    slope_of_output: "f′ is asked at Z, though f was taken at A.",
    slope_formula: "1 − z² and z(1 − z) give f′ only when they are given Z, the output.",
  } as Record<MistakeName, string>,
  notHere: "These sizes do not let this mistake pass: NumPy would stop, or nothing would change.",
  harmless:
    "With these numbers the mistake changes no gradient of a weight or a bias. Take other numbers to see what it does.",
  marked: "Outlined numbers are wrong.",
  madeAt: "The mistake is made here.",
  hide: "Hide one, to be found",
  giveUp: "Show it",
  riddle:
    "One of these mistakes is hidden on the way back. Which? The check says what it reaches. Step back from the loss to the first ≠, then choose.",
  isHidden: "Hidden while you look for the mistake.",
  nothing: "nothing",
  notThis: (name: string, would: string, here: string) =>
    `Not “${name}”: with it, ${would} would be wrong; here it is ${here}.`,
  sameReach: (name: string, reach: string) =>
    `Not “${name}”: it too would make ${reach} wrong, but with other numbers. Compare δ, and by how much.`,
  solved: "Found it.",
  /** The check. */
  check: "Gradient check",
  checkSays: "g by going back once, d by going forward twice for every number (h = 0.00001, float64).",
  parameter: "Parameter",
  relative: "Relative difference",
  verdict: "Verdict",
  verdicts: {
    right: "right",
    wrong: "wrong",
    kink: "at the kink of relu",
  } as Record<Checked["verdict"], string>,
  notYet: "not yet",
  verdictSays: (wrong: number, { all, ready, kinks }: { all: number; ready: number; kinks: number }) =>
    ready === 0
      ? "No gradient yet: go forward and back first."
      : wrong > 0
      ? `${wrong} of ${ready} wrong: look where the first one is made, from the loss back.`
      : kinks > 0
      ? "A relu stands at 0, where it has no slope: other numbers tell."
      : `${ready} of ${all} there, and right: but for rounding, g is d.`,
  threshold: (tolerance: string) =>
    `Right: up to ${tolerance}. It is 1 where they point opposite ways, or one of them alone is 0.`,
  numpy: "The same in NumPy",
  withoutHidden: "As it should be, without the hidden mistake.",
  activations: {
    tanh: "tanh",
    sigmoid: "sigmoid",
    relu: "relu",
    identity: "identity",
  } as Record<CourseActivation, string>,
  graph: "The computational graph",
};

export type GraphWords = typeof en;

const ja: GraphWords = {
  space: "",
  colon: "：",
  comma: "、",
  inputs: "入力",
  hidden: (layer) => `隠れ層 ${layer}`,
  noLayer: "なし",
  classes: "クラス",
  rows: "ミニバッチ n 行",
  activation: "活性化関数 f",
  redraw: "別の数値",
  drawnBy: (seed) => `RandomState(${seed})`,
  restore: "乱数の値に戻す",
  handedOver: "リンクで渡された値、または自分で動かした値です。",
  misfit: (names) =>
    `リンクの ${
      names.map((name) => ({ x: "x", labels: "y", weights: "w" })[name]).join("、")
    } は大きさが合わないため、乱数の値を使っています。`,
  back: "戻る",
  forward: "進む",
  position: "ステップ",
  begin: "準備",
  going: (way, index, count) => `${way === "forward" ? "順伝播" : "逆伝播"} ${index} / ${count}`,
  kinds: {
    dot: "行列の積",
    add: "和",
    activate: "活性化関数",
    softmax: "ソフトマックス",
    loss: "損失",
  },
  beginning:
    "ミニバッチ X と正解ラベル Y、重みとバイアスが与えられています。「進む」か → キーを押してみましょう。順伝播では、各ノードが手前の数値から自分の数値を作ります。そのあと、デルタが逆向きに戻ってきます。",
  forwards: {
    dot: "各行と各列を、要素ごとに掛けて足します。",
    add: "どの行にも同じバイアスを足します。",
    activate: "要素ごとに f を計算します。",
    softmax: "各行を確率に変えます。どれも正で、合計は 1 です。",
    loss: "各行で効くのは、正解クラスの確率だけです。その −log の平均が L です。",
  },
  backwards: {
    loss: "L を動かすのは正解クラスの確率だけです：−y / ŷ を、平均なので n で割ります。",
    softmax:
      "デルタはここから始まります。ソフトマックスと交差エントロピー誤差を合わせると ŷ − y。L はミニバッチの平均なので n で割ります。（δ = ŷ − y と書く資料では、更新のときに n で割ります。）",
    add: "和はデルタをそのまま通します。バイアスはどの行にも足されたので、デルタを行について足し合わせます。",
    dot: "行列の積では、デルタに相手の行列の転置を掛けます。そうしないと形が合いません。",
    activate: "デルタに、その場所での f の微分を要素ごとに掛けます。",
  },
  ends: "X はデータなので学習するものがなく、デルタはここで終わりです。",
  symbols: {
    dot: "·",
    plus: "+",
    minus: "−",
    times: "∘",
    open: "(",
    close: ")",
    over_n: "/ n",
    softmax: "softmax",
    activation: "f",
    loss: "−log の平均",
    labels: "ただし 1 の場所：",
    rows: "行について和",
    columns: "各行の中で和",
    everything: "全要素の和",
  },
  moved: (weights, gradient, rate) => `(${weights} − ${rate} ${gradient})`,
  shapes: "形",
  byDifferences: "中心差分",
  number: "ひとつの数値",
  pointAt: "数値を指すかタップすると、その計算式がここに出ます。",
  isGiven: "与えられた値",
  isDrawn: "乱数で決めた値",
  isLabel: "正解ラベル：その行のクラスだけ 1 です。",
  isStart: "逆伝播の出発点：L は L と同じだけ変わります。",
  difference: (name) => `w = ${name} を少し減らした場合と少し増やした場合で、順伝播を 2 回やり直すと：`,
  agrees: "一致",
  differs: "不一致",
  slide: (name) => `${name} を動かす`,
  curve: (name) => `${name} を動かしたときの L`,
  tangent: "誤差逆伝播で求めた傾き",
  curveSays: (name, slope) => `${name} を動かしたときの L の曲線と、現在の場所での傾き ${slope} の直線`,
  trySlide: "動かしてみましょう。直線が曲線に接していれば、勾配は正しく求まっています。",
  moves: (name, step, change) =>
    `${name} を ${Math.abs(step)} ${step < 0 ? "減らす" : "増やす"}と、L は約 ${change} 変わります。`,
  mistakes: "間違えてみる",
  mistake: "間違い",
  none: "なし",
  mistakeNames: {
    sum: "δ を n で割らない",
    sign: "ŷ − y でなく y − ŷ",
    output_slope: "二乗誤差のように ŷ(1 − ŷ) を掛ける",
    axis: "B の和の軸が逆",
    no_axis: "B の和で軸を忘れる",
    sums_for_outputs: "∂L/∂W に Z でなく A",
    transposed_gradient: "∂L/∂W が転置",
    transposed_weights: "W を転置しない",
    early: "デルタより先に W を更新",
    no_slope: "f′ を忘れる",
    slope_of_output: "f′(A) でなく f′(Z)",
    slope_formula: "Z の式に A を入れる",
  },
  needs: {
    sum: "",
    sign: "",
    output_slope: "",
    axis: "行数とユニット数が同じとき",
    no_axis: "ユニットが 2 個以上のとき",
    sums_for_outputs: "f のある隠れ層があるとき",
    transposed_gradient: "W が正方行列のとき",
    transposed_weights: "隠れ層の上の W が正方行列のとき",
    early: "隠れ層があるとき",
    no_slope: "f のある隠れ層があるとき",
    slope_of_output: "tanh か sigmoid の隠れ層があるとき",
    slope_formula: "tanh か sigmoid の隠れ層があるとき",
  },
  says: {
    sum:
      "どの勾配も n 倍になります。向きは正しいので学習できているように見えますが、バッチサイズを変えると学習率の意味が変わってしまいます。",
    sign: "どの勾配も逆を向くので、少し更新すると L が増えます。",
    output_slope:
      "シグモイドの微分を掛けていますが、ソフトマックスと交差エントロピー誤差の組ではもう残っていません。自信のある誤りほど直らなくなります。",
    axis:
      "ユニットごとに 1 つのはずが、行ごとに 1 つになっています。行数とユニット数が同じなので、エラーになりません。",
    no_axis:
      "すべてのバイアスに同じ 1 つの数が使われ、NumPy は何も言わずに広げます。δ の各行の和は 0 なので、出力層では丸め誤差を除いて 0 になります。",
    sums_for_outputs: "A と Z は同じ形なのでエラーになりません。間違うのはその層の ∂L/∂W だけです。",
    transposed_gradient: "W が正方行列なので、勾配を逆向きにしても形が合ってしまいます。",
    transposed_weights:
      "W が正方行列なので、δ · Wᵀ でなく δ · W でも形が合ってしまいます。それより手前はすべて間違います。",
    early: "順伝播で使った重みとは違う重みをデルタが通ります。大きく更新するほど、ずれも大きくなります。",
    no_slope: "f が直線であるかのようにデルタを通しています。それより手前はすべて間違います。",
    slope_of_output: "f は A で計算したのに、微分 f′ を Z で計算しています。",
    slope_formula: "1 − z² や z(1 − z) が f′ になるのは、出力 Z を入れたときだけです。",
  },
  notHere: "この大きさでは、この間違いはエラーになるか、結果が変わらないので、試せません。",
  harmless:
    "今の数値では、この間違いがあっても、重みとバイアスの勾配はどれも変わりません。別の数値で試してみましょう。",
  marked: "枠で囲んだ数値が間違っています。",
  madeAt: "ここで間違えています。",
  hide: "1 つ隠して探す",
  giveUp: "答えを見る",
  riddle:
    "逆伝播のどこかに、この中の間違いが 1 つ隠れています。どれでしょう？影響の範囲は「勾配の確認」でわかります。損失から 1 ステップずつ戻り、最初に ≠ になる場所を見つけてから選びましょう。",
  isHidden: "間違いを探している間は表示しません。",
  nothing: "なし",
  notThis: (name, would, here) =>
    `「${name}」ではありません。それなら間違うのは ${would} ですが、ここで間違っているのは ${here} です。`,
  sameReach: (name, reach) =>
    `「${name}」ではありません。その場合も間違うのは ${reach} ですが、値が違います。δ の大きさを比べてみましょう。`,
  solved: "正解です。",
  check: "勾配の確認",
  checkSays: "g は誤差逆伝播 1 回で、d は数値ごとに順伝播 2 回で求めた値です（h = 0.00001、float64）。",
  parameter: "パラメータ",
  relative: "相対誤差",
  verdict: "判定",
  verdicts: { right: "正しい", wrong: "間違い", kink: "relu の折れ目" },
  notYet: "まだ",
  verdictSays: (wrong, { all, ready, kinks }) =>
    ready === 0
      ? "勾配はまだありません。まず順伝播と逆伝播を進めましょう。"
      : wrong > 0
      ? `${ready} 個中 ${wrong} 個が間違いです。損失から逆にたどって、最初に間違った場所を探しましょう。`
      : kinks > 0
      ? "relu の入力がちょうど 0 で、傾きが決まりません。別の数値で確かめましょう。"
      : `${all} 個中 ${ready} 個が求まり、どれも正しい値です。g と d の違いは丸め誤差だけです。`,
  threshold: (tolerance) =>
    `${tolerance} 以下なら正しいとみなします。1 になるのは、向きが正反対か、片方だけが 0 のときです。`,
  numpy: "NumPy で書くと",
  withoutHidden: "隠れた間違いのない、正しいプログラムです。",
  activations: { tanh: "tanh", sigmoid: "sigmoid", relu: "relu", identity: "identity" },
  graph: "計算グラフ",
};

export function graphWords(language: Language): GraphWords {
  return language === "ja" ? ja : en;
}
