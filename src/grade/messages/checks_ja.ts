import { showNumber } from "../show_number.ts";
import { type checksEn, OUTPUT_LAYER } from "./checks_en.ts";
import { mistakesJa } from "./mistakes_ja.ts";

/** Japanese texts of grading: checks. */
export const checksJa: typeof checksEn = {
  mistakes: mistakesJa,
  and: (items) => items.join("、"),
  space: "",
  notGraded: (obstacle) => `採点していません：${obstacle}。`,

  arrays: {
    forward: { all: "各層の出力と確率", one: (name) => name },
    gradients: { all: "勾配", one: (name) => `d${name}` },
    updates: { all: "更新量", one: (name) => `${name} の更新量` },
    small: { all: "端数のミニバッチによる更新量", one: (name) => `${name} の更新量` },
    smallGradients: { all: "端数のミニバッチの勾配", one: (name) => `small_d${name}` },
    losses: { all: "trainLoss の 2 つの損失", one: (name) => name },
    validationLosses: { all: "valLoss の 2 つの損失", one: (name) => name },
  },
  allAgree: (count, what, error) =>
    `${what}は${count === 1 ? "" : ` ${count} 個すべて`}採点側の値と一致しています（${error}）。`,
  sameToRounding: "差は丸め誤差の範囲",
  largestDifference: (error) => `最大の相対誤差 ${showNumber(error)}`,
  allowed: (error, rtol) => `${error}、許容 ${showNumber(rtol)}`,
  someAgree: (right, count, what, faults, more) => {
    const summary = count === 1
      ? `${what}は採点側の値と一致しなければなりません。`
      : right === 0
      ? `${what}は ${count} 個とも採点側の値と一致していません。`
      : `${what}は ${count} 個のうち ${right} 個が採点側の値と一致しています。`;
    return `${summary}${faults.join("。")}${more > 0 ? `。ほかに ${more} 個あります` : ""}。`;
  },
  faults: (faults) => `${faults.join("。")}。`,
  isMissing: (name) => `${spaced(name)}がありません`,
  offBy: (name, error) => `${spaced(name)}の誤差は ${showNumber(100 * error)}% です`,
  times: (name, ratio, fraction) =>
    `${topic(name)}採点側の値の ${showNumber(ratio)} 倍${fraction === null ? "" : `（${fraction}）`}です`,
  allZero: (name) => `${topic(name)}すべて 0 です`,
  wrongShape: (name, expected, found) =>
    `${spaced(name)}の形状は ${expected} でなければなりませんが、${found} です`,
  notFinite: (name) => `${spaced(name)}に有限でない値があります`,
  inLayer: (title, layer) => `${layer === OUTPUT_LAYER ? "出力層" : `${layer} 番目の隠れ層`}だけで、${title}`,
  explained: (titles) => `次の誤りがあるときに、この値になります：${titles}。`,
  carriedOver: (titles) => `別の項目で減点した誤り（${titles}）を除けば、正解です。`,
  elsewhere: (names) => `${topic(names)}、別の項目で減点した誤りだけによるものなので減点しません。`,
  follows: {
    predict: "予測の違いは predict() の誤りによるものとみなし、予測クラスの項目だけで減点します。",
    curve: "検証損失の違いは、学習曲線の項目だけで減点します。",
    statedSlopes:
      "使うはずの活性化関数の微分としては、正しく計算されています。順伝播の活性化関数の誤りは、その項目で減点しています。",
    forward:
      "自分の順伝播の結果からは、正しく計算されています。順伝播で得た出力と確率の誤りは、その項目で減点しています。",
    backward: "自分の勾配からは、正しく更新されています。勾配の誤りで重ねて減点することはありません。",
    update:
      "fit は step と同じようにパラメータを更新しています。step の誤りで重ねて減点することはありません。",
    smallFromGradients:
      "このミニバッチについての自分の勾配のとおりに更新されています。勾配の誤りで重ねて減点することはありません。",
    smallAlike: (names) =>
      `ここでは減点しません。違っているもの（${names}）は普通の大きさのミニバッチでもすでに違っていて、その項目で減点しています。`,
    smallPartly: (names) =>
      `${
        topic(names)
      }、普通の大きさのミニバッチでもすでに違っていて、その項目で減点しているので、ここでは減点しません。`,
    partly: (names) => `${topic(names)}、自分が先に求めた値のとおりに計算されているので減点しません。`,
    loss: (which, ratio) =>
      `${which}損失は採点側の学習の ${
        showNumber(ratio)
      } 倍で、同じように推移しています。損失の定義が違うことは、その項目で減点しています。`,
    lossOfWeights: (ratio) =>
      `重みからは、提出された予測が得られます。提出された検証損失は、重みによる検証損失の ${
        showNumber(ratio)
      } 倍です。損失の定義が違うことは、その項目で減点しています。`,
    otherLoss: (which) =>
      `${which}損失は、損失の定義が交差エントロピー誤差と違うため、採点側の学習とは比べていません。損失の定義が違うことは、その項目で減点しています。`,
    otherLossOfWeights: (found) =>
      `重みからは、提出された予測が得られます。提出された検証損失 ${
        showNumber(found)
      } は、損失の定義が交差エントロピー誤差と違うため、重みによる検証損失とは比べていません。損失の定義が違うことは、その項目で減点しています。`,
    ownLoss: "自分の関数からは、正しく計算されています。関数の誤りは、その項目で減点しています。",
  },
  otherLabelsHint:
    "正しいのは出力層のバイアスの勾配だけで、これは、どのラベルがどの行のものかによらない値です。入力とラベルが同じ添字でシャッフルされているかを確かめてください。",
  madeInTraining: "順伝播だけを実行すると確率は正しいので、この誤りは学習の処理の中にあります。",
  ofStep: "この勾配は、1 回の更新でパラメータが動いた量を学習率で割って求めたものです。",
  preActivation: (names) =>
    `注：${names} は、授業の式 A = XW + B のとおり、活性化関数を通す前の値として読み取りました。`,
  byDifferences: (error) =>
    `float64 で計算しているのに、勾配の一致が ${
      showNumber(error)
    } までです。数値微分で求めたのかもしれません。`,

  shapes: {
    right: (count) => `${count} 個の配列はすべて正しい形状です。`,
    hint: "重みの形状は（前の層のユニット数, その層のユニット数）で、バイアスはユニットごとに 1 つです。",
  },
  moments: {
    right: (sigma, maxZ) => `どの層も平均 0、標準偏差 ${sigma} です（標準誤差の ${maxZ} 倍以内）。`,
    hint: "重みとバイアスは、標準正規分布の乱数に sigma を掛けて作ってください。",
    unstated: (sigma) => `manifest.yaml に sigma がないため、${sigma} として調べました。`,
    state: "別の標準偏差で初期化した場合は、その値を manifest.yaml に sigma として書いてください。",
    ofNotebook: {
      unstated: (sigma) => `ノートブックに sigma がないため、${sigma} として調べました。`,
      state:
        "別の標準偏差で初期化した場合は、その値を sigma という名前の変数か属性（self.sigma など）に入れ、それを使って初期化してください。",
    },
    byLayer: (scheme, found) =>
      `重みの標準偏差が層ごとに異なり（${found.join("、")}）、${
        SCHEMES_JA[scheme]
      }になっています。この課題では、どの層でも同じ sigma を標準正規分布の乱数に掛けます。`,
    otherDeviations: (found) =>
      `重みは、どの層でも平均 0、同じ標準偏差 sigma の正規分布で初期化する課題ですが、標準偏差は ${
        found.join("、")
      } です。`,
    biases: "バイアス",
    fault: (name, fault) => `${name}：${fault}`,
    none: "値がありません",
    notFinite: "有限でない値があります",
    deviation: (found, z, sigma) =>
      `標準偏差 ${showNumber(found)} は、${sigma} から標準誤差の ${showNumber(z)} 倍離れています`,
    mean: (found, z) => `平均 ${showNumber(found)} は、0 から標準誤差の ${showNumber(z)} 倍離れています`,
  },
  finite: {
    missing: "大きなロジットに対する確率がありません",
    notFinite: (bad, count) =>
      `ロジットが数千のとき、${count} 個の確率のうち ${bad} 個が有限ではありません。`,
    subtract: "exp() の前に、各行の最大のロジットを引いてください。",
    wrong: "ロジットが数千のとき、確率はすべて有限ですが、正しい値ではありません。",
    wrongHint:
      "各行の最大のロジットを引いてからソフトマックスを計算すれば、ほかに何もしなくても有限で、結果も変わりません。",
    clipped:
      "ロジットを切り詰めたときのように、いくつかのクラスの確率が同じ最大値になっています。切り詰めると結果が変わります。代わりに、exp() の前に各行の最大のロジットを引いてください。",
    right: "ロジットが数千のときも、確率はすべて有限です。",
    elsewhere:
      "ロジットが数千のときも、確率はすべて有限です。採点側の値と違うことは、順伝播の項目で減点しています。",
    noProbabilities: "ロジットが数千のとき、各行が確率になっていません。各行の和は 1 でなければなりません。",
    constant: "ロジットが数千のとき、すべての行が同じ値で、入力によって変わりません。",
    lossRight: (loss) => `正解クラスの確率が 0 のとき、損失は ${showNumber(loss)} で、有限の値です。`,
    lossWrong: (loss) =>
      `正解クラスの確率が 0 のとき、損失は有限の正の数でなければなりませんが、${showNumber(loss)} です。`,
    lossNegative: (loss) =>
      `正解クラスの確率が 0 のとき、損失は ${
        showNumber(loss)
      } で、有限の値です。正の数でないことは、交差エントロピー誤差の項目で減点しています。`,
    lossConstant: (loss) =>
      `確率が何であっても、0 の確率があってもなくても、損失が ${showNumber(loss)} のままです。`,
    lossHint: "対数に 0 を渡さないようにします：`log(p + 1e-7)` または `log(max(p, 1e-7))`。",
  },
  value: {
    right: (loss) => `交差エントロピー誤差は ${showNumber(loss)} で、正しい値です。`,
    wrong: (expected, found) =>
      `交差エントロピー誤差は ${showNumber(expected)} でなければなりませんが、${showNumber(found)} です。`,
    hint: "1 行の損失は、正解クラスの確率の対数に負号を付けたものです。その平均をとってください。",
  },
  argmax: {
    count: (rows, found) => `予測は 1 行に 1 つ、全部で ${rows} 個必要ですが、${found} 個です。`,
    right: (rows) => `${rows} 行すべてで、確率が最大のクラスを予測しています。`,
    wrong: (right, rows) =>
      right === 0
        ? `${rows} 行のどれでも、確率が最大のクラスを予測していません。`
        : `確率が最大のクラスを予測しているのは、${rows} 行のうち ${right} 行です。`,
    hint: "各行で確率が最大の添字を予測にしてください（NumPy では `np.argmax(probabilities, axis=1)`）。",
    unusable: {
      notFinite: "自分の確率は、有限でない値があるため、比較に使えません。",
      noSum: "自分の確率は、行の和が 1 でないため、比較に使えません。",
      tie: "自分の確率は、最大の値が 2 つ以上ある行があるため、比較に使えません。",
      constant: "自分の確率は、すべての行で同じため、比較に使えません。",
    },
  },
  history: {
    training: "訓練",
    validation: "検証",
    noRows: "行がありません",
    badRow: (epoch, train, validation) =>
      `エポック ${showNumber(epoch)} の訓練損失が ${showNumber(train)}、検証損失が ${
        showNumber(validation)
      } です`,
    mustBeFinite: (found) =>
      `history.csv の損失は、どのエポックでも有限の値でなければなりませんが、${found}。`,
    form: (epochs) => `history.csv に ${epochs} エポック分がそろっています。`,
    formWrong: (epochs, rows, notebook) =>
      `history.csv には${
        notebook ? "ノートブックの設定" : " manifest.yaml "
      }のとおりエポック 1 から ${epochs} までが必要ですが、${rows} 行です。`,
    formHint: "1 エポックに 1 行ずつ、1 から番号を付けて書いてください。",
    right: (which, most) => `${which}損失は採点側の学習と一致しています（${closeness(most)}）。`,
    rightAfter: (most) =>
      `訓練損失は、各エポックを終えたあとの採点側の値と一致しています（${closeness(most)}）。`,
    near: (which, mean) =>
      `${which}損失は、同じ設定での採点側の学習に近い値です（平均 ${showNumber(100 * mean)}% の差）。`,
    far: (which, mean) =>
      `${which}損失は、同じ設定での採点側の学習と平均 ${showNumber(100 * mean)}% 違います。`,
    trainHint:
      "エポックの訓練損失は、すべての行についての平均です。各行をそのミニバッチの更新前に測るか、エポックを終えたあとにすべての行で測ります。",
    validationHint: "検証損失は、各エポックを終えたあとに、すべての検証データで測ってください。",
    settingsHint: (notebook) =>
      `採点側は${
        notebook ? "ノートブックから見つけた設定" : " manifest.yaml の設定"
      }で学習しています。自分の学習も同じ設定だったか、記録した損失がその学習のものかを確かめてください。`,
    noValidation: "検証損失がありません。訓練損失の分だけ点が付きます。",
    noValidationHint: "各エポックを終えたあとに、検証データでの損失も測ってください。",
    splitUnknown: "検証損失については減点しません。どの画像についての値か分からないためです。",
    changedArguments:
      "最初のエポックの損失は正しい値です。そのあとの損失は、関数が書き換えた引数についての値で、書き換えたことは別の項目で減点しています。",
    other: "別の項目で減点した学習の誤りを除けば、正解です。",
    inBatches: (reason, size) =>
      `${reason}大きさ ${size} のミニバッチでは有限ではありませんが、それは別の項目で減点しています。`,
  },
  program: {
    mustExport: (name) => `src/mod.ts に ${name} の export がありません`,
    otherForm: (name, expects) => `${name} の戻り値の形が違います：${expects}`,
    signature: "docs/grading.md にある形を確かめてください",
    said: (name, message) => `${name}：${message}`,
    afterFit: "fit のあとに `parameters` があり、predict がラベルのリストを返さなければなりません",
    labels: "predict はラベルのリストを返さなければなりません",
    parameters: (name) => `${name} には fit のあとに \`parameters\` がなければなりません`,
  },
  arguments: {
    changed: (name, argument) =>
      `${name} が引数 ${argument} を書き換えています。関数は引数を書き換えてはいけないので、ここでだけ点の 4 分の 1 を引きます。`,
    remark: (name, argument) => `${name} が引数 ${argument} を書き換えています。`,
    hint: "新しい配列を作り、受け取った配列はそのままにしてください。",
  },
};

/** A name before a particle: a space follows one that ends in a Latin letter or a digit. */
function spaced(name: string): string {
  return /[!-~]$/.test(name) ? `${name} ` : name;
}

function topic(name: string): string {
  return `${spaced(name)}は`;
}

/** How near losses are at the most distant epoch. */
function closeness(most: number): string {
  return most < 1e-4 ? "差は 0.01% 未満" : `差は最大 ${showNumber(100 * most)}%`;
}

const SCHEMES_JA = {
  he: "He の初期値（sqrt(2 / 前の層のユニット数)）",
  xavier: "Xavier の初期値（sqrt(1 / 前の層のユニット数)）",
  glorot: "Glorot の初期値（sqrt(2 / (前の層のユニット数 + その層のユニット数))）",
};
