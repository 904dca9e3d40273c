import { formatCount } from "../../text/numbers.ts";
import type { Messages } from "./en.ts";

export const ja: Messages = {
  language: "ja",
  comma: "、",
  space: "",
  colon: "：",

  none: "なし",
  status: { ok: "完了", diverged: "発散", failed: "失敗" },
  statuses: (count, status) => `${status} ${formatCount(count)}`,
  trial: (trial) => `試行 ${trial}`,
  run: (trial, seed) => `試行 ${trial}（シード ${seed}）`,
  trials: (count) => `${formatCount(count)} 試行`,
  runs: (count) => `${formatCount(count)} 回の訓練`,
  epoch: "エポック",
  seed: "シード",

  answer: {
    heading: "結論",
    semicolon: "。",
    testAccuracy: "のテスト画像を正しく分類しました",
    best: (trial, described) => `最良の試行：${trial}${described && `（${described}）`}`,
    only: (trial, described) => `試行 ${trial}${described && `（${described}）`}`,
    none: "最良の試行はありません。評価指標の値を得て完了した訓練がひとつもありません。",
    images: (right, all, low, high) =>
      `テスト画像 ${formatCount(all)} 枚のうち ${formatCount(right)} 枚。` +
      `画像の枚数から求めた 95% 信頼区間は ${low}〜${high}`,
    seeds: (count) => `シード ${formatCount(count)} 個の平均`,
    overSeeds: (count, low, high) =>
      `シード ${
        formatCount(count)
      } 個の平均。シード間のばらつきから求めた平均の 95% 信頼区間は ${low}〜${high}`,
    bestSeed: (seed, percent) => `最もよかった訓練（シード ${seed}）は ${percent}`,
    counts: (trials, runs, statuses) => `${trials}、${runs}（${statuses}）。`,
    idle: (runs) =>
      `**${runs} 回の訓練は何も学習していません**：テスト画像の正解率が、常に最も多いクラスを答える場合を上回りません（正確な二項検定、1%）。`,
    ranked: (metric, goal, overSeeds) =>
      `試行の順位は${overSeeds ? "シード間で平均した" : ""}${metric}の${
        goal === "maximize" ? "高い" : "低い"
      }順`,
    honest: "で、選択にテストデータは使っていません。",
    dishonest: "です。**テストデータで選択している**ため、最良の試行のテスト成績は実力よりよく見えます。",
    after: "最終エポック後の値",
    figures: "最良の試行の損失と正解率（最終エポック後）",
    published: (dataset) => `${dataset} のテスト誤り率：同種のネットワークの公表値との比較`,
    network: "ネットワーク",
    testError: "テスト誤り率",
    here: "この実験の最良の試行",
    source: (source) => `公表値の出典：${source}`,
    linear: "線形分類器",
  },

  table: {
    heading: "試行の順位",
    caption: "試行の一覧（よい順）",
    rank: "順位",
    trial: "試行",
    runs: "訓練",
    draw: "表示",
    meanNote:
      "各指標は、完了した訓練についてのシード間の平均です。± はシード間の標準偏差（ポイント）を表します。",
    cut: (shown, all) => `${formatCount(all)} 試行のうち上位 ${formatCount(shown)} 件を示します`,
    cutBroken: (shown, all) =>
      `発散または失敗した訓練を含む ${formatCount(all)} 件からは ${formatCount(shown)} 件を加えています`,
    cutFile: (link) => `すべての結果は ${link} にあります。`,
    select: (trial) => `試行 ${trial} をグラフに表示する`,
    selectNote: (most) =>
      `チェックを付けた試行（最大 ${most} 件）が、以下のすべてのグラフに色付きで表示されます。ほかの試行は灰色です。`,
    selected: (trials) => `表示中：${trials}。`,
    selectedNone: "表示中の試行はありません。",
    full: (most) => `色を付けられるのは同時に ${most} 件までです。先にどれかのチェックを外してください。`,
    unfinished: "発散・失敗した訓練、何も学習しなかった訓練",
    divergedRuns: "発散（損失が有限の値でなくなった）",
    failedRuns: "失敗",
    idleRuns: "何も学習していない（テスト画像の正解率が、常に最も多いクラスを答える場合を上回らない）",
    more: (count) => `ほか ${formatCount(count)} 件`,
    brokenNote: "発散または失敗した訓練を含む試行は、ほかのすべての試行の後に並びます。",
  },

  conclusions: {
    heading: "この結果から言えること",
    column: (accuracy) => `最良との差と 95% 信頼区間${accuracy ? "（ポイント）" : ""}`,
    best: "最良",
    interval: (low, high) => `${low}〜${high}`,
    notDistinguishable: "最良と区別できない",
    isWorse: "劣る",
    stopped: "途中で打ち切り",
    alike: (count, trials) =>
      `最良の試行と区別できない試行が ${formatCount(count)} 件あります（${trials}）。` +
      "シードごとに対にした差の 95% 信頼区間が 0 を含みます。",
    worse: (count, all) =>
      `${all ? "ほかのすべての試行" : "残りの試行"}（${formatCount(count)} 件）は、` +
      "偶然の範囲を超えて最良の試行に劣ります。",
    eliminated: (count) =>
      `${formatCount(count)} 件の試行は逐次半減法で途中で打ち切られ、先へ進んだ試行の後に並びます。`,
    fewImages: (images, points) =>
      `検証に使った画像は ${
        formatCount(images)
      } 枚だけです。正解率の差は、${points} ポイント未満なら偶然でも生じるため、小さな差に意味はありません。` +
      "画像を増やす（preprocess.limit、preprocess.validation）と、試行を区別しやすくなります。",
    singleSeed:
      "シードがひとつしかないため、試行間の差が偶然かどうかは判断できません。`seeds: {count: 5}` のようにシードを増やしてください。",
    edge: (name, value, end, values) =>
      `${name} ${value} は ${values} 個の値の${end === "lowest" ? "最小" : "最大"}`,
    edges: (list) =>
      `最良の試行は試した範囲の端にあります（${list}）。範囲の外にさらによい値があるかもしれません。`,
    seedSpread: (seeds, trials) =>
      `シード間のばらつき（標準偏差 ${seeds}）が試行間のばらつき（${trials}）より大きく、探索した設定の影響はごく小さいか、シードが足りません。`,
    testMetric: (metric) =>
      `試行を${metric}で選択しています。本来は選択の評価だけに使う指標なので、最良の試行の値は実力よりよく見えます。`,
  },

  curves: {
    heading: "学習曲線",
    train_loss: "訓練損失",
    val_loss: "検証損失",
    val_accuracy: "検証正解率",
    loss: "損失",
    log: "（対数目盛）",
    alt: "エポックごとの訓練損失と検証損失",
    colours: "太い線が最良の試行、ほかの色の線がそれに続く試行、灰色の線が残りの試行です。",
    coloursPage: "色付きの線がチェックを付けた試行、灰色の線が残りの試行です。",
    bands: "線はシード間の平均、帯は最小のシードから最大のシードまでの範囲です。",
    crosses: "✕ 印は、損失が有限の値でなくなったエポックを示します。",
    beyond: (count, page) =>
      `${formatCount(count)} 件の試行には最良の試行の 10 倍を超える損失があり、枠の上に外れています` +
      `${page ? "（縮小すると見えます）" : ""}。`,
    note: "訓練損失は重みを更新しながらのエポック内の全バッチの平均、検証損失は各エポックの終了後の値です。",
    otherTrials: (drawn, all) =>
      `その他 ${formatCount(all)} 試行${drawn < all ? `のうち ${formatCount(drawn)} 件` : ""}`,
    sampled: (drawn, all) =>
      `全 ${formatCount(all)} 試行のうち、` +
      `順位が等間隔になるように選んだ ${formatCount(drawn)} 件を描いています。`,
    epochsSampled: (drawn, all) =>
      `全 ${formatCount(all)} エポックのうち、` +
      `最初と最後を含む等間隔の ${formatCount(drawn)} エポックを描いています。`,
    diverged: "\u2715 発散した訓練",
  },

  effects: {
    heading: "各ハイパーパラメータの効果",
    alt: (metric, names) => `${names}と${metric}の関係`,
    note: (metric) => `点は各試行の${metric}、黒い線はその値をもつすべての試行の平均です。`,
    sampled: (drawn, all) =>
      `点は全 ${formatCount(all)} 試行から順位が等間隔になるように選んだ ${formatCount(drawn)} 件、` +
      "平均は全試行についての値です。",
    missing: (count) =>
      `値のない試行（完了した訓練がないもの）${formatCount(count)} 件は、下端の ✕ 印で示します。`,
    mean: "平均",
    pairHeading: (a, b) => `${a}と${b}の組み合わせ`,
    pairNote: (metric) => `各マスは、その 2 つの値をもつ試行の${metric}の平均です。`,
    parallelHeading: "すべてのハイパーパラメータの組み合わせ",
    parallelNote: (metric) =>
      `1 本の線が 1 つの試行です。各軸をその試行の値で横切り、右端は${metric}です。破線は発散または失敗した訓練を含む試行です。`,
    tableHeading: "各ハイパーパラメータが説明する分散の割合",
    parameter: "ハイパーパラメータ",
    share: "分散の割合",
    shareNote: (runs) =>
      `割合は、訓練 ${formatCount(runs)} 回の分散のうち各ハイパーパラメータが単独で説明する部分です。`,
    smallPairs: (count) =>
      `組み合わせとして説明する割合が 0.5% に満たない ${formatCount(count)} 組は省いています。`,
    overlapping:
      "すべての組み合わせを同じ回数だけ訓練してはいないため、割合は重なり合い、合計は 100% になりません。",
    together: (a, b) => `${a}と${b}の組み合わせ`,
    rest: "3 つ以上の組み合わせ",
    seeds: "シード",
    afterEpoch: (metric, epoch) => `エポック ${epoch} 後の${metric}`,
    alikeNote: (epoch) =>
      `逐次半減法では試行ごとにエポック数が異なるため、すべての試行に共通するエポック ${epoch} の後の値で比べています。`,
    value: "値",
    runs: "訓練の回数",
    meanOf: (metric) => `${metric}の平均`,
  },

  bestRun: {
    heading: (trial, seed) => `最良の訓練：試行 ${trial}、シード ${seed}`,
    wrong: (wrong, all, percent) =>
      `テスト画像 ${formatCount(all)} 枚のうち ${formatCount(wrong)} 枚（${percent}）が誤分類です。`,
  },
  errors: {
    heading: "誤分類を調べる",
    choose: "試行",
    open: "混同行列のマスを選ぶと（クリック、または矢印キーと Enter）、その画像が表示されます。",
    which: (inspected, examined, all) =>
      `試行ごとに最良の訓練を調べます。対象は${
        examined < all
          ? `上位 10 件と、残り ${formatCount(all - 10)} 件から順位が等間隔になるように選んだ ${
            formatCount(examined - 10)
          } 件の試行`
          : ` ${formatCount(all)} 件の試行すべて`
      }です。画像は、${
        inspected === examined
          ? "そのすべて"
          : inspected === 10
          ? "上位 10 件"
          : `上位 10 件のうち ${inspected} 件`
      }にあります。`,
    bound: (best, other, most) =>
      `このページにある画像は、1 マスにつき ${best} 枚まで${
        best === other ? "" : `（最良以外の試行は ${other} 枚まで）`
      }で、誤分類は確信度の高い順、正しい予測は確信度の低い順です。そのほかに、行列全体で確信度の最も高い誤分類を ${most} 枚まで示します。`,
    noneInspected: "画像はありません。結果のフォルダーに、これらの訓練の inspection.npz がないためです。",
    noPredictions: (trial) =>
      `${trial}の予測はありません。訓練が発散または失敗したか、結果のフォルダーにファイルがありません。`,
  },
  confusion: {
    heading: "混同行列",
    caption: "テスト画像の枚数（行：正解のクラス、列：予測したクラス）",
    note: "行が正解のクラス、列が予測したクラスです。各マスの上段は枚数、下段は行の中での割合です。",
    noteCounts: "行が正解のクラス、列が予測したクラスで、数字は枚数です。",
    alt: "混同行列：正解と予測のクラスごとの枚数と割合",
    corner: "正解 \\ 予測",
    cornerShort: "↓正解",
    cell: (label, predicted) =>
      `${label === predicted ? `${label} を正しく予測` : `${label} を ${predicted} と予測`}：`,
    true: "正解のクラス",
    predicted: "予測したクラス",
    counts: "枚数の表",
    worst: (pairs) => `多かった混同：${pairs}。`,
    pair: (label, predicted, count) => `${label} を ${predicted} と予測（${formatCount(count)} 枚）`,
  },
  classes: {
    heading: "クラスごとの適合率と再現率",
    caption: "テスト画像に対する各クラスの成績",
    bars: (from) => `棒は ${from} から始まります。`,
    class: "クラス",
    images: "枚数",
    precision: "適合率",
    recall: "再現率",
    f1: "F 値",
    mean: "平均",
    undefinedNote:
      "一度も予測されなかったクラスの適合率と、画像のないクラスの再現率は 0 です（0/0 は 0 とみなします）。",
  },
  mistakes: {
    heading: "誤分類された画像",
    none: (source) => `ありません。すべての予測は ${source} にあります。`,
    note: (shown, all) =>
      (shown < all
        ? `誤分類 ${formatCount(all)} 枚のうち、確信度の高い順に ${formatCount(shown)} 枚。`
        : `誤分類 ${formatCount(all)} 枚すべて（確信度の高い順）。`) + "各画像の上は「予測 / 正解」です。",
    alt: (shown) => `誤分類されたテスト画像 ${formatCount(shown)} 枚（見出しは「予測 / 正解」）`,
    describe: (index, label, predicted) =>
      `テスト画像 ${formatCount(index)} 番：正解 ${label}、予測 ${predicted}`,
    describeRight: (index, label) => `テスト画像 ${formatCount(index)} 番：${label} を正しく予測`,
    probabilities: (shares) => `。確率は ${shares}`,
    most: "確信度の高い誤分類",
    taken: (label, predicted) => `${label} を ${predicted} と予測`,
    right: (label) => `${label} を正しく予測`,
    back: "誤分類の一覧に戻る",
    shown: (shown, all, kind) =>
      shown === all
        ? `${formatCount(all)} 枚（確信度の${kind === "right" ? "低い" : "高い"}順）。`
        : `${formatCount(all)} 枚のうち、確信度の${kind === "right" ? "低い" : "高い"}順に ${
          formatCount(shown)
        } 枚。`,
    noneAtAll: "誤分類されたテスト画像はありません。",
    noneHere: "このマスに当てはまるテスト画像はありません。",
    noneHeld: (all) => `${formatCount(all)} 枚。結果のフォルダーに、その画像はありません。`,
    notHeld: (all) => `${formatCount(all)} 枚。このページには、上位 10 件の試行の画像だけがあります。`,
    closeup: (index, label, predicted) =>
      label === predicted
        ? `テスト画像 ${formatCount(index)} 番：${label}`
        : `テスト画像 ${formatCount(index)} 番：${label} を ${predicted} と予測`,
    predicted: "予測",
    true: "正解",
    reading: "各画像の下は「予測 / 正解」、予測の確率、クラスごとの確率の棒（0 から始まる）です。",
    rounded: "確率は 0.1% 単位に丸めています。",
    confidence: "確信度",
    trueConfidence: "正解のクラスの確率",
    below: "下の数字は、誤った答えに対するネットワークの確信度です。",
    listed: "同じ内容の表",
    index: "テスト画像の番号",
    source: (source) => `すべての予測は ${source} にあります。`,
    indices: (shown, all) =>
      "テストデータでの番号（0 から数える）と（正解→予測）" +
      `${shown < all ? `、${formatCount(all)} 枚のうち最初の ${shown} 枚` : ""}：`,
  },
  filters: {
    heading: "第 1 層の重み",
    note: (shown, all) =>
      `隠れユニット ${formatCount(all)} 個` +
      (shown < all ? `のうち、重みの大きい ${formatCount(shown)} 個` : "すべて") +
      "を 1 枚ずつ画像にしたものです。",
    noteClasses: "隠れ層がないので、各画像はそのクラスらしさを表します。",
    labels: (hidden) =>
      `各画像の下は${hidden ? "ユニット" : "クラス"}の番号と、重みのノルム（2 乗和の平方根）です。`,
    unit: (unit) => `ユニット ${unit}`,
    class: (label) => `クラス ${label}`,
    norm: (norm) => `ノルム ${norm}`,
    notHeld:
      "このページには、上位 10 件の試行の最良の訓練の重みが、結果のフォルダーにあるかぎり含まれています。",
    scale: (limit) => `橙は正、青は負、白は 0 で、絶対値 ${limit} 以上は同じ濃さです。`,
    untouched:
      "周辺の砂目模様は初期値のままの重みです。どの画像でも 0 の画素につながる重みは更新されません。",
    alt: (shown) => `第 1 層のユニット ${formatCount(shown)} 個の重みの画像`,
  },
  diagnostics: {
    heading: "層ごとの活性値と勾配",
    layers: "層の中身",
    note:
      "毎回同じ 64 枚の（検証）画像について、各層を流れる値をエポックごとに調べたものです。エポック 0 は訓練前です。",
    figureNote: "線は絶対値の中央値、帯はその中央の半分の範囲で、0 は下端に描きます。",
    histogramNote:
      "縦の列は、絶対値を 2 のべき乗で区切ったヒストグラムで、濃いほど多いことを表します。線は中央値です。軸は選んだ試行に合わせ、0 はその下の帯に示します。",
    quantileNote:
      "この結果にはヒストグラムがなく、分位数だけがあります。線は絶対値の中央値、帯は中央の半分と 90% の範囲です。軸は選んだ試行に合わせています。",
    epochsSampled: (drawn, all) =>
      `${formatCount(all)} 回の測定のうち、最初と最後を含む等間隔の ${formatCount(drawn)} 回を示します。`,
    none: (trial) => `${trial}の活性値と勾配は、結果のフォルダーにありません。`,
    median: "中央値",
    inRange: (range, share) => `${range} の値が ${share}`,
    zeros: (share) => `0 の値が ${share}`,
    unitCount: (units) => `${formatCount(units)} ユニット`,
    linesHeading: "ばらつきと飽和の推移",
    lines: {
      activation: "活性値の標準偏差",
      gradient: "勾配の標準偏差",
      saturated: "飽和した活性値の割合",
    },
    lastEpoch: (epoch) => `エポック ${epoch} 後の各層`,
    reading:
      "初期値の標準偏差 σ が小さすぎると、活性値は層を進むごとに小さくなり、逆伝播してくる勾配はさらに小さくなって、損失は ln 10 = 2.30（10 クラスを当てずっぽうに選んだときの値）に留まります。",
    activation: "活性値の絶対値",
    gradient: "勾配の絶対値",
    gradientNote: "勾配は、画像 1 枚の損失をユニットの活性化関数への入力で微分した値です。",
    alt: (run) => `層とエポックごとの活性値と勾配：${run}`,
    altShort: "層とエポックごとの活性値と勾配",
    hidden: (layer) => `隠れ層 ${layer}`,
    output: "出力層",
    choose: "試行",
    layer: "層",
    units: "ユニット数",
    mean: "活性値の平均",
    std: "活性値の標準偏差",
    saturated: "飽和",
    gradientStd: "勾配の標準偏差",
    saturatedNote:
      "飽和：活性化関数の微分が最大値の 20 分の 1 に満たない活性値の割合です（relu では 0 になった活性値）。",
    best: (run) => `最良：${run}`,
    last: (run) => `最下位：${run}`,
  },

  how: {
    heading: "実行の記録",
    again: "次のコマンドひとつで、すべてを再現できます。",
    weightsOf: (run) => `${run}の重みの SHA-256`,
    weights: (run, sha256) => `そのとき、${run}の重みの SHA-256 は ${sha256} になります。`,
    madeWith: "使用したもの",
    seeds: "シード",
    data: "データの SHA-256",
    time: "所要時間",
    timeText: (training, runs, rest, rate) =>
      `訓練 ${formatCount(runs)} 回の合計 ${training}${rest}、ワーカー 1 つあたり毎秒 ${rate} 枚`,
    timeEvaluate: (seconds) => `、評価 ${seconds}`,
    timeNone: "計測なし（すべての訓練結果がストアにありました）",
    config: "省略時の値もすべて書き出した実験設定",
    sources: "数値の出どころ",
    files: {
      "results.csv": "すべての訓練のハイパーパラメータと指標（全桁）",
      "history.csv": "すべての訓練の、エポックごとの損失と検証正解率",
      "runs/": "各訓練の重み、テストデータに対する予測、活性値と勾配",
      "manifest.json": "実験設定、データとこれらのファイルの SHA-256、バージョン",
      "timings.csv": "各工程の秒数と毎秒の画像数",
    },
    definitions: "損失は交差エントロピー（自然対数）の平均、正解率は正しく予測した画像の割合です。",
  },

  page: {
    skip: "結論へ移動",
    contents: "目次",
    logLoss: "損失を対数目盛に",
    logEpoch: "エポックを対数目盛に",
    zoomIn: "拡大",
    zoomOut: "縮小",
    reset: "元に戻す",
    controls: "グラフの操作",
    hint: "ドラッグで移動、Ctrl + ホイールで拡大・縮小、線のクリックでその試行のチェックを切り替えます。",
    noScript: "グラフの表示には JavaScript が必要です。report.md には同じ内容が図とともにあります。",
  },
};
