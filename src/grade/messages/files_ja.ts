import type { filesEn, Sought } from "./files_en.ts";

/** Japanese texts of what is read, of the rubric's demands, and of the checks of files. */
export const filesJa: typeof filesEn = {
  problem: (file, fault) => `${file}：${fault}`,
  located: ({ line, column, path }, fault) =>
    `${line} 行目 ${column} 文字目${path === "" ? "" : `の ${path}`}：${fault}`,
  notRead: (problem) => `次のファイルは提出されなかったものとして扱います。${problem}`,
  namesNobody: (problem) => `学生は提出物の名前から判断しました。${problem}`,

  noFile: (file) => `${file} がありません。提出に含めてください`,
  noReadableFile: (file) => `読み取れる ${file} がありません。提出に含めてください`,
  noArray: (name) => `probe.npz に ${name} がありません`,
  columnsMust: (file, names, found) =>
    `${file} には列 ${names.join(", ")} が必要ですが、見つかった列は ${found} です`,
  twoWholeNumbers: ({ file, line }, found) =>
    `${file} の ${line} 行目は整数 2 個（index と label）でなければなりませんが、${found} です`,
  threeWholeNumbers: ({ file, line }, found) =>
    `${file} の ${line} 行目は整数 3 個（index、predicted、label）でなければなりませんが、${found} です`,
  indexBelow: ({ file, line }, count, found) =>
    `${file} の ${line} 行目の index は行数 ${count} より小さくなければなりませんが、${found} です`,
  indexTwice: ({ file, line }, index) => `${file} の ${line} 行目の index ${index} は前の行と重複しています`,
  trainingIndex: ({ file, line }, count, found) =>
    `${file} の ${line} 行目は訓練画像の番号（0 から ${count - 1}）でなければなりませんが、${found} です`,
  validationCount: (count, found) =>
    `validation.csv には訓練画像 ${count} 枚のうち一部だけを書いてください（${found} 枚ありました）`,
  noWeights: (found) =>
    `学習後のパラメータは W1, B1, W2, B2, ... という名前でなければなりませんが、W1 がありません${
      found.length === 0
        ? ""
        : `（見つかった名前：${found.slice(0, 8).join(", ")}${found.length > 8 ? ", ..." : ""}）`
    }`,
  weightMissing: (name) => `学習後のパラメータ W1, B1, W2, B2, ... のうち ${name} がありません`,
  trainedShape: (name, expected, found) =>
    `学習後の ${name} の形状は ${expected} でなければなりませんが、${found} です`,
  trainedFinite: (name, found) =>
    `学習後のネットワークに有限でない値があります。${name} は float32 で有限でなければなりませんが、${found} が含まれています`,
  trainedFiniteHint:
    "学習が発散したか、数がオーバーフローしています。学習率を小さくし、ソフトマックスと損失が有限のままであることを確かめてください。",
  units: "ユニット数",

  arraysRenamed: (file, from, to) => `${file}：${some(from)} を ${some(to)} として読み取りました。`,
  arraysTransposed: (file, names) =>
    `${file}：${
      some(names)
    } は転置されているため、転置して読み取りました。重みの形状は（前の層のユニット数, この層のユニット数）で、1 行が 1 サンプルです。`,
  columnsRenamed: (file, from, to) =>
    `${file}：列 ${from.join(", ")} を ${to.join(", ")} として読み取りました。`,
  separatedBy: (file, separator) =>
    `${file}：セルの区切りが${
      separator === "tab" ? "タブ" : "セミコロン"
    }になっているため、そのとおりに読み取りました。`,
  noHeader: (file, names) => `${file}：見出し行がないため、列を ${names.join(", ")} として読み取りました。`,
  noIndex: (file) => `${file}：index の列がないため、行の順をテスト画像の順として読み取りました。`,
  indexFromOne: (file) => `${file}：index が 1 から始まっているため、0 から始まるものとして読み取りました。`,
  epochsFromZero: (file) =>
    `${file}：エポックが 0 から始まっているため、1 から始まるものとして読み取りました。`,
  epochZero: (file) => `${file}：学習前を表すエポック 0 の行は除きました。`,
  reductionRequired: (asked, found) =>
    `この課題ではミニバッチの勾配は${reductionJa(asked)}です。manifest.yaml には ${found} とありますが、${
      reductionJa(asked)
    }として採点しました。`,
  templateStudent: (name) =>
    `manifest.yaml：student がひな形のままなので、提出物の名前から ${name} の提出として採点しました`,
  notebook: {
    ran: (file) => `ノートブック ${file} を上から順に実行し、その結果を採点しました`,
    ranUpTo: (file, cell) =>
      `ノートブック ${file} をコードセル ${cell} まで実行し、そこまでの結果を採点しました`,
    others: (files) => `実行するノートブックは 1 つだけです。次のものは実行していません：${some(files)}`,
    skipped: (lines, count) =>
      `Python でない行、または別の環境を前提とした行（${count} 行）は実行していません：${lines.join(" / ")}`,
    notImported: (imports, count) =>
      `採点した環境にないものの import（${count} 件）は実行していません：${imports.join(" / ")}`,
    broken: ({ cell, status, name = "", message = "", line = null }) => {
      if (status === "died") return `コードセル ${cell} の実行中に Python が終了しました`;
      const place = line === null ? "" : ` の ${line} 行目`;
      if (name === "SystemExit") {
        return `コードセル ${cell}${place}は sys.exit() または raise SystemExit で終了しました（ここではそのセルだけが終わります）`;
      }
      return `コードセル ${cell}${place}でエラーが発生しました：${name}${
        message === "" ? "" : `: ${message}`
      }${aside(BROKEN_JA[name])}`;
    },
    brokenCells: (cells) =>
      `ノートブックのコードセル ${some(cells.map(String))} が最後まで実行されませんでした`,
    moreBroken: (count) => `ほかに ${count} 個のセルでエラーが発生しました`,
    outOfTime: (cells) =>
      `コードセル ${some(cells.map(String))} は、ノートブックの制限時間内に終わりませんでした`,
    unrun: (first, last, why) =>
      `コードセル ${first === last ? first : `${first}〜${last}`} は、${
        why === "time" ? "ノートブックの制限時間を過ぎた" : "Python が終了していた"
      }ため実行していません`,
    notGiven: (what, why) =>
      `ノートブックから ${what} を得られませんでした${why === null ? "" : `（${why}）`}`,
    nothingTaken: (ending) => `ノートブックから何も取り出せませんでした：${ending}`,
    trainedByUs: (epochs, late) =>
      late
        ? `制限時間内に訓練を終えたセルがなかったため、採点側で fit() を呼び、${epochs} エポック訓練しました`
        : `訓練を終えたセルがなかったため、採点側で fit() を呼び、${epochs} エポック訓練しました`,
    missing: (what, why, line) =>
      `ノートブックに見つからないもの：${SOUGHT_JA[what]}（${why}）${
        line === null ? "" : `。最後のセルで import submit に続けて次の 1 行を実行すると提出できます：${line}`
      }`,
    ofSeveral: (name, others) =>
      `ノートブックに複数のネットワークがあるため、訓練画像の正解率で ${name} を選んで採点しました。採点していないもの：${
        some(others)
      }`,
    severalNetworks: (name, others) =>
      `ノートブックに複数のネットワークがあり、${name} を採点しました（採点していないもの：${some(others)}）`,
    called: "ノートブックが submit.export() を呼んでいるため、それが書き出したものを採点しました",
    network: (name, kind) =>
      kind === null
        ? "ネットワークは関数と変数から見つけました"
        : `ネットワークは ${name}（クラス ${kind}）です`,
    found: (what, how) => `${SOUGHT_JA[what]}：${how}`,
    allFound: (all) => `見つけたもの：${all.join("、")}`,
    kept: (files) => `ノートブックから得られない ${some(files)} は、提出されたファイルを採点しました`,
    differs: (what) =>
      `ノートブックと一緒に提出されたものが、ノートブックの結果と一致しません：${some(what)}`,
    activationRecognised: (names) =>
      `活性化関数は、ノートブックの結果と一致する ${names.join(", ")} とみなしました`,
    noNetwork:
      "ノートブックに重みとバイアスのそろったネットワークが見つからず、提出がないものとして扱っています。ネットワークがあるかどうか確認してください",
    settingsUnknown: (names) =>
      `ノートブックから見つからない学習の設定があります（${
        names.join(", ")
      }）。それを使う項目は採点していません`,
    requirementsUnmet: (unmet) =>
      `ノートブックの設定がこの課題の範囲にないため、採点側の学習とは比べていません：${unmet.join("、")}。`,
    place: (name, cells) => `${name}() はコードセル ${cells.join("、")} で定義されています`,
  },

  noManifest: "manifest.yaml がありません。提出に含めてください",
  wrongTrack: (allowed, found) =>
    `manifest.yaml：track は ${allowed.join(" か ")} でなければなりませんが、${found} です`,
  claimedStudent: (student) =>
    `manifest.yaml：student は ${student} ですが、その学生には別の提出があるか、複数の提出が同じ学生を名乗っています`,

  layersMust: (layers, found) => `hidden の隠れ層は ${layers} 層でなければなりませんが、${found} 層です`,
  mustBeWithin: (key, { min, max }, found) =>
    `${key} は${
      min === undefined
        ? ` ${max} 以下`
        : max === undefined
        ? ` ${min} 以上`
        : min === max
        ? ` ${min} `
        : ` ${min} 以上 ${max} 以下`
    }でなければなりませんが、${found} です`,
  mustBeOneOf: (key, allowed, found) =>
    `${key} は ${allowed.join(" か ")} でなければなりませんが、${found} です`,
  requirementsUnmet: (unmet) =>
    `manifest.yaml の設定がこの課題の範囲にないため、採点側の学習とは比べていません：${unmet.join("、")}。`,
  requirementsHint: "範囲内の設定で学習し直し、その結果を提出してください。",
  notLearned: (least) =>
    `ネットワークが学習できていません。テスト正解率が、最低限必要な ${least}% に届いていません。同じ設定での採点側の学習も基準にはできません。`,
  notLearnedHint: (cause) =>
    `訓練損失がエポックごとに下がっているかを確かめてください。下がらないときは、${
      cause === null ? "学習率と入力" : `${CAUSES_JA[cause]}と学習率`
    }を見直してください。`,
  firstEpochs: (compared, epochs) =>
    `採点側の学習は ${epochs} エポックのうち最初の ${compared} エポックだけで、そこまでを比べました。`,

  studentMust: "student がひな形のままです。コースでの自分の ID を書いてください",
  exportMissing: (name) => `src/mod.ts に ${name} の export がありません`,
  functionUnwritten: (name) => `${name} がまだ書かれていません`,
  arrayShape: (name, expected, found) => `${name} の形状は ${expected} でなければなりませんが、${found} です`,
  arrayNotFinite: (name) => `${name} に有限でない値があります`,
  epochsMust: (epochs, found) =>
    `history.csv には manifest.yaml のとおりエポック 1 から ${epochs} までの行が必要ですが、${found} 行です`,
  trainLossMust: "history.csv の train_loss はすべてのエポックで有限の数でなければなりません",
  selfCheckStates: { ok: "問題なし", missing: "なし", problem: "要修正" },
  selfCheckLooks: (checks) => `確認する項目：${checks.join(", ")}`,
  selfCheckRead: (note) => `読み取り方：${note}`,
  selfCheckGood: "すべてのファイルがあり、読み取れ、形状も合っています。採点はしていません。",
  selfCheckNotebook:
    "ノートブックを読み取れます。採点のときに実行し、その結果を調べるので、ほかに提出するものはありません。ここでは実行も採点もしていません。",
  selfCheckBad: (files) => `提出する前に ${files} 個のファイルを直してください。採点はしていません。`,

  noPredictions: (accuracy, count, reason) =>
    `重みによるテスト画像 ${count} 枚の正解率は ${accuracy}% ですが、比べる予測がありません：${reason}。`,
  predictionsCount: (count, found) =>
    `予測はテスト画像 ${count} 枚のそれぞれに 1 個ずつ必要ですが、${found} 個です。`,
  predictionsAgree: (accuracy, count, different) =>
    `重みによるテスト画像 ${count} 枚の正解率は ${accuracy}% で、重みによる予測は提出された予測と${
      different === 0 ? "" : ` ${different} 枚を除いて`
    }一致します。`,
  predictionsDiffer: ({ accuracy, count, claimed, different, allowed }) =>
    `重みによるテスト画像 ${count} 枚の正解率は ${accuracy}% ですが、提出された予測の正解率は ${claimed}% で、${different} 枚で異なります（許容は ${allowed} 枚まで）。`,
  noValidationLoss: "検証損失が提出されていないため比べていませんが、ここでは減点しません。",
  lossNotRead: (reason) =>
    `history.csv を読み取れないため検証損失は比べていませんが、ここでは減点しません：${reason}。`,
  lossNotComparable: (reason) => `検証損失を比べられません：${reason}。`,
  lossNotFinite: (found) => `history.csv の最後の検証損失は有限の数でなければなりませんが、${found} です。`,
  splitUnknown: (test, claimed, reason) =>
    `重みによるテスト画像の損失は ${test} です。history.csv の最後の検証損失は ${claimed} ですが、どの画像を検証に使ったか分からないため${
      reason === null ? "" : `（${reason}）`
    }、比べていません。`,
  lossAgrees: (loss) => `重みによる検証損失は ${loss} で、history.csv のとおりです。`,
  lossClipped: (claimed, loss) =>
    `history.csv の最後の検証損失は ${claimed} で、対数に 0 を渡さないようにしたときの、重みによる検証損失です（しないときは ${loss}）。`,
  lossDiffers: (loss, claimed, rtol) =>
    `重みによる検証損失は ${loss} ですが、history.csv の最後は ${claimed} で、差が ${rtol}% を超えています。`,
  runAsOwn: (titles) =>
    `ネットワークは、別の項目で減点した誤り（${titles}）を含む、自分の順伝播のとおりに動かしました。`,
  recomputeHint:
    "重み、予測、学習の記録を同じ実行の最後に保存し、保存した重みを読み込み直して確かめてください。",
  splitHint:
    "train_test_split に random_state を指定していなかった場合は、manifest.yaml に `split: unknown` と書くか、検証に使った番号を validation.csv に書いてください。学習し直す必要はありません。",

  bandReference: ({ runs, value, deviation }) =>
    `同じ設定での採点側の学習 ${runs} 回では ${value}（標準偏差 ${deviation}）`,
  bandReferenceShortened: ({ runs, epochs, value, deviation }) =>
    `同じ設定での採点側の学習 ${runs} 回では、比べる範囲の ${epochs} エポック後に ${value}（標準偏差 ${deviation}、より長い学習なら普通は下回らない値）`,
  bandNotFinite: ({ metric, found, reference }) =>
    `${metricJa(metric)}は有限の数でなければなりませんが、${found} です。${reference}です。`,
  bandFound: ({ metric, found, reference, difference, below, deviations }) =>
    `${metricJa(metric)}は ${found} です。${reference}で、それより ${difference}${
      deviations === null ? " " : `（標準偏差の ${deviations} 倍）`
    }${below ? "低い" : "高い"}値です。`,
  bandOtherInputs: (title) => `提出された予測と同じ入力（${title}もの）での値です。`,
  bandHint: ({ from, to }, cause) =>
    `この設定なら、正しいプログラムの値はほぼ必ず ${
      from === null ? `${to} 以下` : to === null ? `${from} 以上` : `${from} 以上 ${to} 以下`
    }になります。${cause === null ? "" : `まず${CAUSES_JA[cause]}を見直してください。`}`,

  misclassifiedAll: (expected) => `誤分類した画像 ${expected} 枚がすべて挙げられ、ほかの画像はありません。`,
  misclassifiedFound: (right, expected, besides) =>
    `誤分類した画像 ${expected} 枚のうち ${right} 枚が挙げられ、それ以外の画像が ${besides} 枚あります。`,
  wrongRows: (wrong) => `誤分類した画像の行のうち ${wrong} 行でクラスが誤っています。`,
  misclassifiedHint: "予測とラベルを比べ、異なる index をすべて 1 回ずつ書き出してください。",
  misclassifiedOfWeights: (different) =>
    `重みによる予測（predictions.csv とは ${different} 枚で異なります）と比べました。`,
  misclassifiedOfPredictions: (different) =>
    `predictions.csv の予測と比べました。重みによる予測とは ${different} 枚で異なりますが、それは別の項目で減点しています。`,
  misclassifiedFromOne: "index が 1 から始まっているため、0 から始まるものとして読み取りました。",
  misclassifiedOfValidation:
    "行は検証データの画像（分割した順に 0 から）のものなので、検証データと比べました。",
  misclassifiedOfTraining:
    "行は検証データの画像（訓練データ全体での番号）のものなので、検証データと比べました。",
  misclassifiedOthers: ({ index, label, right, count }) =>
    `misclassified.csv にはテスト画像の index（0 から ${
      count - 1
    }）と正解ラベルが必要です。index ${index} のラベルが ${label} となっていますが、${
      right === null ? "そのような画像はありません" : `正しくは ${right} です`
    }。ほかの行もほとんど合っていません。`,
  misclassifiedOthersHint:
    "誤分類した公式テスト画像ごとに 1 行、index、予測したクラス、正解ラベルを書いてください。",
};

const aside = (text: string | undefined) => text === undefined ? "" : `。${text}`;

const PACKAGES_JA =
  "採点には Python と NumPy があり、pandas、matplotlib、scikit-learn は、読み込み・分割・描画に使う一部だけを代わりのもので補っています。" +
  "手元では動いていたものが、ここにはないだけかもしれません";

const BROKEN_JA: Readonly<Record<string, string>> = {
  ImportError: PACKAGES_JA,
  ModuleNotFoundError: PACKAGES_JA,
  FileNotFoundError:
    "採点した環境にあるファイルは、ノートブック自身が書き出したものだけです。MNIST は scikit-learn の fetch_openml、または Keras や torchvision の読み込み関数で使えます",
};

function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(", ")}, ...` : names.join("、");
}

function reductionJa(reduction: string): string {
  return reduction === "mean" ? "平均" : "合計";
}

function metricJa(metric: string): string {
  return metric === "test_accuracy" ? "テスト正解率" : "テスト損失";
}

const SOUGHT_JA: Readonly<Record<Sought, string>> = {
  parameters: "重みとバイアス",
  init: "学習前の重み",
  predictions: "テスト画像の予測",
  forward: "順伝播",
  large: "大きなロジットの確率",
  loss: "損失関数",
  step: "1 回の更新と勾配",
  history: "エポックごとの損失",
  val_history: "エポックごとの検証損失",
  manifest: "学習の設定",
  consistent: "保存した重みと予測",
  student: "学籍番号",
};

const CAUSES_JA = {
  gradients: "誤差逆伝播の結果",
  forward: "順伝播の結果",
  initialize: "重みの初期化",
};
