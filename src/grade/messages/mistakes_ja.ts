import type { MistakeId, MistakeText } from "./mistakes_en.ts";

function otherActivation(name: string, where: string): MistakeText {
  const used = name === "identity"
    ? "に活性化関数がない"
    : `の活性化関数が${
      name === "relu" ? " ReLU " : name === "sigmoid" ? "シグモイド" : " tanh "
    }になっている`;
  return {
    title: where + used,
    hint: "指定された活性化関数を使うか、各層で使ったものを manifest.yaml の activation に書いてください。",
    ofNotebook: "どの隠れ層でも、指定された活性化関数を使ってください。",
  };
}

const one = (layer: 1 | 2) => `${layer} 番目の隠れ層`;
const all = "すべての隠れ層";

const DIVIDE_ONCE =
  "割るのは一度だけです。出力層のデルタを作るときか、勾配を求めるときのどちらかで割ります。";
const ROWS = "割る数はバッチの行数 `len(X)` です。`delta.shape[1]` ではありません。";
const ROWS_BELOW = "割る数はバッチの行数です。層への入力の形状のうち、2 番目ではなく 1 番目の大きさです。";
const FROM_ZERO = "クラスは 0 から数えます。ラベル c の one-hot の行は、添字 c が 1 になります。";
const INDEX = "クラスは `np.argmax` と同じく 0 から数えます。添字をそのまま予測にします。";
const BIAS_DRAWN = "この課題では、バイアスも重みと同じく、標準正規分布の乱数に sigma を掛けて作ります。";

const PIXELS = "訓練画像もテスト画像も、画素値を 255 で一度だけ割り、それ以外の変換はしないでください。";

/** The mistakes of the catalogue, by their ids. */
export const mistakesJa: Readonly<Record<MistakeId, MistakeText>> = {
  softmax_wrong_axis: {
    title: "ソフトマックスの正規化がクラス方向ではなくバッチ方向になっている",
    hint:
      "確率は各行の和が 1 になります。各行をその行の和で割ってください（NumPy では `axis=1, keepdims=True`）。",
  },
  softmax_over_all: {
    title: "ソフトマックスの正規化がバッチ全体でまとめて行われている",
    hint: "確率は各行の和が 1 になります。軸を指定しない `np.sum` はすべての行を足してしまいます。",
  },
  softmax_twice: {
    title: "ソフトマックスが、その出力の確率にもう一度適用されている",
    hint: "ソフトマックスはロジットに一度だけ適用します。その結果が確率です。",
  },
  tanh_on_logits: {
    title: "ソフトマックスの前に、ロジットに tanh が適用されている",
    hint: "出力層の活性化関数はソフトマックスだけです。ロジットをそのまま渡してください。",
  },
  sigmoid_on_logits: {
    title: "ソフトマックスの前に、ロジットにシグモイドが適用されている",
    hint: "出力層の活性化関数はソフトマックスだけです。ロジットをそのまま渡してください。",
  },
  relu_on_logits: {
    title: "ソフトマックスの前に、ロジットに ReLU が適用されている",
    hint: "出力層の活性化関数はソフトマックスだけです。ロジットをそのまま渡してください。",
  },
  no_max_subtraction: {
    title: "ソフトマックスがロジットにそのまま exp() を適用していて、大きな値でオーバーフローする",
    hint:
      "先に各行の最大のロジットを引きます。exp(z - max) / sum(exp(z - max)) は同じ値になり、オーバーフローもしません。",
  },
  max_of_all_rows: {
    title:
      "ソフトマックスが全行を通じた最大のロジットを引いていて、それよりずっと小さい行の exp() が 0 になる",
    hint: "行ごとに、その行の最大のロジットを引きます（NumPy では `z.max(axis=1, keepdims=True)`）。",
  },
  sigmoid_in_layer_1: otherActivation("sigmoid", one(1)),
  sigmoid_in_layer_2: otherActivation("sigmoid", one(2)),
  sigmoid_in_all_layers: otherActivation("sigmoid", all),
  tanh_in_layer_1: otherActivation("tanh", one(1)),
  tanh_in_layer_2: otherActivation("tanh", one(2)),
  tanh_in_all_layers: otherActivation("tanh", all),
  relu_in_layer_1: otherActivation("relu", one(1)),
  relu_in_layer_2: otherActivation("relu", one(2)),
  relu_in_all_layers: otherActivation("relu", all),
  identity_in_layer_1: otherActivation("identity", one(1)),
  identity_in_layer_2: otherActivation("identity", one(2)),
  identity_in_all_layers: otherActivation("identity", all),
  bias_not_added: {
    title: "順伝播でバイアスが加えられていない",
    hint: "どの層でもバイアスを加えてください（`X @ W + B`）。",
  },
  gradient_negated: {
    title: "すべての勾配の符号が逆になっている",
    hint: "出力層のデルタは、確率からラベルを引いた `P - Y` です。`Y - P` ではありません。",
  },
  delta_of_squared_error: {
    title: "出力層のデルタに P * (1 - P) が掛けられている",
    hint:
      "ソフトマックスと交差エントロピーでは、デルタは `P - Y` だけです。P * (1 - P) は、シグモイドと二乗誤差のときに掛けるものです。",
  },
  weights_not_transposed: {
    title: "デルタを前の層へ伝えるときに、重みが転置されていない",
    hint:
      "`delta @ W.T` のように、転置した重みを掛けてください。前後の層のユニット数が同じときは、`delta @ W` でもエラーになりません。",
  },
  gradient_summed: {
    title: "平均が求められているのに、勾配がバッチについての和になっている",
    hint: "重みとバイアスの勾配を、バッチの行数で割ってください。",
  },
  gradient_averaged: {
    title: "和が求められているのに、勾配がバッチについての平均になっている",
    hint: "reduction が `sum` のときは、行数で割りません。",
  },
  gradient_divided_twice: { title: "勾配がバッチサイズで二度割られている", hint: DIVIDE_ONCE },
  weights_divided_twice: {
    title: "重みの勾配がバッチサイズで二度割られている（バイアスの勾配は一度）",
    hint: DIVIDE_ONCE,
  },
  biases_divided_twice: {
    title: "バイアスの勾配がバッチサイズで二度割られている（重みの勾配は一度）",
    hint: DIVIDE_ONCE,
  },
  bias_not_averaged: {
    title: "重みの勾配は平均なのに、バイアスの勾配がバッチについての和になっている",
    hint: "どちらも行についての平均です。バイアスの勾配も行数で割ってください。",
  },
  weights_not_averaged: {
    title: "バイアスの勾配は平均なのに、重みの勾配がバッチについての和になっている",
    hint: "どちらも行についての平均です。重みの勾配も行数で割ってください。",
  },
  biases_averaged: {
    title: "和が求められているのに、バイアスの勾配がバッチについての平均になっている",
    hint: "reduction が `sum` のときは、バイアスの勾配も行数で割りません。",
  },
  weights_averaged: {
    title: "和が求められているのに、重みの勾配がバッチについての平均になっている",
    hint: "reduction が `sum` のときは、重みの勾配も行数で割りません。",
  },
  divided_by_units: { title: "勾配が行数ではなく、その層のユニット数で割られている", hint: ROWS },
  weights_divided_by_units: {
    title: "重みの勾配が行数ではなく、その層のユニット数で割られている",
    hint: ROWS,
  },
  divided_by_units_below: {
    title: "勾配が行数ではなく、1 つ前の層のユニット数で割られている",
    hint: ROWS_BELOW,
  },
  weights_divided_by_units_below: {
    title: "重みの勾配が行数ではなく、1 つ前の層のユニット数で割られている",
    hint: ROWS_BELOW,
  },
  averaged_first: {
    title: "バッチの行が、掛け算のあとではなく前に平均されている",
    hint:
      "積の平均は、平均の積とは違います。`A.T @ delta` まではすべての行を残し、その結果を行数で割ってください。",
  },
  bias_wrong_axis: {
    title: "バイアスの勾配の和が、行方向ではなくユニット方向にとられている",
    hint:
      "バイアスの勾配はユニットごとに 1 つです。行の中ではなく、行にわたってデルタの和をとります（NumPy では `axis=0`）。",
  },
  bias_over_all: {
    title: "バイアスの勾配が行とユニットの両方にわたってとられ、全ユニットで同じ 1 つの数になっている",
    hint:
      "バイアスの勾配はユニットごとに 1 つです。行についてだけデルタの和をとります（NumPy では `axis=0`）。",
  },
  tanh_slope_for_sigmoid: {
    title: "活性化関数がシグモイドなのに、tanh の微分が使われている",
    hint: "a = sigmoid(z) のとき微分は a * (1 - a) です。1 - a * a は tanh の微分です。",
  },
  sigmoid_slope_for_tanh: {
    title: "活性化関数が tanh なのに、シグモイドの微分が使われている",
    hint: "a = tanh(z) のとき微分は 1 - a * a です。a * (1 - a) はシグモイドの微分です。",
  },
  activation_applied_twice: {
    title: "活性化関数の微分が、入力ではなく出力の値でとられている",
    hint:
      "すでに a = tanh(z) があるときの微分は 1 - a * a です。1 - tanh(a) * tanh(a) ではありません（シグモイドも同様です）。",
  },
  tanh_not_squared: {
    title: "tanh の微分が 2 乗のない 1 - a になっている",
    hint: "a = tanh(z) のとき、微分は 1 - a * a です。",
  },
  slope_of_input: {
    title: "出力の値で表した微分の式に、活性化関数の入力が使われている",
    hint: "1 - a * a や a * (1 - a) の a は、a = tanh(z) のような出力の値です。入力 z ではありません。",
  },
  slope_missing: {
    title: "デルタを前の層へ伝えるときに、活性化関数の微分が掛けられていない",
    hint:
      "デルタに、その層の活性化関数の微分を要素ごとに掛けてください。ReLU の微分は `a > 0` です。`a >= 0` は常に真になります。",
  },
  update_before_delta: {
    title: "デルタを前の層へ伝える前に、その重みが更新されている",
    hint: "前の層のデルタは順伝播で使った重みで計算し、更新はそのあとで行ってください。",
  },
  step_uphill: {
    title: "勾配を下るのではなく、上る向きに更新されている",
    hint:
      "学習率と勾配の積を、重みから引いてください。勾配のもとになる出力層のデルタは、確率からラベルを引いたものです。",
  },
  bias_not_updated: {
    title: "更新されていないバイアスがある",
    hint: "重みと同じように、どの層のバイアスも毎回更新してください（`self.B1 -= lr * dB1` など）。",
  },
  fixed_batch_size: {
    title: "行数の少ないバッチでも、勾配がバッチサイズで割られている",
    hint: "そのバッチの実際の行数で割ります。エポックの最後のバッチは小さいことがあります。",
  },
  last_batch_dropped: {
    title: "バッチサイズより小さいバッチが使われていない",
    hint: "バッチの数は、行数をバッチサイズで割って切り上げた数です。",
  },
  biases_set_to_zero: {
    title: "与えられたバイアスではなく、すべて 0 のバイアスが使われている",
    hint: "与えられたバイアスを使い、各層で加えてください。",
  },
  biases_set_to_one: {
    title: "与えられたバイアスではなく、すべて 1 のバイアスが使われている",
    hint: "与えられたバイアスを使ってください。作り直してはいけません。",
  },
  parameters_ignored: {
    title: "fit が options.parameters からではなく、自分で作った初期値から学習を始めている",
    hint:
      "`options.parameters` が渡されたときはその値から始め、渡されないときだけ initialize() を呼んでください。",
  },
  labels_one_too_large: {
    title: "各行が本来のひとつ後のクラスとして扱われている（ラベルが 1 つずれている）",
    hint: FROM_ZERO,
  },
  labels_one_too_small: {
    title: "各行が本来のひとつ前のクラスとして扱われている（ラベルが 1 つずれている）",
    hint: FROM_ZERO,
  },
  predictions_one_too_large: { title: "予測したクラスに 1 が足されている", hint: INDEX },
  predictions_one_too_small: { title: "予測したクラスから 1 が引かれている", hint: INDEX },
  least_probable: {
    title: "確率が最小のクラスを予測している",
    hint:
      "確率が最大のクラスの添字を予測にしてください（`np.argmin` ではなく `np.argmax(probabilities, axis=1)`）。",
  },
  loss_summed: {
    title: "損失が行についての平均ではなく和になっている",
    hint: "和を行数で割ってください。",
  },
  loss_without_minus: {
    title: "損失に負号が付いていない",
    hint: "1 行の損失は、正解クラスの確率の対数に負号を付けたものです。",
  },
  loss_of_log10: {
    title: "損失が常用対数（底が 10 の対数）で計算されている",
    hint: "自然対数を使ってください（NumPy では `np.log10` ではなく `np.log`）。",
  },
  loss_of_log2: {
    title: "損失が底が 2 の対数で計算されている",
    hint: "自然対数を使ってください（NumPy では `np.log2` ではなく `np.log`）。",
  },
  loss_halved: {
    title: "損失が 2 で割られている",
    hint: "2 で割らないでください。1/2 は二乗誤差で使う係数で、交差エントロピー誤差には付きません。",
  },
  loss_of_softmax_again: {
    title: "損失の計算で、確率にもう一度ソフトマックスが適用されている",
    hint: "損失関数が受け取るのは確率です。その対数をそのままとってください。",
  },
  loss_over_classes: {
    title: "損失が行だけでなくクラスについても平均されている",
    hint:
      "各行でクラスについて和をとり、行について平均します。行列全体の `np.mean` はクラス数でも割ってしまいます。",
  },
  binary_cross_entropy: {
    title: "損失が全クラスにわたる二値交差エントロピーで、(1 - y) log(1 - p) の項も含んでいる",
    hint: "数えるのは正解クラスの確率だけです。1 行の損失は、そのクラスの -log(p) です。",
  },
  last_batch_loss: {
    title: "最後のバッチの損失がエポックの損失として記録されている",
    hint: "エポックのすべてのバッチについて損失と行数の積を足し、最後に全行数で割ってください。",
  },
  batches_unweighted: {
    title: "最後のバッチが小さいのに、エポックの損失がバッチごとの損失の単純な平均になっている",
    hint: "各バッチの損失に行数の重みを付けます。そうしないと最後の小さいバッチの影響が大きくなりすぎます。",
  },
  batch_losses_summed: {
    title: "エポックの各バッチの損失が、平均されずに足されている",
    hint: "エポックの最後に行数で割ってください。",
  },
  sigma_as_variance: {
    title: "標準偏差である sigma が、分散として使われている",
    hint: "標準正規分布の乱数に、平方根ではなく sigma そのものを掛けてください。",
  },
  sigma_ignored: {
    title: "重みが標準正規分布の乱数のままで、sigma が使われていない",
    hint: "標準正規分布の乱数に sigma を掛けてください。",
  },
  constant_start: {
    title: "重みの初期値がすべて同じになっている",
    hint: "重みは 1 つずつ乱数で決めます。同じ値から始まったユニットは、ずっと同じままです。",
  },
  biases_start_at_zero: { title: "バイアスの初期値がすべて 0 になっている", hint: BIAS_DRAWN },
  pixels_not_divided: { title: "画素値が 255 で割られていない", hint: PIXELS },
  pixels_divided_twice: { title: "画素値が 255 で二度割られている", hint: PIXELS },
  pixels_from_minus_one: { title: "画素値が -1 から 1 の範囲に変換されている", hint: PIXELS },
  pixels_standardised: { title: "画素値が平均 0、標準偏差 1 に標準化されている", hint: PIXELS },
  biases_start_at_one: { title: "バイアスの初期値がすべて 1 になっている", hint: BIAS_DRAWN },
};
