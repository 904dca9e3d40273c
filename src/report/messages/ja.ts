import { formatCount } from "../../text/numbers.ts";
import type { Messages } from "./en.ts";

/** A name and the particle after it, with a space between them where the name does not end in Japanese. */
function spacedName(name: string, particle: string): string {
  return `${name}${/[!-~]$/.test(name) ? " " : ""}${particle}`;
}

function taken(label: string, predicted: string): string {
  return `${spacedName(label, "を")}${/^[!-~]/.test(predicted) ? " " : ""}${spacedName(predicted, "と")}予測`;
}

export const ja: Messages = {
  language: "ja",
  comma: "、",
  space: "",
  colon: "：",

  none: "なし",
  status: { ok: "完了", diverged: "発散", failed: "失敗", running: "実行中" },
  statuses: (count, status) => `${status} ${formatCount(count)}`,
  trial: (trial) => `試行 ${trial}`,
  run: (trial, seed) => `試行 ${trial}（シード ${seed}）`,
  thisRun: "この訓練",
  theseRuns: (count) => `この ${formatCount(count)} 回の訓練`,
  seedRun: (seed) => `シード ${seed}`,
  trials: (count) => `${formatCount(count)} 試行`,
  runs: (count) => `${formatCount(count)} 回の訓練`,
  epoch: "エポック",
  seed: "シード",

  answer: {
    heading: "結論",
    semicolon: "。",
    testAccuracy: "のテスト画像を正しく分類しました",
    lead: "テスト画像の正解率",
    best: (trial, described) => `最良の試行：${trial}${described && `（${described}）`}`,
    only: (runs) => runs === 1 ? "この訓練" : `この ${formatCount(runs)} 回の訓練`,
    none: "最良の試行はありません。評価指標の値を得て完了した訓練がひとつもありません。",
    notYet: "まだ完了した訓練がありません。最初のひとつが完了すると、ここに答えが出ます。",
    noneOfOne: "結果はありません。評価指標の値を得て完了した訓練がひとつもありません。",
    images: (right, all) => `テスト画像 ${formatCount(all)} 枚のうち ${formatCount(right)} 枚`,
    overImages: (low, high) => `画像の枚数から求めた 95% 信頼区間は ${low}〜${high}`,
    sameTest:
      "テスト用の点が与えられていないため、学習に使った点での値であり、新しい点での正解率はここからは推定できません",
    seeds: (count) => `シード ${formatCount(count)} 個の平均`,
    overSeeds: (count, low, high) =>
      `シード ${
        formatCount(count)
      } 個の平均。同じテスト画像でシードを変えた場合の平均の 95% 信頼区間は ${low}〜${high}`,
    bestSeed: (seed, metric, percent) => `${metric}が最もよい訓練（シード ${seed}）は ${percent}`,
    counts: (counted, statuses) => `${counted}（${statuses}）。`,
    idle: (runs) =>
      `**${
        formatCount(runs)
      } 回の訓練は、テスト画像で示せるほどの学習をしていません**：正解率が、常に最も多いクラスを答える場合を、偶然の範囲を超えて上回りません（正確な二項検定、1%）。`,
    idleAmong: (runs) => `（うち ${formatCount(runs)} 回は何も学習せず）`,
    ranked: (metric, goal, overSeeds) =>
      `試行の順位は${overSeeds ? "シード間で平均した" : ""}${metric}の${
        goal === "maximize" ? "高い" : "低い"
      }順`,
    end: "です。",
    honest: "で、選択にテストデータは使っていません。",
    dishonest: "です。**テストデータで選択している**ため、最良の試行のテスト成績は実力よりよく見えます。",
    after: "最終エポック後の値",
    figures: "最終エポック後の値",
    kept: "早期終了の規則で残した重みでの値",
    keptFigures: "早期終了の規則で残した重みでの値",
    chart: (of, validated) => `エポックごとの損失${validated ? "と検証正解率" : ""}：${of}`,
    bestTrial: (trial) => `最良の${trial}`,
    meanEpoch: "エポック内の平均",
    afterEpoch: "エポック終了後",
    numbers: "同じ内容の表",
    chooseEpoch: "値を読むエポック（矢印キーで移動）",
    bands: (seeds) => `線はシード ${formatCount(seeds)} 個の平均、帯は最小から最大までの範囲です。`,
    published: (dataset) => `${dataset} のテスト誤り率：同種のネットワークの公表値との比較`,
    network: "ネットワーク",
    testError: "テスト誤り率",
    here: "この実験の最良の試行",
    hereOne: "この実験",
    source: (source) => `公表値の出典：${source}`,
    linear: "線形分類器",
    ranking: "選び方",
  },

  setup: {
    heading: "実験の内容",
    data: "データ",
    ownData: "自分で用意した画像",
    ownPoints: "自分で与えた点",
    inputs: "平面上の点（入力は x と y）",
    drawn: (noise, seed) => `ノイズ ${noise}、シード ${seed}`,
    sameTest: "テストにも、学習に使った点をそのまま使用",
    parts: { train: "訓練", validation: "検証", test: "テスト" },
    imagesOf: (part, count) => `${part} ${formatCount(count)} 枚`,
    imageSize: (rows, columns) => `${rows} × ${columns} 画素のグレースケール画像`,
    ownRows: "自分の数値データ",
    rowInputs: (count) => `入力 ${formatCount(count)} 個のデータ`,
    pixels: (count) => `${formatCount(count)} 画素の画像`,
    classes: (count) => `${formatCount(count)} クラス`,
    limited: (used, all) =>
      `訓練と検証には、${formatCount(all)} 枚のうち先頭の ${formatCount(used)} 枚を使用`,
    noValidation: "検証データなし",
    network: "ネットワーク",
    softmax: "softmax（ソフトマックス関数）",
    parameters: (count) => `重みとバイアスは計 ${formatCount(count)} 個`,
    input: "入力",
    output: "出力",
    hidden: "隠れ層",
    logistic: "隠れ層なし：ロジスティック（ソフトマックス）回帰",
    networkAlt: (inputs, hidden, outputs, parameters) =>
      `入力 ${inputs}、${hidden}、出力 ${outputs}（ソフトマックス関数）${parameters && `。${parameters}`}`,
    hiddenAlt: (sizes, activation) => `隠れ層 ${sizes}（活性化関数 ${activation}）`,
    noHiddenAlt: "隠れ層なし",
    unknown: "不明",
    settings: "設定",
    settingsBest: "最良の試行の設定",
    setting: "設定",
    value: "値",
    swept: (values) => `探索 ${formatCount(values)} 通り`,
    varies: "試行により異なる",
    seeds: "シード",
    seedsOf: "分割・重み・順序のシード",
    seedsOfNoise: "分割・重み・順序・雑音のシード",
    ended: "訓練の終わり",
    stoppedAfter: (epoch) => `エポック ${formatCount(epoch)} の後で終了`,
    notStopped: "最後のエポックまで訓練",
    keptEpoch: (epoch) => `エポック ${formatCount(epoch)} の重みを使用`,
    perSeed: "各シードから決まる",
  },

  verdicts: {
    heading: "学習できたか、収束したか、過学習か",
    rule: "規則",
    means: (runs) => `（シード ${formatCount(runs)} 個の平均）`,
    learned: {
      yes: "学習できています",
      yesText: (right, guessed) =>
        `テスト画像の正解率 ${right} は、常に最も多いクラスを答える場合の ${guessed} を、偶然の範囲を超えて上回ります。`,
      allText: (runs, guessed) =>
        `${
          formatCount(runs)
        } 個のシードのどれも、テスト画像の正解率が、常に最も多いクラスを答える場合の ${guessed} を、` +
        "偶然の範囲を超えて上回ります。",
      no: "テスト画像で示せるほどの学習はしていません",
      noText: (right, guessed) =>
        `正解率 ${right} は、常に最も多いクラスを答える場合の ${guessed} を、偶然の範囲を超えて上回りません（正確な二項検定、1%）。`,
      noneText: (runs, guessed) =>
        `${
          formatCount(runs)
        } 個のシードのどれも、正解率が、常に最も多いクラスを答える場合の ${guessed} を、偶然の範囲を超えて上回りません（正確な二項検定、1%）。`,
      some: "テスト画像で示せるほどの学習をしていないシードがあります",
      someText: (idle, runs, guessed) =>
        `${formatCount(runs)} 個のシードのうち ${
          formatCount(idle)
        } 個は、正解率が、常に最も多いクラスを答える場合の ${guessed} を、` +
        "偶然の範囲を超えて上回りません（正確な二項検定、1%）。",
      unknown: "学習できたか",
      unknownText: "テスト画像に対する予測がないか、偶然と区別するには少なすぎるため、判定できません。",
      notYetText: "スイープが終わると、テスト画像に対する予測から判定します。",
    },
    metric: { train_loss: "訓練損失", val_loss: "検証損失" },
    converged: {
      few: "収束したか",
      fewText: (epochs, needed) =>
        `${formatCount(epochs)} エポックでは判定できません（${needed} エポック以上が必要です）。`,
      falling: "まだ収束していません",
      fallingText: (metric, change, since, last) =>
        `${metric}はエポック ${since} から ${last} までに ${change} 下がり、まだ下がり続けています。` +
        "エポックを増やすと、さらに下がる可能性があります。",
      fallingStoppedText: (metric, change, since, last) =>
        `${metric}はエポック ${since} から ${last} までに ${change} 下がり、まだ下がり続けていましたが、早期終了で訓練を終えました。` +
        "patience を大きくすると、さらに下がる可能性があります。",
      flat: "収束しています",
      flatText: (metric, since, change) =>
        `${metric}はエポック ${since} から横ばいです（変化は ${change} 未満）。` +
        "同じ設定でエポックを増やしても、あまり期待できません。",
      slow: "ほとんど進んでいません",
      slowText: (metric, since, last, flat, part) =>
        `${metric}はエポック ${since} から ${last} まで下がり続けています。変化は ${flat} 未満とわずかですが、` +
        `最初のエポックからの下げ幅の ${part} にあたるので、収束したとはいえません。学習率が小さすぎるおそれがあります。`,
      stillText: (metric, fall, validated) =>
        `${metric}は横ばいですが、${
          validated ? "訓練損失も検証損失も、" : ""
        }最初のエポックより ${fall} 以上下がってはいません。` +
        "最初のエポックのうちに収束したのか、学習率が小さすぎるなどの理由でまだ学習が進んでいないのかは、損失からはわかりません。",
      plateau: "停滞しているおそれがあります",
      plateauText: (metric, since) =>
        `${metric}はエポック ${since} から横ばいですが、学習したことをテスト画像では示せません。` +
        "収束ではなく停滞（プラトー）かもしれません。",
      turned: "落ち着いていません",
      turnedText: (metric, lowest, rise, last) =>
        `${metric}はエポック ${lowest} の後で最も低く、エポック ${last} の後はそれより ${rise} 高くなっています。`,
      rising: "最良の時点を過ぎています",
      risingText: (metric, change, since, last) =>
        `${metric}はエポック ${since} から ${last} までに ${change} 上がっています。` +
        "同じ設定でエポックを増やしても、改善は期待できません。",
      strayText: (metric, since, last, flat) =>
        `エポック ${since} から ${last} までの${metric}は、その中央値から ${flat} 以内に収まっていません。`,
      unsettled: "落ち着いていません",
      unsettledText: (metric, since, last) =>
        `${metric}はエポック ${since} から ${last} まで上下しており、偶然の範囲を超える傾向がありません。`,
      shared: (last) =>
        `すべての訓練がそろっているエポック ${last} までで判定しました（その先まで続いた訓練もあります）。`,
    },
    overfitting: {
      unvalidated: "過学習か",
      unvalidatedText: "検証データがないか、検証損失のないエポックがあるため、判定できません。",
      few: "過学習か",
      fewText: (epochs, needed) =>
        `${formatCount(epochs)} エポックでは判定できません（${needed} エポック以上が必要です）。`,
      overfitting: "過学習しています",
      overfittingText: (epoch, rise, low, high) =>
        `検証損失はエポック ${epoch} の後で最小になり、その後 ${rise} 上がりました（${low} から ${high}）。` +
        "その間も訓練損失は下がり続けています。",
      unstable: "不安定です",
      unstableText: (epoch, rise, low, high) =>
        `検証損失はエポック ${epoch} の後で最小になり、その後 ${rise} 上がりました（${low} から ${high}）が、` +
        "訓練損失も下がっていません。過学習ではなく、更新の歩幅が大きすぎるおそれがあります。",
      none: "過学習の兆候はありません",
      lowestLastText: (end) =>
        end === null
          ? "検証損失は最終エポックの後で最小です。"
          : `検証損失は、すべての訓練がそろっている最後のエポック ${end} の後で最小です。`,
      lowestText: (epoch, rise, end) =>
        `検証損失はエポック ${epoch} の後で最小になり、${
          end === null ? "最終エポック" : `すべての訓練がそろっている最後のエポック ${end} `
        }の後はそれより ${rise} 高くなっていますが、`,
      lacksRise: (rise) => `規則の ${rise} を超えてはいません。`,
      lacksWobbles: (times) => `エポックごとの上下の揺れの ${times} 倍を超えてはいません。`,
      lacksEpochs: (last) => `最後の ${last} エポックのすべてで規則の幅を超えて高いわけではありません。`,
      notYet: "規則では過学習といえません",
      wide: "過学習とはまだいえませんが、差が開いています",
      nothing:
        "学習したことをテスト画像では示せず、訓練損失もほとんど下がっていないので、過学習かどうかを問えません。",
      accuracy: (then, now) => `その間に検証正解率は ${then} から ${now} になりました。`,
      gap: (validation, train, gap, means, end) =>
        `${
          end === null ? "最終エポック" : `エポック ${end} `
        }の検証損失は ${validation}、訓練損失は ${train}${means || " "}で、差は ${gap} です。`,
      below:
        "検証損失のほうが低いことは、訓練損失が、重みを更新しながらのエポック内の平均であることで説明がつく程度です。",
      belowNoise:
        "検証損失のほうが低いのは、訓練損失を、ドロップアウトや入力の雑音がある状態で測っているためです。",
      belowOther:
        "訓練損失はエポック内の平均ですが、検証損失のほうが低い差は 1 エポックでの訓練損失の下がり方より大きいので、" +
        "それだけでは説明がつきません。検証データのほうが、偶然も含めて、やさしいのかもしれません。",
    },
  },

  rules: {
    heading: "判定の規則",
    intro:
      "最初の画面の判定は、印象ではなく次の規則によるものです。シードが複数あるときは、完了した訓練の平均で判定します。",
    chosen: "最良の試行は最終エポックの値で選ぶため、その値は少しよく見えます。",
    chosenKept:
      "早期終了によって選ばれたエポックの重みを使い、最良の試行もそのエポックの値で選ぶため、その値は少しよく見えます。",
    learned: "学習できたか",
    learnedText:
      "テスト画像の正解率が、常に最も多いクラスを答える場合を上回れば、学習できたと判定します（正確な二項検定、片側 1%）。" +
      "よく学習できた、という意味ではありません。また、テスト画像が少ないと、学習できていても上回るとは示せないことがあります。" +
      "上回るといえない訓練には「何も学習せず」の印を付けます。テスト画像では示せないということで、学習していないことの証明ではありません。",
    converged: "収束したか",
    convergedText: ({ epochs, least, most, flat, ongoing, fall, rise }) =>
      `${epochs} エポック以上のとき、最後の 3 分の 1（${least} エポック以上。${most} を超えるときは等間隔に選んだ ${most} エポック）の検証損失` +
      "（検証データがなければ訓練損失）を調べます。変化は、センの傾き（すべての 2 エポックの組の傾きの中央値）に長さを掛け、" +
      `損失の中央値で割ったものです。${flat} 未満で、調べた損失がすべてその中央値から ${flat} 以内にあれば横ばいとし、` +
      `${flat} 以内に留まり始めたエポックを示します。以内でないエポックがあれば「落ち着いていない」とします。` +
      "それより大きな変化は、マン・ケンドールの傾向検定（両側 10%）で偶然といえなければ「下がっている」「上がっている」、" +
      `そうでなければ「落ち着いていない」とします。下がっていても、最後に最小値より ${rise} を超えて高ければ「落ち着いていない」です。` +
      `変化が ${flat} 未満でも、この検定で下がっていて、その下げ幅が最初のエポックからの下げ幅の ${ongoing} 以上なら「ほとんど進んでいない」とします。` +
      `訓練損失も検証損失も最初のエポックより ${fall} 以上下がっていなければ、収束したかどうかは判定しません。` +
      "隣り合うエポックの損失は独立ではないので、これは規則であって証明ではありません。",
    overfitting: "過学習か",
    overfittingText: ({ last, rise, wobbles, epochs, wide, fall }) =>
      `${epochs} エポック以上のとき、最後の ${last} エポックの検証損失がすべて、最小値より ${rise} を超えて、しかも上下の揺れ` +
      `（2 階差分の絶対値の中央値を 1.652 で割ったもの）の ${wobbles} 倍を超えて高く、訓練損失はその最小の時点より最終エポックで低ければ、` +
      "過学習と判定します。訓練損失も下がっていなければ「不安定」とします。差があるだけでは、この規則では過学習としません。" +
      `最終エポックの検証損失が訓練損失の ${wide} 倍以上なら「差が開いている」とします。学習したことをテスト画像で示せず、訓練損失が最初のエポックより ` +
      `${fall} 以上下がっていないときは判定しません。`,
    gapText:
      "訓練損失は重みを更新しながらのエポック内の平均、検証損失はエポック終了後の値です。そのため、損失が速く下がる間は検証損失のほうが低くても" +
      "不思議ではなく、最終エポックの差は小さめに出ます。",
    compared: "劣る・優れる・確かといえない・区別できない",
    comparedText: (trials, pairs) =>
      (pairs === 1
        ? "シードごとに対にした t 検定が 5% の水準で有意なら、"
        : `最良の試行は同じ訓練の結果から選ばれるので、${formatCount(trials)} 試行のすべての組（${
          formatCount(pairs)
        } 組）をまとめて 5% の水準になるように、` +
          `シードごとに対にした t 検定を各組で 5% / ${
            formatCount(pairs)
          } の水準で行い（ボンフェローニの補正）、有意なら、`) +
      "偶然の範囲を超えて最良の試行に劣る（または優れる）とします。" +
      (pairs === 1 ? "" : "その組だけなら 5% の水準で有意なとき、差は「確かといえない」とします。") +
      "そうでなければ「区別できない」とします。等しいという意味ではありません。" +
      `シードが少ないと、${pairs === 1 ? "" : "多くの試行のあいだでは特に、"}差はなかなか示せません。` +
      "95% 信頼区間は、それぞれの差だけについて、同じ画像でシードを変えた場合の範囲を表します。",
    noiseText:
      "ここでは、訓練損失はドロップアウトや入力の雑音がある状態で、検証損失はない状態で測っています。そのため、訓練損失は大きめに、差は小さめに出ます。",
  },

  runTable: {
    heading: "訓練の一覧",
    caption: "シードごとの訓練",
    cut: (shown, all) =>
      `${formatCount(all)} 回の訓練のうち、シードの小さいものから ${formatCount(shown)} 回を示します。`,
    status: "状態",
  },

  table: {
    heading: (ranked) => ranked ? "試行の順位" : "試行の一覧",
    caption: (ranked) => ranked ? "試行の一覧（よい順）" : "試行の一覧",
    sortedBy: (title, descending) => `試行の一覧（${title}の${descending ? "降順" : "昇順"}）`,
    trial: "試行",
    place: (rank) => `${formatCount(rank)} 位`,
    status: "状態",
    difference: "最良との差",
    marks: {
      failed: (runs) => `✕ 失敗${runs}`,
      diverged: (runs) => `✕ 発散${runs}`,
      idle: (runs) => `何も学習せず${runs}`,
      stopped: (epochs) => `${formatCount(epochs)} エポックで打ち切り`,
      running: (runs) => `実行中${runs}`,
    },
    marked: (count, all) =>
      all === 1 ? "" : count === all ? `（${all} 回とも）` : `（${all} 回中 ${count} 回）`,
    meanNote: (accuracy) =>
      "各指標は、完了した訓練についてのシード間の平均です。± はシード間の標準偏差" +
      `${accuracy ? "（正解率ではポイント）" : ""}を表します。`,
    unlikeRows: (settings, metric) =>
      `**${settings}の異なる試行は、同じ画像で訓練・検証していません**。${metric}の差や順位には、その違いによる分も含まれます。`,
    barNote: (low, high) =>
      `棒はそれぞれの差の 95% 信頼区間です。軸は ${low} から ${high} までで、縦線が 0 です。` +
      "白抜きの点は偶然の範囲を超える差がない試行、塗りつぶした点は偶然の範囲を超えて差がある試行、矢印は軸の外まで続くことを表します。",
    cut: (shown, all) => `${formatCount(all)} 試行のうち上位 ${formatCount(shown)} 件を示します`,
    cutBroken: (shown, all) =>
      `発散または失敗した訓練を含む ${formatCount(all)} 件からは ${formatCount(shown)} 件を加えています`,
    cutFile: (link) => `すべての結果は ${link} にあります。`,
    select: (trial) => `試行 ${trial} をグラフに表示する`,
    selectNote: (most) =>
      `チェックを付けた試行（最大 ${most} 件）が、以下のすべてのグラフに色付きで表示されます。ほかの試行は灰色です。`,
    drawable: (count, all, first, broken, sampled) =>
      `チェックを付けられるのは全 ${formatCount(all)} 試行のうち ${formatCount(count)} 件です` +
      `（上位 ${formatCount(first)} 件${
        broken === 0 ? "" : `、それ以外で発散または失敗した訓練を含む上位 ${formatCount(broken)} 件`
      }、順位が等間隔になるように選んだ ${formatCount(sampled)} 件）。` +
      "残りの試行の学習曲線は、ファイルを小さく保つためここには含めていません。history.csv にあります。",
    notDrawable: "この試行の学習曲線はファイルに含まれていません",
    selected: (trials) => `表示中：${trials}。`,
    selectedNone: "グラフに色付きで表示している試行はありません。",
    full: (most) => `色を付けられるのは同時に ${most} 件までです。先にどれかのチェックを外してください。`,
    shown: (shown, all) => `${formatCount(all)} 試行中 ${formatCount(shown)} 試行を表示`,
    firstShown: (first, matching, all) =>
      matching === all
        ? `${formatCount(all)} 試行中、最初の ${formatCount(first)} 試行を表示`
        : `${formatCount(all)} 試行中、条件に合う ${formatCount(matching)} 試行の最初の ${
          formatCount(first)
        } 試行を表示`,
    firstNote: (first, all) => `${formatCount(all)} 行のうち最初の ${formatCount(first)} 行です。`,
    showAll: (all) => `${formatCount(all)} 行すべてを表示`,
    showFirst: (first) => `最初の ${formatCount(first)} 行だけを表示`,
    noneShown: "条件に合う試行はありません。",
    columns: "列の選択",
    filter: "絞り込み",
    filters: (count) => `絞り込み（${count}）`,
    reset: "表を元に戻す",
    sort: "並べ替え",
    byRank: "順位",
    ascending: "昇順",
    descending: "降順",
    from: "下限",
    to: "上限",
    any: "すべて",
    fine: "特記なし",
    kinds: {
      failed: "失敗",
      diverged: "発散",
      idle: "何も学習せず",
      stopped: "途中で打ち切り",
      running: "実行中",
    },
    unfinished: "発散・失敗した訓練、「何も学習せず」の訓練",
    divergedRuns: "発散（損失または重みが有限の値でなくなった）",
    failedRuns: "失敗",
    idleRuns:
      "「何も学習せず」：学習したとはテスト画像で示せない（正解率が、常に最も多いクラスを答える場合を、偶然の範囲を超えて上回らない。正確な二項検定、1%）",
    more: (count) => `ほか ${formatCount(count)} 件`,
    brokenNote: "発散または失敗した訓練を含む試行は、ほかのすべての試行の後に並びます。",
  },

  conclusions: {
    heading: "この結果から言えること",
    column: (accuracy) => `最良との差と 95% 信頼区間${accuracy ? "（ポイント）" : ""}`,
    best: "最良",
    interval: (low, high) => `${low}〜${high}`,
    notDistinguishable: "最良と区別できない",
    isUncertain: "この試行数では確かといえない",
    isWorse: "劣る",
    isBetter: "ともに完了したシードでは優れる",
    stopped: "途中で打ち切り",
    alike: (count, trials, same) =>
      `最良の試行と区別できない試行が ${formatCount(count)} 件あります（試行 ${trials}）。` +
      (same === count
        ? "どのシードでも差がありません。"
        : same > 0
        ? "シードごとに対にした差の 95% 信頼区間が 0 を含むか、どのシードでも差がありません。"
        : "シードごとに対にした差の 95% 信頼区間が 0 を含みます。"),
    uncertain: (count, trials, { ranked, pairs }) =>
      `最良の試行との差が確かとはいえない試行が ${formatCount(count)} 件あります（試行 ${trials}）。` +
      "その組だけを見れば、シードごとに対にした差の 95% 信頼区間は 0 を含みませんが、" +
      `${formatCount(ranked)} 試行を比べているので、${
        formatCount(pairs)
      } 組のなかには、偶然でもこれほどの差が生じえます。` +
      "シードを増やすとわかります。",
    unknown: (count, trials) =>
      `${formatCount(count)} 件の試行は、最良の試行に劣るかどうかを判断できません（試行 ${trials}）。` +
      "両方が完了したシードが 2 個ないか、どのシードでも差が同じためです。",
    worse: (count, all) =>
      (all ? `ほかのすべての試行（${formatCount(count)} 件）は、` : `${formatCount(count)} 件の試行は、`) +
      "偶然の範囲を超えて最良の試行に劣ります。",
    better: (count, trials) =>
      `ともに完了したシードで比べると、${formatCount(count)} 件の試行は` +
      `偶然の範囲を超えて最良の試行より優れています（試行 ${trials}）。` +
      "完了しなかった訓練を含むため、順位は後になります。",
    eliminated: (count) =>
      `${formatCount(count)} 件の試行は逐次半減法で途中で打ち切られ、先へ進んだ試行の後に並びます。`,
    fewImages: (images, differs, points, settings) =>
      `検証に使った画像は${differs ? "、最も少ない試行では" : ""} ${formatCount(images)} 枚だけです。` +
      (points === null
        ? "2 回の訓練の正解率の差は、どれほど大きくても偶然でも生じます。"
        : `2 回の訓練の正解率の差は、${points} ポイント未満なら偶然でも生じます。`) +
      `検証に使う画像を増やす（${settings}）と、試行を区別しやすくなります。`,
    singleSeed:
      "シードがひとつしかないため、試行間の差が偶然かどうかは判断できません。`seeds: {count: 5}` のようにシードを増やしてください。",
    edge: (name, value, end, values) =>
      `${name} ${value} は ${values} 個の値の${end === "lowest" ? "最小" : "最大"}`,
    edgeOfRange: (name, value, end, [low, high]) =>
      `${name} ${value} は範囲 ${low}〜${high} の${end === "lowest" ? "最小" : "最大"}`,
    edges: (list) =>
      `最良の試行は試した範囲の端にあります（${list}）。範囲の外にさらによい値があるかもしれません。`,
    seedSpread: (seeds, trials) =>
      `シードによる試行間の差の揺れ（すべての試行に共通する分を除いた標準偏差 ${seeds}）が試行の平均のばらつき（${trials}）より大きく、` +
      "偶然の範囲を超えて劣る試行もありません。探索した設定の影響が小さいか、シードが足りません。",
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
    alt: (metrics) => `エポックごとの${metrics}`,
    colours: (several, rest, validated) =>
      `太い線が最良の試行${several ? "、ほかの色の線がそれに続く試行" : ""}${
        rest ? "、灰色の線が残りの試行" : ""
      }です` +
      `${rest && validated ? "（灰色では訓練損失を省いています）" : ""}。`,
    bands: "線はシード間の平均、帯は最小のシードから最大のシードまでの範囲です。",
    overFewer:
      "進んだエポック数が訓練によって異なるところでは、線はそのエポックまで進んだ訓練だけの平均です。",
    crosses: "✕ 印は、損失または重みが有限の値でなくなったエポックを示します。",
    beyond: (count) =>
      `${formatCount(count)} 件の試行には最良の試行の 10 倍を超える損失があり、枠の上に外れています。`,
    note: (validated) =>
      `訓練損失は重みを更新しながらのエポック内の全バッチの平均${
        validated ? "、検証損失は各エポックの終了後の値" : ""
      }です。`,
    otherTrials: (drawn, all) =>
      `その他 ${formatCount(all)} 試行${drawn < all ? `のうち ${formatCount(drawn)} 件` : ""}`,
    sampled: (drawn, all) =>
      `全 ${formatCount(all)} 試行のうち、` +
      `順位が等間隔になるように選んだ ${formatCount(drawn)} 件を描いています。`,
    epochsSampled: (drawn, all) =>
      `全 ${formatCount(all)} エポックのうち、` +
      `最初と最後を含む等間隔の ${formatCount(drawn)} エポックを描いています。`,
    diverged: "\u2715 発散した訓練",
    lossAxis: "損失の軸",
    xAxis: "横軸",
    linear: "線形",
    logarithmic: "対数",
    units: { epochs: "エポック", iterations: "反復回数", seconds: "秒" },
    xTitles: {
      epochs: "エポック",
      iterations: "反復回数（処理したバッチの数）",
      seconds: "訓練時間（秒）",
    },
    zoom: "拡大と縮小",
    atEpoch: (epoch) => `エポック ${epoch} の終了後`,
    atIteration: (iteration) => `反復 ${iteration} 回の後`,
    atSecond: (second) => `訓練開始から ${second} 秒後`,
    atEnd: "最終エポックの終了後",
    byThen: "各試行がそれまでに終えた最後のエポック",
    bold: "太字は各列で最もよい値",
    bestValue: "最良",
    only: "この実験",
    untick: "チェックを外す",
    untickHint: "クリックするとチェックが外れ、線は灰色になります。",
    brokenAt: (epoch) => `\u2715 エポック ${epoch} で発散`,
    overRuns: (count, all) => `${formatCount(all)} 回中 ${formatCount(count)} 回の平均`,
    rest: (count, withoutTraining) =>
      `その他 ${formatCount(count)} 試行は灰色${withoutTraining ? "（訓練損失は省略）" : ""}`,
    noneTicked: "チェックの付いた試行がありません。表でチェックを付けるか、灰色の線をクリックしてください。",
    beyondPage: (count) =>
      `${formatCount(count)} 件の試行には、チェックを付けた最良の試行の 10 倍を超える損失があり、` +
      "枠の上に外れています。チェックを付けて「チェックした線に合わせる」を押すと見えます。",
    fitTicked: "チェックした線に合わせる",
    iterationsUnknown: "訓練画像の枚数がわからないため、反復回数では表示できません。",
    secondsUnknown: "どの訓練の時間もわからない（timings.csv に記録がない）ため、秒では表示できません。",
    untimed: (count) => `訓練時間の記録がない ${formatCount(count)} 件の試行は省いています。`,
    secondsNote: "秒は訓練だけの時間で、timings.csv にある各試行の平均の速さから求めています。",
    showsAll: "全体を表示しています。",
    showsPart: (low, high, unit) => `表示範囲：${low}〜${high}（${unit}）。`,
    hint: (tickable) =>
      "グラフ上をドラッグすると拡大、Shift を押しながらドラッグすると移動、Ctrl + ホイールでポインターの位置を中心に拡大・縮小、" +
      "ダブルクリックで全体を表示します。" +
      (tickable ? "線をクリックすると、その試行のチェックが切り替わります。" : "") +
      "キーボードでは、矢印キーと Home・End でカーソルを移動し、+ と − で拡大・縮小、0 で全体を表示します。",
  },

  effects: {
    heading: "各ハイパーパラメータの効果",
    alt: (metric, names) => `${spacedName(names, "と")}${metric}の関係`,
    note: (metric) =>
      `点は各試行の${metric}です。ひし形（範囲のときは横線）は、その値をもつ試行を同じ重みで平均したものです。`,
    interval: (seeds) =>
      `平均を貫く縦棒は、シード ${formatCount(seeds)} 個による平均の 95% 信頼区間です` +
      "（シードごとの平均から t 分布で計算）。シードを変えたときに平均が動きうる範囲を表します。" +
      "どの試行も同じシードを使うため、縦棒が重なっていても平均に差があることがあります。",
    oneSeed:
      "シードがひとつしかないため、信頼区間は示せません。同じ値での点の違いが、ほかのハイパーパラメータによるものか偶然のばらつきかは、区別できません。",
    frame: (low, high, log) =>
      `縦軸の範囲は、どのグラフも ${low} から ${high} までです${log ? "（対数目盛）" : ""}。`,
    beyond: (count) => `${formatCount(count)} 個の信頼区間はこの範囲の外まで続きます。両端は表にあります。`,
    logScale: "対数目盛",
    notToScale: "等間隔に配置",
    sampled: (drawn, all) =>
      `点は全 ${formatCount(all)} 試行から順位が等間隔になるように選んだ ${formatCount(drawn)} 件、` +
      "平均は全試行についての値です。",
    missing: (count) =>
      `値のない試行（完了した訓練がないもの）${formatCount(count)} 件は、下端の ✕ 印で示します。`,
    incomplete: (count, flattering) =>
      `発散または失敗した訓練を含む ${formatCount(count)} 件の試行は、平均に含めていません。` +
      (flattering ? "そのため、そのような試行のある値の平均は、実際よりよく見えます。" : ""),
    mean: "平均",
    pairHeading: (a, b) => `${spacedName(a, "と")}${spacedName(b, "の")}組み合わせ`,
    pairNote: (metric) => `各マスは、その 2 つの値をもつ試行の${metric}の平均です。`,
    parallelHeading: "すべてのハイパーパラメータの組み合わせ",
    parallelNote: (metric, broken) =>
      `1 本の線が 1 つの試行です。各軸をその試行の値で横切り、最後の軸で${metric}に達します。色は${metric}を表します。` +
      (broken ? "破線は、発散または失敗した訓練を含む試行です。" : ""),
    parallelMissing: "値のない試行は ✕ 印で終わります。",
    parallelTicked: "丸印は、チェックを付けた試行をその色で示します。",
    brush:
      "軸に沿ってドラッグするか、軸の両端のつまみを動かすと、範囲を選べます。複数の軸で選ぶと、すべてを満たす試行に絞られます。",
    from: (axis) => `${axis}の下限`,
    to: (axis) => `${axis}の上限`,
    worst: (value) => `最悪 ${value}`,
    best: (value) => `最良 ${value}`,
    outside: "範囲の外",
    within: (count, all, sampled) =>
      `${sampled ? "描かれている " : ""}${formatCount(all)} 試行のうち ${
        formatCount(count)
      } 件が範囲の中にあります`,
    bestWithin: (label, value) => `。その中の最良は${label}、${value} です。`,
    noneMeasured: "が、値のある試行はありません。",
    noneWithin: "範囲の中にある試行はありません。",
    nothingChosen: "範囲は選ばれていません。すべての線に色が付いています。",
    drawBest: (most) => `その中の上位 ${most} 件をグラフに表示`,
    clear: "範囲を解除",
    tableHeading: "各ハイパーパラメータが説明する分散の割合",
    meansHeading: (metric) => `値ごとの${metric}の平均`,
    parameter: "ハイパーパラメータ",
    share: "分散の割合",
    shareNote: (runs, pairs) =>
      `訓練 ${formatCount(runs)} 回の分散のうち、各ハイパーパラメータが単独で説明する割合です。` +
      (pairs ? "組み合わせの割合は、それぞれの単独の効果に加えて説明する分です。" : ""),
    untold: (names) =>
      `${names}が説明する割合は求められません。どの値も 1 つの試行にしかなく、試行どうしはほかのハイパーパラメータでも異なるためです。`,
    sum: (sum) => `合計は ${sum} です。`,
    overlapping: (sum) =>
      "**すべての組み合わせを同じ回数だけ訓練してはいないため、割合にはほかのハイパーパラメータの効果が混ざることがあります**。" +
      (sum === null ? "" : `合計の ${sum} に意味はありません。`),
    noVariance: "すべての訓練の値が同じなので、説明すべき分散がありません。",
    smallPairs: (count) => `その他の ${formatCount(count)} 組`,
    together: (a, b) => `${spacedName(a, "と")}${spacedName(b, "の")}組み合わせ`,
    rest: "3 つ以上の組み合わせ",
    seeds: "シード",
    afterEpoch: (metric, epoch) => `エポック ${epoch} 後の${metric}`,
    alikeNote: (epoch) =>
      `逐次半減法では試行ごとにエポック数が異なるため、すべての試行に共通するエポック ${epoch} の後の値で比べています。`,
    value: "値",
    trials: "試行数",
    intervalColumn: "95% 信頼区間",
  },

  bestRun: {
    heading: (run) => `最良の訓練：${run}`,
    headingOne: "正しく分類した画像と誤った画像",
    wrong: (wrong, all, percent) =>
      `テスト画像 ${formatCount(all)} 枚のうち ${formatCount(wrong)} 枚（${percent}）が誤分類です。`,
  },
  errors: {
    heading: "誤分類を調べる",
    choose: "試行",
    open: "混同行列のマスを選ぶと（クリック、または矢印キーと Enter）、その画像が表示されます。",
    examined: (examined, all) =>
      `試行ごとに最良の訓練を調べます。対象は${
        examined < all
          ? `上位 10 件と、残り ${formatCount(all - 10)} 件から順位が等間隔になるように選んだ ${
            formatCount(examined - 10)
          } 件の試行`
          : ` ${formatCount(all)} 件の試行すべて`
      }です。`,
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
      `${
        spacedName(trial, "の")
      }予測はありません。訓練が発散または失敗したか、結果のフォルダーにファイルがありません。`,
  },
  calibration: {
    heading: "確信度の較正",
    note: "確率が信頼できるなら、80% の確信度で答えた画像のうち、およそ 80% が正解のはずです。" +
      "テスト画像を、確信度（予測したクラスの確率）で区間に分けました。" +
      "棒は区間ごとの正解の割合、赤い線は確信度の平均です。破線の上では、両者が等しくなります。",
    none: (trial) =>
      `${
        spacedName(trial, "の")
      }結果はありません。訓練が発散または失敗したか、結果のフォルダーに calibration.csv がありません。`,
    summary: (error, confidence, accuracy) =>
      `期待較正誤差（ECE）は ${error}、確信度の平均は ${confidence}、正解率は ${accuracy} です。`,
    diagram: "信頼度図",
    alt: "信頼度図：確信度ごとの、テスト画像の正解の割合",
    counts: "確信度の分布",
    altShare: "確信度ごとの、テスト画像の割合",
    table: "区間ごとの値",
    confidence: "確信度",
    images: "画像数",
    accuracy: "正解率",
    mean: "確信度の平均",
    gap: "差（ポイント）",
    share: "画像の割合",
    tip: (range, count, accuracy, confidence) =>
      `確信度 ${range}：画像 ${formatCount(count)} 枚、正解率 ${accuracy}、確信度の平均 ${confidence}`,
    definition:
      "ECE は、確信度を等しい幅の 15 区間に分け、区間ごとの正解率と確信度の平均との差の絶対値を、区間の画像数で重みをつけて平均した値です（Guo ほか 2017）。" +
      "確率の正しさだけを測るもので、常に各クラスの割合を答えるネットワークでも、ほぼ 0 になります。画像のない区間は表にありません。",
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
      `${label === predicted ? `${spacedName(label, "を")}正しく予測` : taken(label, predicted)}：`,
    true: "正解のクラス",
    predicted: "予測したクラス",
    counts: "枚数の表",
    worst: (pairs) => `多かった混同：${pairs}。`,
    pair: (label, predicted, count) => `${taken(label, predicted)}（${formatCount(count)} 枚）`,
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
  fields: {
    heading: "決定境界",
    colours: "色はネットワークがその場所で予測するクラスで、薄いほど確信度が低いことを表します。",
    points:
      "大きい点はテストデータ、小さい点は訓練データと検証データで、色は正解のクラスです。×印は誤分類されたテストデータです。",
    sameTest:
      "テスト用の点が与えられていないため、訓練データと検証データをそのままテストに使っています。テストの数値から、新しい点での性能はわかりません。",
    first: (held) => `訓練（検証を含む）とテストのそれぞれ先頭の ${formatCount(held)} 個を示します。`,
    square: (x, y) => `x は ${x.join("〜")}、y は ${y.join("〜")} の範囲です。細い線は座標が 0 の位置です。`,
    accuracy: (value) => `テスト正解率 ${value}`,
    alt: (shown) => `試行 ${formatCount(shown)} 件の決定境界と、点、誤分類`,
    altOf: (title, accuracy) => `決定境界（${title}）：${accuracy}`,
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
    taken,
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
    notHeld: (all, single) =>
      `${formatCount(all)} 枚。${
        single
          ? "結果のフォルダーに画像がありません。"
          : "このページには、上位 10 件の試行の画像だけがあります。"
      }`,
    closeup: (index, label, predicted) =>
      label === predicted
        ? `テスト画像 ${formatCount(index)} 番：${label}`
        : `テスト画像 ${formatCount(index)} 番：${taken(label, predicted)}`,
    predicted: "予測",
    true: "正解",
    reading: "各画像の下は「予測 / 正解」、予測の確率、クラスごとの確率の棒（0 から始まる）です。",
    rounded: "確率は 0.1% 単位に丸めています。",
    confidence: "確信度",
    trueConfidence: "正解のクラスの確率",
    below: "下の数字は、誤った答えに対するネットワークの確信度です。",
    listed: "同じ内容の表",
    rowsShown: (shown) =>
      shown === 0 ? "ありません。" : `確信度の高い順に ${formatCount(shown)} 件です。入力の値も示します。`,
    inputsLeftOut: (count) => `ほかの ${formatCount(count)} 個の入力は省いています。`,
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
    notHeld: (single) =>
      single
        ? "結果のフォルダーに重みの画像がありません。"
        : "このページには、上位 10 件の試行の最良の訓練の重みが、結果のフォルダーにあるかぎり含まれています。",
    scale: (limit) => `橙は正、青は負、白は 0 で、絶対値 ${limit} 以上は同じ濃さです。`,
    untouched:
      "どの訓練画像でも 0 の画素があれば、その画素につながる重みは更新されず、初期値のまま砂目模様に見えます。",
    alt: (shown) => `第 1 層のユニット ${formatCount(shown)} 個の重みの画像`,
  },
  diagnostics: {
    heading: "層ごとの活性値と勾配",
    layers: "層の中身",
    note:
      "毎回同じ最大 64 枚の（検証）画像について、各層を流れる値をエポックごとに調べたものです。エポック 0 は訓練前です。",
    figureNote: "線は絶対値の中央値、帯はその中央の半分の範囲で、0 は下端に描きます。",
    histogramNote:
      "縦の列は、絶対値を 2 のべき乗で区切ったヒストグラムで、青が強いほど多いことを表します。線は中央値です。軸は選んだ試行に合わせ、0 はその下の帯に示します。",
    quantileNote:
      "この結果にはヒストグラムがなく、分位数だけがあります。線は絶対値の中央値、帯は中央の半分と 90% の範囲です。軸は選んだ試行に合わせています。",
    epochsSampled: (drawn, all) =>
      `${formatCount(all)} 回の測定のうち、最初と最後を含む等間隔の ${formatCount(drawn)} 回を示します。`,
    none: (trial) => `${spacedName(trial, "の")}活性値と勾配は、結果のフォルダーにありません。`,
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
    reading: (classes) =>
      "初期値の標準偏差 σ が小さすぎると、活性値は層を進むごとに小さくなり、逆伝播してくる勾配はさらに小さくなって、損失は当てずっぽうに選んだときの値" +
      (classes === undefined
        ? ""
        : `（同数の ${classes} クラスなら ln ${classes} = ${Math.log(classes).toFixed(2)}）`) +
      "の近くに留まります。",
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
    weightsOf: (run) => `${spacedName(run, "の")}重みの SHA-256`,
    weights: (run, sha256) => `そのとき、${spacedName(run, "の")}重みの SHA-256 は ${sha256} になります。`,
    madeWith: "使用したもの",
    seeds: "シード",
    data: "データの SHA-256",
    time: "所要時間",
    timeText: (training, runs, rest, rate) =>
      `最後にスイープを実行したときに訓練した分（${
        formatCount(runs)
      } 回）の合計 ${training}${rest}、ワーカー 1 つあたり毎秒 ${rate} 枚`,
    timeEvaluate: (seconds) => `、評価 ${seconds}`,
    timeNone:
      "計測なし（訓練結果がストアにあったか、訓練が発散または失敗したため、最後まで訓練したエポックがありません）",
    config: "省略時の値もすべて書き出した実験設定",
    sources: "数値の出どころ",
    files: {
      "results.csv": "すべての訓練のハイパーパラメータと指標（全桁）",
      "history.csv": "すべての訓練の、エポックごとの損失と、検証データがあれば検証正解率",
      "runs/": "各訓練の重み、テストデータに対する予測、活性値と勾配",
      "manifest.json": "実験設定、データとこれらのファイルの SHA-256、バージョン",
      "timings.csv": "各工程の秒数と毎秒の画像数",
    },
    someRuns: "各訓練の活性値と勾配。完了した訓練では重みとテストデータに対する予測も",
    definitions: "損失は交差エントロピー（自然対数）の平均、正解率は正しく予測した画像の割合です。",
  },

  page: {
    skip: "結論へ移動",
    contents: "目次",
    zoomIn: "拡大",
    zoomOut: "縮小",
    reset: "元に戻す",
    controls: "グラフの操作",
    noScript: "グラフの表示には JavaScript が必要です。report.md には同じ内容が図とともにあります。",
  },
};
