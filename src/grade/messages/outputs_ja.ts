import type { outputsEn } from "./outputs_en.ts";

const STATUS: typeof outputsEn.status & Readonly<Record<string, string>> = {
  passed: "満点",
  partial: "部分点",
  failed: "不正解",
  missing: "未提出",
  error: "エラー",
  timeout: "時間超過",
  memory: "メモリ超過",
  output: "出力超過",
  crashed: "異常終了",
  invalid: "形式の誤り",
  not_graded: "未採点",
};

/** Japanese texts of grading: outputs. */
export const outputsJa: typeof outputsEn = {
  space: "",
  colon: "：",
  comma: "、",
  semicolon: "、",
  stop: "。",

  check: {
    shapes: {
      initialize: "重みとバイアスの初期値の形状",
      forward: "順伝播の出力の形状",
      gradients: "勾配の形状",
    },
    moments: "重みの初期値の平均と標準偏差",
    vector: (activation) => `各層の出力と予測確率${activation === null ? "" : `（${activation}）`}`,
    finite: { forward: "大きな値に対するソフトマックス", loss: "確率 0 に対する交差エントロピー" },
    value: "交差エントロピーの値",
    gradcheck: (details) => `勾配${details.length === 0 ? "" : `（${details.join("、")}）`}`,
    one_step: { step: "パラメータの 1 回の更新", fit: "fit による 1 回の更新" },
    ragged_batch: "端数のミニバッチ",
    argmax: "予測クラス",
    recompute: "保存した重みからの予測と損失の再現",
    band: { test_accuracy: "テスト正解率", test_loss: "テスト損失" },
    history: "エポックごとの損失",
    misclassified: "誤分類画像の一覧",
  },
  reduction: { mean: "平均", sum: "合計" },

  status: STATUS,
  track: { ts: "ts", artifact: "artifact" },

  override: (before, after, reason) => `手動で ${before} 点から ${after} 点に変更しました：${reason}`,

  feedback: {
    total: (points, max) => `${max} 点満点中 ${points} 点`,
    shownTotal: (points, max) => `公開済みの項目では ${max} 点中 ${points} 点`,
    afterTotal: "。",
    hiddenChecks: (hidden, all) => `全 ${all} 項目のうち ${hidden} 項目は非公開です。`,
    late: ({ days, percent }, taken) =>
      `提出が期限を過ぎたため（遅れ ${days} 日目）、得点の ${percent}%${
        taken === null ? "" : `（${taken.raw} 点のうち ${taken.penalty} 点）`
      }を減点します。`,
    notLearned: (accuracy) =>
      accuracy === null
        ? "正解率を測れる学習済みのネットワークがありません。"
        : `学習後のネットワークのテスト正解率は ${accuracy}% で、学習ができていません。`,
    capped: (cap) => `そのため、合計点の上限は ${cap} 点です。`,
    incomplete: (open, all) =>
      `全 ${all} 項目のうち ${open} 項目は、採点した環境の都合でまだ採点できていません。この項目の点はまだ入っていないため、これは最終的な得点ではありません。`,
    openAttempts: (attempts) =>
      `${
        attempts.join("、")
      } 回目の提出は、採点した環境の都合でまだ採点が済んでいない項目があり、ここに示す提出より得点が高くなることがあります。そのため、これは最終的な得点ではありません。`,
    problem: (number, title) => `${number}. ${title}`,
    points: (points, max) => `${points} / ${max} 点`,
    bonus: (points, max) => `加点 ${points} / ${max} 点`,
    withBonus: (points, bonus) => `${points}（加点 ${bonus} 点）`,
    shown: (points) => `${points}（公開分）`,
    word: (word) => `（${word}）`,
    hint: (hint) => `ヒント：${hint}`,
    nothingLost: "この項目での減点はありません。",
    partlyHidden: "正しくないところがあります。",
    hidden: (count) => `ほかに非公開の項目が ${count} 個あります。`,
    colophon: (track, attempt, attempts) =>
      `提出形式 ${track}、${attempts} 回の提出のうち ${attempt} 回目、提出物`,
  },

  gradescope: {
    notGraded: (open) => `${open} 項目はまだ採点できていません。これは最終的な得点ではありません。`,
    accuracy: "テスト正解率",
  },
  junit: { points: (points, max, reason) => `${max} 点中 ${points} 点。${reason}` },

  student: {
    of: (max) => `/ ${max} 点`,
    ofShown: (max) => `/ ${max} 点（公開済みの項目）`,
    skip: "得点へ移動",
    overview: "問題別の得点",
    problem: "問題",
    points: "得点",
    worth: "配点",
    sums: {
      bonus: "加点",
      together: "小計",
      over: (most) => `上限 ${most} 点を超えた分`,
      late: "遅れによる減点",
      byHand: "手動での変更",
      total: "合計",
    },
    mark: { right: "満点", wrong: "減点あり", open: "未採点" },
    hint: "ヒント",
    curve: {
      heading: "学習曲線",
      yours: "あなたの学習（history.csv）",
      ours: "採点側の学習（同じ設定、同じシード）",
      oursOfOtherSeeds: "採点側の学習（同じ設定、別のシード）",
      train: "訓練損失",
      validation: "検証損失",
      epoch: "エポック",
      log: "対数目盛",
      alone: "採点側の学習は示していません。",
      broken: (count) => `有限でない値が ${count} 個あり、図には描いていません。`,
      short: (ours) => `採点側の学習は最初の ${ours} エポックまでです。`,
      describe: (title, own, ours, last) =>
        `${title}。あなたの学習は ${own} エポック${
          ours === null ? "" : `、採点側の学習は ${ours} エポック`
        }。あなたの最後の値は ${last} です。`,
      table: "数値を見る",
      cut: (shown, all) => `表には全 ${all} エポックのうち ${shown} エポックを載せています。`,
    },
    images: {
      heading: "誤分類した画像",
      note: (shown, all, tested) =>
        shown < all
          ? `テスト画像 ${tested} 枚のうち ${all} 枚を誤って分類しています。最初の ${shown} 枚を示します。`
          : `テスト画像 ${tested} 枚のうち ${all} 枚を誤って分類しています。`,
      legend: "画像の上の数字は、左がネットワークの予測、右が正解です。",
      none: (tested) => `テスト画像 ${tested} 枚に、誤って分類したものはありません。`,
      describe: (index, predicted, label) => `テスト画像 ${index}：予測 ${predicted}、正解 ${label}`,
      index: (index) => `${index} 番`,
    },
  },

  class: {
    heading: (title) => `${title} クラス全体の結果`,
    overview: (count, points, { mean, median, lowest, highest }) =>
      `${count} 人、${points} 点満点。平均 ${mean} 点、中央値 ${median} 点、最低 ${lowest} 点、最高 ${highest} 点。`,
    incomplete: (students) =>
      `採点が済んでいません：${students} 人に、ここでは採点できなかった項目があります。`,
    unlearned: "学習できていないネットワーク",
    unlearnedNote: "ルーブリックが求める正解率に届いていないか、実行できるネットワークがありません。",
    noNetwork: "実行できるネットワークがありません",
    accuracy: (percent) => `テスト正解率 ${percent}%`,
    absent: "未提出者",
    absentNote: (absent, roster) => `名簿の ${roster} 人のうち ${absent} 人。`,
    distribution: "得点の分布",
    problems: "問題別の得点",
    problem: "問題",
    mean: "平均",
    of: "配点",
    full: "満点の人数",
    fullOf: (full, all) => `${full} / ${all} 人`,
    hardest: "得点率の低い項目",
    check: "項目",
    given: "得点率",
    students: "人数",
    mistakes: "よくある誤り",
    mistake: "誤り",
    who: "該当者",
    more: "ほか",
    undiagnosed: "同じ間違い方をしている未知の誤り",
    undiagnosedNote:
      "同じ数値は、多くの場合、同じ誤りから生じます。多くの人に共通する場合は、教材の側に原因があるかもしれません。",
    found: "採点結果",
    attention: "確認が必要なもの",
    ended: (statuses) =>
      `「${statuses.map((status) => STATUS[status] ?? status).join("」「")}」で終わった項目があります`,
    unreadable: "読み込めないファイルがあります",
    late: (days, percent) => `遅れ ${days} 日目、${percent}% 減点`,
    notGraded: (count) => `未採点の項目が ${count} 個あります`,
    openAttempts: (attempts) =>
      `${attempts.join("、")} 回目の提出に未採点の項目があり、得点が高くなることがあります`,
    byHand: "手動で変更しました",
    unknownNames: {
      overrides: (names) =>
        `overrides.yaml に ${names} の点がありますが、該当する提出物がないため、どこにも反映していません`,
      checks: (places) =>
        `overrides.yaml に、提出された形式（track）にはない項目の点があり、どこにも反映していません：${places}`,
      submitted: (names) =>
        `提出日時の一覧に ${names} がありますが、該当する提出物も学生もないため、この日時は使っていません`,
    },
    refused: (name, reason) => `${name} は採点していません：${reason}`,
    capped: (cap) => `合計点の上限は ${cap} 点`,
    similar: (count) => `よく似た提出物が ${count} 組あります。similarity.csv を見てください`,
    map: "学生と項目",
    mapNote:
      "セルの数字は得点です。減点が大きいほど色が濃くなります。学習できていないネットワークの学生が先頭で、その後は得点の低い順です。名前からフィードバックを開けます。",
    mapKey: { all: "満点", none: "0 点", open: "未採点", absent: "この提出形式にはない項目" },
    student: "学生",
    score: "合計",
    chance: "未学習",
    noNetworkShort: "実行不可",
    summary: {
      students: "提出者",
      mean: "平均",
      median: "中央値",
      unlearned: "学習できていない",
      absent: "未提出",
      incomplete: "採点未完了",
    },
    histogram: (points, median) => `得点別の人数（${points} 点満点、▲ 中央値 ${median}）`,
    bin: (from, to, count) => `${from}〜${to} 点：${count} 人`,
    cell: (points, max, status, reason) => `${max} 点中 ${points} 点、${status}：${reason}`,
    none: "カタログにある誤りによる減点はありませんでした。",
    skip: "表へ移動",
    similarHeading: "よく似た提出物",
    similarTo: (a, b) => `${a} と ${b}`,
    similarNote: {
      unknown_settings:
        "一致していますが、ハイパーパラメータかシードが分からないため、正しく学習した結果の一致かどうかは判断できません",
      other_settings: "このファイルを決めるハイパーパラメータかシードが違うのに一致しています",
      same_settings:
        "このファイルを決めるハイパーパラメータとシードが同じなので、正しく学習した結果が一致することもあります",
      same_code:
        "変数名、文字列、コメント、空白を除いてコードが同じです（授業で配布されたコードが多く含まれることもあります）",
      not_ours:
        "このファイルを決めるハイパーパラメータとシードは同じですが、提出された内容は採点側の学習の結果と一致しません",
    },
    morePairs: (shown, all) => `全 ${all} 組のうち ${shown} 組です。すべては similarity.csv にあります。`,
    share: (percent) => `${percent}%`,
    files: "プログラムで扱うには：gradebook.csv、junit.xml、similarity.csv。",
  },
};
