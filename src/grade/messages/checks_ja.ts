import { showNumber } from "../show_number.ts";
import type { checksEn } from "./checks_en.ts";
import { mistakesJa } from "./mistakes_ja.ts";

/** Japanese texts of grading: checks. */
export const checksJa: typeof checksEn = {
  mistakes: mistakesJa,
  and: (items) => items.join("、"),
  space: "",

  notGraded: (obstacle) => `採点していません：${obstacle}。`,

  arrays: {
    forward: { all: "活性化と確率", one: (name) => name },
    gradients: { all: "勾配", one: (name) => `d${name}` },
    updates: { all: "更新量", one: (name) => `${name}の更新量` },
    small: { all: "小さいバッチによる更新量", one: (name) => `${name}の更新量` },
    smallGradients: { all: "小さいバッチでの勾配", one: (name) => `small_d${name}` },
    losses: { all: "trainLossの2つの損失", one: (name) => name },
    validationLosses: { all: "valLossの2つの損失", one: (name) => name },
  },
  allAgree: (count, what, error) =>
    `${what}は${count === 1 ? "" : `${count}個すべて`}こちらの値と一致しています(${error})。`,
  sameToRounding: "丸め誤差の範囲",
  largestDifference: (error) => `最大の相対誤差 ${showNumber(error)}`,
  allowed: (error, rtol) => `${error}、許容 ${showNumber(rtol)}`,
  someAgree: (right, count, what, faults, more) => {
    const summary = count === 1
      ? `${what}はこちらの値と一致しなければなりません。`
      : `${what}は${count}個のうち${right}個がこちらの値と一致しています。`;
    return `${summary}${faults.join("、")}${more > 0 ? `、ほか${more}個` : ""}。`;
  },
  faults: (faults) => `${faults.join("、")}。`,
  isMissing: (name) => `${name}がありません`,
  offBy: (name, error) => `${name}の誤差は${showNumber(100 * error)} %です`,
  times: (name, ratio, fraction) =>
    `${name}はこちらの値の${showNumber(ratio)}倍です${fraction === null ? "" : `(${fraction})`}`,
  allZero: (name) => `${name}がすべて0です`,
  wrongShape: (name, expected, found) => `${name}の形状は${expected}でなければなりませんが、${found}でした`,
  notFinite: (name) => `${name}に有限でない値があります`,
  explained: (titles) => `これは次の場合に出る値です:${titles}。`,
  carriedOver: (titles) => `別のところで減点した誤りを除けば正解です:${titles}。`,
  follows: {
    forward:
      "自分の順伝播の結果からは正しく計算されています。順伝播で得た活性化と確率の誤りは、そちらで減点しています。",
    backward: "自分の勾配からは正しく更新されています。勾配の誤りは、そちらで減点しています。",
    update: "fitはstepと同じように重みを更新しています。stepの誤りは、そちらで減点しています。",
    smallFromGradients:
      "このバッチについての自分の勾配どおりに更新されています。勾配の誤りは、そちらで減点しています。",
    smallAlike: (names) =>
      `ここでは減点しません。違っているもの(${names})はふつうの大きさのバッチでもすでに違っていて、そちらで減点しています。`,
    partly: (names) => `${names}は自分が先に求めた値から導かれるので、減点しません。`,
    loss: (ratio) =>
      `損失はこちらの学習の${
        showNumber(ratio)
      }倍で、同じように推移しています。損失の定義が違うことは、そちらで減点しています。`,
    lossOfWeights: (ratio) =>
      `重みからは提出された予測が得られます。検証損失は${
        showNumber(ratio)
      }倍ですが、損失の定義が違うことはそちらで減点しています。`,
    ownLoss: "自分の関数からは正しく計算されています。関数の誤りは、そちらで減点しています。",
  },
  preActivation: (names) =>
    `注:${names}は、授業の式 A = XW + B のとおり、活性化関数を通す前の値とみなしました。`,
  byDifferences: (error) =>
    `float64で計算しているのに、勾配が${
      showNumber(error)
    }までしか一致しません。数値微分で求めたのではありませんか。`,

  shapes: {
    right: (count) => `${count}個の配列すべての形状が正しいです。`,
    hint: "重みの形状は(下の層のユニット数, ユニット数)で、バイアスはユニットごとに1つです。",
  },
  moments: {
    right: (sigma, maxZ) => `どの層も平均0、標準偏差${sigma}です(標準誤差の${maxZ}倍以内)。`,
    hint: "重みとバイアスは、標準正規分布の乱数にsigmaを掛けて作ってください。",
    biases: "バイアス",
    fault: (name, fault) => `${name}:${fault}`,
    none: "値がありません",
    notFinite: "有限でない値があります",
    deviation: (found, z, sigma) =>
      `標準偏差${showNumber(found)}は、${sigma}から標準誤差の${showNumber(z)}倍離れています`,
    mean: (found, z) => `平均${showNumber(found)}は、0から標準誤差の${showNumber(z)}倍離れています`,
  },
  finite: {
    missing: "大きなロジットでの確率がありません",
    notFinite: (bad, count) => `ロジットが数千のとき、${count}個の確率のうち${bad}個が有限ではありません。`,
    subtract: "exp()の前に、各行の最大のロジットを引いてください。",
    wrong: "ロジットが数千のとき、確率はすべて有限ですが、正しい値ではありません。",
    wrongHint:
      "各行の最大のロジットを引いたソフトマックスは、ほかに何もしなくても有限で、結果も変わりません。",
    clipped:
      "ロジットを切り詰めたときのように、いくつかのクラスの確率が同じ最大値になっています。切り詰めると結果が変わります。代わりに、exp()の前に各行の最大のロジットを引いてください。",
    right: "ロジットが数千のときも、確率はすべて有限です。",
    elsewhere:
      "ロジットが数千のときも、確率はすべて有限です。こちらの値と違うことは、順伝播で減点しています。",
    noProbabilities: "ロジットが数千のとき、各行が確率になっていません。各行の和は1でなければなりません。",
    constant: "ロジットが数千のとき、すべての行が同じ値で、入力によって変わりません。",
    lossRight: (loss) => `正解クラスの確率が0のとき、損失は${showNumber(loss)}で、有限の値です。`,
    lossWrong: (loss) =>
      `正解クラスの確率が0のとき、損失は有限の正の数でなければなりませんが、${loss}でした。`,
    lossConstant: (loss) =>
      `確率が何であっても、0の確率があってもなくても、損失が${showNumber(loss)}のままです。`,
    lossHint: "対数に0を渡さないようにします:log(p + 1e-7) または log(max(p, 1e-7))。",
  },
  value: {
    right: (loss) => `交差エントロピーは${showNumber(loss)}で、正しい値です。`,
    wrong: (expected, found) =>
      `交差エントロピーは${showNumber(expected)}でなければなりませんが、${showNumber(found)}でした。`,
    hint: "1行の損失は、正解クラスの確率の対数にマイナスを付けたものです。その平均をとってください。",
  },
  argmax: {
    count: (rows, found) => `予測は1行に1つ、全部で${rows}個なければなりませんが、${found}個でした。`,
    right: (rows) => `${rows}行すべてで、確率が最大のクラスを予測しています。`,
    wrong: (right, rows) => `${rows}行のうち${right}行で、確率が最大のクラスを予測しています。`,
    hint: "各行で確率が最大の添字を予測にしてください(NumPyでは `np.argmax(probabilities, axis=1)`)。",
    unusable: {
      notFinite: "自分の確率は、有限でない値があるため、比較に使えません。",
      noSum: "自分の確率は、行の和が1でないため、比較に使えません。",
      tie: "自分の確率は、最大の値が2つ以上ある行があるため、比較に使えません。",
      constant: "自分の確率は、すべての行で同じため、比較に使えません。",
    },
  },
  history: {
    training: "訓練",
    validation: "検証",
    noRows: "行がありません",
    badRow: (epoch, train, validation) =>
      `エポック${showNumber(epoch)}が${showNumber(train)}と${showNumber(validation)}です`,
    mustBeFinite: (found) => `history.csvは各エポックの損失が有限の値でなければなりませんが、${found}。`,
    form: (epochs) => `history.csvに${epochs}エポックがそろっています。`,
    formWrong: (epochs, rows) =>
      `history.csvにはマニフェストのとおりエポック1から${epochs}までが必要ですが、${rows}行でした。`,
    formHint: "1エポックに1行ずつ、1から番号を付けて書いてください。",
    right: (which, most) => `${which}損失はこちらの学習と一致しています(${showNumber(100 * most)} %以内)。`,
    rightAfter: (most) =>
      `訓練損失は、各エポックのあとのこちらの値と一致しています(${showNumber(100 * most)} %以内)。`,
    near: (which, mean) =>
      `${which}損失は同じ設定でのこちらの学習に近い値です(平均${showNumber(100 * mean)} %の差)。`,
    far: (which, mean) => `${which}損失は同じ設定でのこちらの学習と平均${showNumber(100 * mean)} %違います。`,
    trainHint:
      "エポックの訓練損失は、すべての行についての平均です。各行をそのバッチの更新前に測るか、エポックのあとに全部を測ります。",
    validationHint: "検証損失は、各エポックのあとにすべての検証データで測ってください。",
    noValidation: "検証損失がありません。訓練損失の分だけ点が付きます。",
    noValidationHint: "各エポックのあとに、検証データでの損失も測ってください。",
    splitUnknown: "検証損失では減点しません。どの画像についての値か分からないためです。",
    other: "別のところで減点した学習の誤りを除けば正解です。",
    inBatches: (reason, size) =>
      `${reason}大きさ${size}のバッチでは有限ではありませんが、それは別のところで減点しています。`,
  },
  program: {
    mustExport: (name) => `src/mod.tsは${name}をexportしなければなりませんが、ありませんでした`,
    otherForm: (name, expects) => `${name}の戻り値の形が違います:${expects}`,
    signature: "docs/grading.mdにある形を見てください",
    said: (name, message) => `${name}:${message}`,
    afterFit: "fitのあとに `parameters` があり、predictがラベルのリストを返さなければなりません",
    labels: "predictはラベルのリストを返さなければなりません",
    parameters: (name) => `${name}にはfitのあとに \`parameters\` がなければなりません`,
  },
  arguments: {
    changed: (name, argument) =>
      `${name}が引数${argument}を書き換えています。関数は引数を書き換えてはいけないので、ここでだけ点の4分の1を引きます。`,
    remark: (name, argument) => `${name}が引数${argument}を書き換えています。`,
    hint: "新しい配列を作り、受け取った配列はそのままにしてください。",
  },
};
