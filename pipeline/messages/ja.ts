import { ROW_NAMES } from "../../src/data/row_names.ts";
import { METRIC } from "../../src/tables/metrics.ts";
import { formatSeconds } from "../../src/text/durations.ts";
import { formatCount } from "../../src/text/numbers.ts";
import type { Messages } from "./en.ts";
import { dataJa } from "./data_ja.ts";
import { errorsJa } from "./errors_ja.ts";
import { helpJa } from "./help_ja.ts";

// Colons and brackets are those of ASCII, with spaces: paths and commands stand beside them, which terminals select by words.

const seconds = (time: number) => formatSeconds(time, "ja");

const UNITS = { run: "訓練", leg: "区間" };
const STATUS = { diverged: "発散", failed: "失敗" };

const runs = (count: number, legs: number) =>
  `訓練 ${formatCount(count)} 回${legs === count ? "" : `・${formatCount(legs)} 区間`}`;

/** What gc counts. */
const KINDS: Readonly<Record<string, string>> = {
  artifact: "成果物",
  "damaged artifact": "壊れた成果物",
  "temporary file": "一時ファイル",
  "partial download": "途中までのダウンロード",
};

export const ja: Messages = {
  language: "ja",
  comma: "、",
  seconds,
  warning: "警告:",
  note: "補足:",
  error: "エラー:",
  noBrowser: (page) => `ブラウザを起動できませんでした。 ${page} をブラウザで開いてください`,

  metric: (metric, value) => `${METRIC[metric].label.ja} ${value}`,
  steps: { download: "データの取得", preprocess: "前処理", report: "レポート作成" },

  progress: {
    runs,
    plan: ({ name, trials, runs: count, legs, cached, workers }) =>
      `${name}: ${formatCount(trials)} 試行、${runs(count, legs)}${
        cached > 0 ? ` (保存済み ${formatCount(cached)})` : ""
      }、ワーカー ${formatCount(workers)}`,
    stepStarted: (step) => `${step}中 ...`,
    stepCached: (step) => `${step}: 保存済み`,
    stepDone: (step, time) => `${step}: ${time ?? "完了"}`,
    runOk: (run, label, details) => `訓練 ${run} 完了${label && ` (${label})`}: ${details}`,
    runBroken: ({ run, label, status, after, reason }) =>
      `訓練 ${run} ${STATUS[status]}${label && ` (${label})`}、${after === null ? "保存済み" : `${after}後`}${
        reason === null ? "" : `: ${reason}`
      }`,
    diverged: (epoch) =>
      epoch === null
        ? "テスト損失が有限の値でない"
        : `エポック ${epoch} で損失または重みが有限の値でなくなった`,
    cached: "保存済み",
    counts: {
      cached: (count) => `保存済み ${formatCount(count)}`,
      diverged: (count) => `発散 ${formatCount(count)}`,
      failed: (count) => `失敗 ${formatCount(count)}`,
      idle: (count) => `学習なし ${formatCount(count)}`,
    },
    results: (out, counts) => `結果: ${out} (${counts})`,
    report: (path) => `レポート: ${path}`,
    stopped: (kept, command) => `中断: ${kept}。続きは次のコマンドで:\n  ${command}`,
    downloadsKept: "ダウンロードした分は残っています",
    runsKept: ({ kept, legs, unit, underWay }) =>
      `${UNITS[unit]} ${formatCount(legs)} ${unit === "run" ? "回" : "個"}のうち ${formatCount(kept)} ${
        unit === "run" ? "回" : "個"
      }を保存済み${
        underWay > 0 ? `。途中の ${underWay} 回も、最後の数秒または最後のエポックを除いて残っています` : ""
      }`,
    done: (done, legs, unit) => `${UNITS[unit]} ${done}/${legs}`,
    leg: (done, unit) => unit === "run" ? done : `${UNITS[unit]} ${done}`,
    took: (time) => time,
    left: (clock) => `残り ${clock}`,
    rate: (images, rows) => `${formatCount(images)} ${ROW_NAMES[rows].counter}/秒`,
    idle: "待機中",
    epoch: (epoch, epochs) => `エポック ${epoch}/${epochs}`,
    loss: (loss) => `損失 ${loss}`,
    accuracy: (accuracy) => `正解率 ${accuracy}`,
    bytes: (bytes, total) => `${bytes} / ${total}`,
    moreWorkers: (count) => `ほか ${count} ワーカー`,
    downloaded: (file, bytes) => `ダウンロード: ${file}、${bytes}`,
  },

  sweep: {
    runs: (trials, seeds) =>
      `${formatCount(trials)} 試行 × シード ${formatCount(seeds)} 個 = 訓練 ${
        formatCount(trials * seeds)
      } 回`,
    rung: ({ rung, rungs, trials, epochs }) =>
      `第 ${rung} 段 (全 ${rungs} 段): ${formatCount(trials)} 試行を ${formatCount(epochs)} エポックまで`,
    fewerWorkers: (workers, asked, each) =>
      `同時に訓練するワーカーは ${asked} 個ではなく ${workers} 個です。共有できるメモリは 4 GiB までで、訓練ひとつに ${each} GiB を使うためです`,
    slowKernels: "この V8 は計算を速くするフラグを受け付けません。訓練は遅くなりますが、結果は変わりません。",
    noJournal: (reason) => `\`deno task view\` ではこの実行を見られません：${reason}`,
    viewed: (address) => `終わるまでの様子を ${address} で見られます。`,
    noViewer: (reason) => `ビューアを開始できませんでした（スイープは続けます）：${reason}`,
    stopping: "中断しています。すぐに終了するには、もう一度 Ctrl-C を押してください。",
    noResult: "有限の損失で終わった訓練はありません。",
    metric: (metric, value) => `${METRIC[metric].label.ja} ${value}`,
    best: (trial, label, metrics) => `最良の試行 ${trial}${label && ` (${label})`}: ${metrics}`,
    learnedNothing: (idle, count, rows) =>
      `訓練 ${formatCount(count)} 回のうち ${formatCount(idle)} 回は、${
        rows === "images" ? "テスト画像" : "テストデータ"
      }で示せるほどの学習をしていません: ` +
      "正解率が、常に最も多いクラスを答える場合を、偶然の範囲を超えて上回りません (正確な二項検定、1%)。",
    unlikeRows: (paths, rows) =>
      `${paths} の異なる試行は、同じ${
        ROW_NAMES[rows].ja
      }で訓練・検証していません。試行間の差や順位には、その違いによる分も含まれます。`,
    agrees: (count) =>
      `${count === 1 ? "参照値との差は" : `${count} 個の参照値との差はすべて`}許容範囲に収まっています。`,
    waitingForGc: (store) => `gc が ${store} の整理を終えるのを待っています`,
    waitingForDownload: (file) => `${file}: 同じファイルの別のダウンロードが終わるのを待っています`,
    nextSource: (source, reason, next) => `${source}: ${reason}。次に ${next} を試します`,
    triedAgain: (reason, epoch) => `${reason}。この訓練をエポック ${epoch} からやり直します`,
    stepAgain: (reason, step) => `${reason}。元に戻すため、${step} の工程をやり直します。`,
    damagedRecord: (path) =>
      `記録 ${path} が壊れています。その工程は行われていないものとして、やり直します。`,
    damagedManifest: (path) => `${path} が壊れています。すべてのファイルを書き直します`,
  },

  status: {
    summary: (name, open, count) =>
      open === 0
        ? `${name}: 訓練 ${formatCount(count)} 回、すべて最新`
        : `${name}: 訓練 ${formatCount(count)} 回のうち ${formatCount(open)} 回が未完了`,
    states: { "up to date": "最新", stale: "古い", missing: "なし" },
    line: (what, state) => `${what}: ${state}`,
    because: (state, reasons) => `${state} - ${reasons}`,
    run: (run, label) => `訓練 ${run}${label && ` (${label})`}`,
    nearest: (state, reasons) => `${state}。ストアにある別の実験の、最も近いものとの違い: ${reasons}`,
    moreRuns: (count) => `ほか ${formatCount(count)} 回の訓練 (--json ですべて表示)`,
    moreReasons: (count) => `ほか ${count} 件`,
    laterRung: (trials, epochs) => `続いて、上位 ${formatCount(trials)} 試行を合計 ${epochs} エポックまで`,
    noEstimate: (reason) => `所要時間は不明: ${reason}`,
    notPreprocessed: "データの前処理がまだ終わっていません",
    noTimings: (file) => `${file} に訓練の所要時間の記録がまだありません`,
    estimate: ({ seconds: time, workers, laterRungs, timedRuns, source }) =>
      `訓練の所要時間: ワーカー ${formatCount(workers)} で${
        time < 0.995 ? " 1 秒未満" : `約 ${seconds(time)}`
      }${laterRungs ? " (後の段を含まない)" : ""}。 ${source} にある訓練 ${
        formatCount(timedRuns)
      } 回の記録から、大きさの違うネットワークは重みの数に比例するとした見積もり`,
    none: "(なし)",
    change: (path, before, after) => `${path} ${before} -> ${after}`,
    version: (step, before, after) => `${step} の工程のバージョン ${before} -> ${after}`,
    content: (input) => `${input} の内容が変化`,
    epochs: (before, after, then) => `エポック数 ${before} -> ${after} (${then})`,
    staysDiverged: "発散済みのため変わらない",
    staysStopped: "早期終了で終わっているため変わらない",
    continuesFrom: (epoch) => `エポック ${epoch} から継続`,
    fromTheBeginning: "最初から訓練",
    notDone: "未実行",
    goneArtifact: (artifact) => `成果物 ${artifact} がストアにない`,
    waitsForDownload: "データの取得待ち",
    waitsForTrain: "訓練待ち",
    waitsForRuns: (count) => `訓練 ${formatCount(count)} 回を待機`,
    damaged: (path) => `${path} が壊れている`,
    noResults: (folder) => `${folder} に結果がまだない`,
    format: (format) => `manifest.json が形式 ${format}`,
    writtenBy: (version) =>
      version === null
        ? "作成したプログラムのバージョンが書かれていません"
        : `このプログラムのバージョン ${version} で作成`,
    madeBy: (command) => command === null ? "作成したコマンドが書かれていません" : `\`${command}\` で作成`,
    renderedAgain: (language) => `レポートを言語 ${language} で書き直し済み`,
    beingWritten: (folder) => `スイープが ${folder} に書き込み中、または書き込み中に終了`,
    changed: (file, others) =>
      `${file}${others === 0 ? "" : ` ほか ${others} 件`} が失われたか、書き換えられている`,
  },

  gc: {
    unused: (store) => `${store}: これを使う結果のフォルダはありません`,
    used: (store, folders) =>
      `${store}: 結果のフォルダ ${formatCount(folders)} 個のもとになりうるものを残します`,
    unfinished: (folder) => `${folder} (スイープの途中)`,
    removed: (what) => `削除: ${what}`,
    wouldRemove: (what) => `削除の対象: ${what}`,
    kept: (what) => `保持: ${what}`,
    nothing: "なし",
    counted: (count, kind) => {
      const step = /^(\w+) record$/.exec(kind)?.[1];
      return `${step === undefined ? KINDS[kind] ?? kind : `${step} の記録`} ${formatCount(count)} 個`;
    },
    otherVersion: (folder) =>
      `${folder} は別のバージョンのプログラムで作られています。ファイルの内容と同じものだけを残します`,
  },

  verify: {
    computed: ({ folder, computed, runs: count, named }) =>
      `${folder}: 訓練 ${formatCount(count)} 回のうち ${formatCount(computed)} 回を再計算${
        named && ` (${named})`
      }`,
    failed: (count) => `失敗していた訓練 ${formatCount(count)} 回は比較できません`,
    absent: (count) =>
      `manifest.json にあるファイルのうち ${formatCount(count)} 個はフォルダにないため、ハッシュを比較`,
    diverged: (count) => `発散していた訓練 ${formatCount(count)} 回には、重みや予測がありません`,
    same: ({ runs, diverged }) =>
      `全バイトが一致: データセット${diverged < runs ? "、重み、予測" : ""}${
        runs > 0 ? "、活性値と勾配、results.csv と history.csv の各行" : ""
      }`,
    difference: {
      ofRun: (run, what) => `訓練 ${run}: ${what}`,
      dataset: "データセットのバイト列が異なります",
      otherValues: "値が異なります",
      otherBytes: "バイト列が異なります",
      notRecorded: "記録にありませんが、再計算では得られました",
      header: "見出し行",
      row: (row, column) => `行 ${row} の ${column}`,
      cell: (number) => `${number} 番目のセル`,
      notThere: "(なし)",
      was: (place, before, now) => `${place} は記録では ${before}、再計算では ${now}`,
      sameValues: "値は同じですが、バイト列が異なります",
      changed: "スイープのあとに書き換えられています",
      changedOutside: "スイープのあとに書き換えられています (どの訓練の行でもない部分)",
      changedFirst: (run, found) =>
        `スイープのあとに書き換えられています。最初の違いは訓練 ${run}: ${found ?? "行が失われています"}`,
      order: "行は同じですが、列やその順序が異なります",
    },
    differs: (files) => `${formatCount(files)} 個のファイルが一致しません:`,
    moreRuns: (count) => ` (ほか ${formatCount(count)} 回の訓練)`,
    moreFiles: (count) => `ほか ${formatCount(count)} 個のファイル`,
  },

  grade: {
    noPrlimit:
      "prlimit (Linux の util-linux) がありません。提出されたプログラムを制限するのは Deno の権限だけになり、" +
      "メモリは監視するだけで、悪意のあるプログラムがファイルを 1 行ずつ読むおそれがあります。信頼できない提出物は Linux で採点してください。",
    noSetpriv:
      "setpriv (util-linux) がありません。採点を中断しても、提出されたプログラムが動き続けるおそれがあります。",
    points: (got, points) => `${got} / ${points} 点`,
    openChecks: (count) => `(未採点 ${formatCount(count)} 項目)`,
    changed: "遅れによる減点と手動の変更を反映した得点:",
    graded: (students, gradebook) =>
      `${formatCount(students)} 人を採点しました: ${gradebook}、report.html、feedback/`,
    notGraded: (reason) => `採点できません: ${reason}`,
    absent: (count, names) => `未提出 ${formatCount(count)} 人: ${names}`,
    refused: (count) => `提出物のフォルダにあるもののうち ${formatCount(count)} 個は採点できませんでした:`,
    incomplete: ({ checks, students, submissions }) =>
      `提出物 ${formatCount(submissions)} 件のうち ${formatCount(students)} 件で、合わせて ${
        formatCount(checks)
      } 項目を採点できませんでした。点数は確定していません:`,
    refusals: {
      onlineText: "ファイルではなく、学習管理システムに直接書かれた文章です",
      device: "デバイスまたはパイプです",
      deadLink: "リンク先のないシンボリックリンクです",
      linkOut: "フォルダの外を指すシンボリックリンクです",
      linkToDevice: "デバイスまたはパイプを指すシンボリックリンクです",
      singleFile: "ファイルがひとつだけです。学生ごとのフォルダに分けてダウンロードしてください",
      otherArchive: "zip ではない形式の書庫です",
      otherFile: "zip でも ipynb でもないファイルです",
    },
  },

  files: {
    written: (path) => `${path} に保存しました`,
    starter: (folder, names) => `${folder}: ${names} を作成しました`,
    upToDate: (path) => `${path} は最新です`,
  },

  view: {
    served: (address) => `実験の一覧を開きました：${address} (Ctrl-C で終了します)`,
    servedToAll: (address) =>
      `次のアドレスを知っている人は、ほかのコンピュータからも見られます：${address} (<address> はこのコンピュータのアドレス)`,
  },

  lab: {
    served: (address) => `実験室を開きました：${address} (Ctrl-C で終了します)`,
  },

  best: {
    trial: ({ trial, name, best, label }) =>
      `${name} の試行 ${trial}${best === null ? "" : `（${best.trials} 試行のうち ${best.metric} で最良）`}${
        label && `：${label}`
      }`,
    metric: (metric, value) => `${metric} ${value}`,
    overSeeds: (seeds) => `（シード ${seeds} 個の平均）`,
    weights: (seed, sha256) => `シード ${seed} の weights_sha256 は ${sha256}`,
    paths: (folder) =>
      `データファイルのパスは ${folder} から見たものです。このファイルもそこに置いてください。`,
  },

  report: {
    missing: (file) => `${file} がないため、その内容はレポートに含まれません`,
    changed: (file) => `${file} はスイープが書いたままではありません。いまの内容にもとづいて出力します`,
    noManifest: (file) =>
      `${file} がないため、試行の順位は val_accuracy で決め、実行の記録はレポートに含まれません`,
    noTimings: "timings.csv がないため、所要時間はレポートに含まれません",
  },

  machines: {
    noServer: (address, reason) => `${address} に接続できません: ${reason}`,
    notLetIn: (address, given) =>
      `${address} を使えません: サーバーには届きましたが、` +
      (given
        ? "トークン、パスワードまたは認証情報が正しくありません"
        : `アドレスにトークンもパスワードもありません。${
          address.replace("//", "//TOKEN@")
        } のように付けるか、--creds FILE を指定してください`),
    noJetStream: (address, reason) =>
      `${address} を使えません: JetStream を有効にした NATS サーバー（\`nats-server -js\`）でなければなりません（${reason}）`,
    waitingForServer: (address, reason) => `${address}: ${reason}。接続をくり返し試みます`,
    lost: (address) => `${address}: 接続が切れました。再接続を試みます`,
    connectedAgain: (address) => `${address}: 再び接続しました`,
    full: (reason, machines = []) =>
      `サーバーに${
        machines.length === 0 ? "" : ` ${machines.join("、")} から届くものを置く`
      }空きがありません（${reason}）。失われるものはなく、空きができるまで待ちます。\`deno task gc --on\` で空きができます（キューに訓練があるときは --queued も付けます）。`,
    roomAgain: "サーバーに空きができました。",
    retrying: (reason) => `サーバーから応答がありません（${reason}）。再び試みます`,
    othersLease: ({ asked, lease, others }) =>
      `リースは ${asked} 秒ではなく、${
        others.join("、")
      } と同じ ${lease} 秒になります。変えるには、先に全ワーカーを終了してください`,
    refused: (address, reason) => `${address} を使えません: サーバーが要求を拒みました（${reason}）`,
    brokenResult: (run, reason) =>
      `サーバーにある訓練 ${run} の結果を読めないため、計算し直します: ${reason}`,
    failedOn: (machine, reason) => `${machine}: ${reason}`,
    givenUp: (times) => `${times} 回ワーカーに渡しましたが、そのたびにワーカーが止まったか、接続が切れました`,
    cannotDo: (run, reason) => `訓練 ${run} が失敗しました: ${reason}`,
    notKept: (run, reason) =>
      `訓練 ${run}: チェックポイントをサーバーに置けませんでした。引き継ぐマシンは前のものから続けます: ${reason}`,
    gaveBack: (run, epoch) => `訓練 ${run}: ${epoch} エポックまでの状態とともにキューへ戻しました`,
    notGivenBack: (run) =>
      `訓練 ${run}: サーバーの応答がなく、キューへ戻せませんでした。このマシンが落ちたときと同じく、サーバーが戻れば別のワーカーが引き受けます`,
    summary: (machines, queued) =>
      `動いているマシン ${formatCount(machines)} 台、キューにあるか途中の訓練 ${formatCount(queued)} 回`,
    line: (name, workers, images) =>
      `${name}: ワーカー ${formatCount(workers)} 個、毎秒 ${formatCount(images)} 件`,
    silentFor: (name, time) => `${name}: ${time}前から応答なし`,
    otherCore: (core) => `このバージョンとは異なるビットを計算します（${core}）`,
    cleaned: ({ results, bytes, queued, dryRun }) =>
      `結果 ${formatCount(results)} 個と付随するもの（${bytes}）を${
        dryRun ? "削除します（まだ削除していません）" : "削除しました"
      }${queued === 0 ? "" : `。キューにあるか途中の訓練 ${formatCount(queued)} 回とデータセットは残ります`}`,
    silent: (name) =>
      `${name} から応答がなくなりました。このまま応答がなければ、途中の訓練は別のマシンが引き受けます`,
    nobody:
      "このサーバーで働いているマシンはまだありません。`deno task worker URL` で起動してください。訓練はそれまで待ちます。",
    othersOnly: (core, others) =>
      `このバージョン（${core}）と同じビットを計算するマシンがありません（あるのは ${others.join("、")}）。` +
      "合うマシンが現れるまで、訓練は待ちます。",
    detached: (runs, command) =>
      `${
        formatCount(runs)
      } 回の訓練がキューにあり、動いているマシンが順に引き受けます。結果を受け取るには:\n  ${command}`,
    keepQueued: (runs) => `${formatCount(runs)} 回の訓練をキューに残しますか？ [Y/n] `,
    notWithdrawn: (runs, reason) =>
      `${
        formatCount(runs)
      } 回の訓練をキューから取り除けませんでした（${reason}）。残っている訓練はマシンが行い、` +
      "結果は同じコマンドで受け取れます",
    noDataset: (sha256) => `訓練できません: データセット ${sha256} がサーバーにありません`,
    working: (name, workers, address) =>
      `${name}: ワーカー ${workers} 個で ${address} の訓練を引き受けます。Ctrl-C で、途中の訓練をキューへ戻して終わります`,
  },

  errors: errorsJa,
  data: dataJa,
  help: helpJa,
};
