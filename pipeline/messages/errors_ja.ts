import { METRIC } from "../../src/tables/metrics.ts";
import { formatCount } from "../../src/text/numbers.ts";
import type { errorsEn, FileKind, StoreVerb } from "./errors_en.ts";

const KINDS: Readonly<Record<FileKind, string>> = {
  folder: "フォルダ",
  pipe: "名前付きパイプ",
  socket: "ソケット",
  device: "デバイス",
};

const STORE_ACTIONS: Readonly<Record<StoreVerb, string>> = {
  open: "を開けません",
  "look into": "を調べられません",
  "read from": "から読み取れません",
  "write to": "に書き込めません",
  "remove from": "から削除できません",
};

const advice = (option: string | undefined) =>
  option === undefined ? "" : `。書き込める場所を ${option} で指定してください`;
const goOn = (option: string | undefined) =>
  "同じコマンドをもう一度実行してください（保存済みのものは残っています）" +
  (option === undefined ? "" : `。別のディスクの場所を ${option} で指定してもかまいません`);
const holding = (holder: string) => holder && `（プロセス ${holder}）`;
const ELSEWHERE = "--out DIR で別のフォルダを指定してください";

export const errorsJa: typeof errorsEn = {
  bug: (message) =>
    `予期しないエラー: ${message}\nプログラムの不具合です。同じコマンドに --debug を付けたときの表示を添えて報告してください。`,
  notAllowed: (message) => `Deno に許可されていない操作です（${message}）`,
  settingMeant: (meant) => `設定の項目は --set で指定します: ${meant}`,

  cannotUse: (path, reason) => `${path} を使えません。${reason}`,
  cannotRead: (path, reason, what) => `${what && `${what} `}${path} を読み取れません。${reason}`,
  cannotWrite: (path, reason) => `${path} に書き込めません。${reason}`,
  inUse: (path) =>
    `${path} を書き換えることも消すこともできません。別のプログラムがこのファイルを開いているようです。` +
    "そのプログラム（Excel など）を閉じてから、同じコマンドをもう一度実行してください",
  cannotLock: (path, reason) => `${path} をロックできません。${reason}`,
  cannotStart: (program, reason) => `${program} を起動できません。${reason}`,
  cannotShow: (path, reason) => `${path} を表示できません。${reason}`,
  whats: {
    config: "設定",
    rubric: "採点基準",
    submission: "提出物",
    roster: "名簿",
    times: "提出日時の一覧",
  },
  stale: (path) =>
    `${path} が古くなっています。\`deno task schema\` を実行し、その結果をコミットしてください`,

  mostRuns: ({ name, most, found }) =>
    `${name} を開始できません。訓練は ${formatCount(most)} 回までです（${found}）`,
  runCap: ({ name, cap, found }) =>
    `${name} を開始できません。訓練は run_cap の ${formatCount(cap)} 回までです（${found}）。` +
    "すべて行うには --yes を付けるか、sweep.run_cap を大きくしてください",
  othersResults: ({ out, config, found }) =>
    `結果を ${out} に書けません。${config} の結果を入れるフォルダですが、${found} の結果が入っています。` +
    "--out DIR で別のフォルダを指定するか、設定の name を変えるか、--replace で置き換えてください",
  inStore: (out, store) => `結果を ${out} に書けません。ストア ${store} の中には置けません。${ELSEWHERE}`,
  cannotWriteResults: (out, reason) => `結果を ${out} に書けません。${reason}`,
  tooLarge: (found) =>
    `訓練できません。データと訓練ひとつ分で使えるメモリは合わせて 4 GiB までですが、${found} GiB 必要です。` +
    "model.hidden の層のユニット数を減らすか、データを小さくしてください",
  runsFailed: (failed, count) =>
    `訓練 ${formatCount(count)} 回のうち ${formatCount(failed)} 回が失敗しました`,
  failFast: (run) =>
    `訓練 ${run} が失敗したため、--fail-fast に従ってスイープを終えました。終わった分は保存されており、` +
    "同じコマンドで続きから再開します",
  withoutMachines:
    "スイープを始められません。--detach と --verify-remote は --on URL と一緒に指定してください",
  wrongKernels: (kernels) =>
    `訓練できません。計算の核となるプログラムが、基準の計算とは異なるビットを計算します（${
      kernels.join("、")
    }）。タスクのフラグを付けると、V8 が誤った機械語に翻訳するためです。` +
    "フラグを付けずに `deno run -P=sweep pipeline/main.ts sweep` と実行し、`deno --version` の表示を添えて報告してください",
  noSuchTrial: ({ reference, last, found }) =>
    `${reference} 番目の参照値と比べられません。trial は 0 以上 ${last} 以下でなければなりません（現在の値：${found}）`,
  outsideTolerance: (outside, count) => `参照値 ${count} 個のうち ${outside} 個が許容範囲を外れています。`,
  ofFile: (name, said) => `${name}：${said}`,
  tooManyToLook: ({ name, most, found }) =>
    `${name} の状態を調べられません。訓練は ${formatCount(most)} 回までですが、${
      formatCount(found)
    } 回あります`,
  wrongAddress: (found) =>
    `ほかのマシンに接続できません: アドレスは nats://HOST:PORT か tls://HOST:PORT で指定してください（指定: ${found}）`,

  cannotUseStore: (action, root, reason) => `ストア ${root} ${STORE_ACTIONS[action]}。${reason}`,
  namelessStore: "ストアを開けません。パスが空です。--store DIR でフォルダを指定してください",
  damagedNote: (path) =>
    `${path} がどの結果のフォルダの記録なのかわかりません。ファイルが壊れています。これを削除し、その結果のスイープをもう一度実行してください`,
  damagedArtifact: ({ path, sha256, found }) =>
    `成果物 ${path} を読み取れません。SHA-256 は ${sha256} でなければなりませんが、${
      found === null ? "ファイルがありません" : `${found} です`
    }`,
  noStore: (root) => `${root} を整理できません。そのようなストアはありません`,
  storeInUse: (root) =>
    `${root} を整理できません。スイープが使用中です。終わってからもう一度実行してください。何も削除していません。`,
  noResultsFolder: (path, found) =>
    `ストアを整理できません。${path} は${
      found === "file" ? "フォルダではなくファイルです" : "見つかりません"
    }。何も削除していません。`,
  unknownReferences: (path) =>
    `ストアを整理できません。${path} が壊れていて、その結果が何からできているのかわかりません。` +
    "そのフォルダへもう一度スイープを実行するか、フォルダを削除してください。何も削除していません。",

  cannotReadResults: (folder, reason) => `${folder} の結果を読み取れません。${reason}`,
  cannotVerify: (path, reason) => `${path} を検証できません。${reason}`,
  noReport: (folder) =>
    `レポートを作成できません。${folder} は結果のフォルダではありません（results.csv がありません）`,
  emptyReport: (table) => `レポートを作成できません。${table} に訓練がひとつもありません`,
  cannotRender: (folder, reason) => `${folder} のレポートを作成できません。${reason}`,
  noBest: (folder, metric) =>
    `${folder} の最良の試行は選べません: ${
      METRIC[metric].label.ja
    } (${metric}) の値を得て完了した訓練がありません`,
  noTrial: ({ folder, trial, first, last, known }) =>
    `${folder} に試行 ${trial} はありません: ${
      last === null
        ? `試行の番号は ${known} です`
        : last === first
        ? `試行は ${first} だけです`
        : `試行の番号は ${first} から ${formatCount(last)} までです`
    }`,
  replaceWithoutPage: "比較できません。--replace は --html と一緒に指定してください",
  csvHasNoLanguage:
    "比較できません。--csv の出力はどの言語でも同じなので、--language と一緒には指定できません",
  tooFewResults: (found) => `比較できません。結果を 2 つ以上指定してください（現在は ${found}）`,

  notViewed: (folder) => `${folder} を表示できません。その名前のフォルダがありません`,
  notFolder: (path) => `${path} を表示できません。フォルダではなくファイルです`,
  portsTaken: (what, port, last) =>
    `${what}を公開できません: ポート ${port}〜${last} はすべて使用中です。--port N で別のポートを指定してください`,
  systemsPort: (what, port) =>
    `${what}を公開できません: ポート ${port} はシステムが使うものです。--port N で 1024 以上のポートを指定してください`,
  noWeights: (place, reason) => `${place} から重みを取り出せません: ${reason}`,

  cannotGrade: (path, reason) => `${path} を採点できません。${reason}`,
  sameNames: (one, other) =>
    `採点できません。提出物の名前は互いに異なっていなければなりませんが、${one} と ${other} が同じ名前です`,
  cannotWriteGrades: (out, reason) => `採点結果を ${out} に書けません。${reason}`,
  noProcess: (reason) => `提出されたプログラムのプロセスを起動できません。${reason}`,
  noStarter: (folder, reason) => `${folder} にひな形を作れません。${reason}`,

  reasons: {
    fileAsFolder: (option) => `フォルダではなくファイルです${advice(option)}`,
    fileInPath: (option) => `パスの途中がフォルダではなくファイルです${advice(option)}`,
    denied: (option) => `書き込みが許可されていません${advice(option)}`,
    readOnly: (option) => `読み取り専用のファイルシステムです${advice(option)}`,
    noSpace: (option) => `ディスクに空きがありません。空きを作ってから、${goOn(option)}`,
    fileLimit: (option) =>
      `ファイルの大きさがシステムの上限を超えます。上限（\`ulimit -f\`）を上げてから、${goOn(option)}`,
    notOnDisk: "ディスク上のファイルではありません",
    folderAsFile: "ファイルではなくフォルダです",
    noFile: "ファイルがありません",
    folderForFile: "フォルダです。その中のファイル名まで指定してください",
    noFolderOf: (folder) => `フォルダ ${folder} がありません`,
    nothingThere: "そのようなファイルもフォルダもありません",
    unreadable:
      "読む権限がありません。読めるように権限を変えてください（`chmod u+r`、フォルダなら `chmod u+rx`）",
    manyOpen:
      "開いているファイルが多すぎます。上限を上げて（`ulimit -n 1024`）、同じコマンドをもう一度実行してください",
    linksInCircle: "シンボリックリンクが循環していて、ファイルにたどり着けません",
    longName: "名前が長すぎます",
    system: (message) => `システムのエラーです（${message}）`,

    isFolder: (path, meant) => `${path} はフォルダです${meant && `。もしかして ${meant} ですか？`}`,
    irregular: (kind) => `通常のファイルではなく、${KINDS[kind]}です`,
    large: (mebibytes, size) => `${mebibytes} MiB までですが、${size} バイトあります`,
    largeToShow: (mebibytes, size) =>
      `ここに表示できるのは ${mebibytes} MiB までですが、${size} バイトあります`,
    nearby: (path) => `。もしかして ${path} ですか？`,
    notFromInput: "。標準入力ではなく、ファイルから読み取ります",
    noText: "UTF-8 のテキストではありません",
    encoding: (meant) =>
      `文字コードが UTF-8 ではありません${
        meant === undefined ? "" : `（${meant} のようです）`
      }。UTF-8 で保存し直してください`,
    linkOut: "フォルダの中のファイルではなく、フォルダの外を指すリンクです",
    notJson: (message) => `JSON の形式が正しくありません（${message}）`,
    wrongCsv: (message) => `CSV の形式が正しくありません：${message}`,
    wrongContent: (message) => `内容が正しくありません（${message}）`,
    notAsSwept: (found) => `スイープが書いたままの内容ではありません（${found}）`,
    wrongPart: (part, found, known) => `${part ?? "全体"}${known} の値：${found ?? "なし"}`,
    manyEntries: ({ place, found, most }) =>
      `${place ?? "全体"} は ${formatCount(most)} 個までですが、${formatCount(found)} 個あります`,
    knownFormats: (latest) => `（このバージョンのプログラムでは 1 か ${latest}）`,
    knownColumns: (columns) => `（${columns.join("、")} のどれか）`,
    notAsGraded: "採点のときに書かれたままの内容ではありません",
    nameless: "実験の名前がありません",
    otherFormat: (format, found) =>
      `このバージョンのプログラムで読めるのは形式 ${format} ですが、${found} です`,
    noRuns: "訓練がひとつもありません",
    lacks: (files, absent) => `${files.join(" と ")} が必要ですが、${absent} がありません`,
    unfinishedSweep: "このフォルダへのスイープが終わっていません。結果は最後に書き込まれます",
    noManifest: "スイープが結果のフォルダに必ず書く manifest.json がありません",
    otherTrials: (last, found) =>
      `results.csv の試行は manifest.json にある 0 から ${last} まででなければなりませんが、試行 ${found} があります`,
    notVerifiable: "スイープが必ず書く manifest.json がないため、結果のフォルダではありません",
    lacksRun: (run) => `manifest.json には実験の訓練がすべて必要ですが、${run} がありません`,
    foreignRun: (run) => `manifest.json に、実験にはない訓練 ${run} があります`,

    otherConfig: "別の設定がすでにあります。別の名前を指定するか、そのファイルを削除してください",
    otherPage: "compare のページではないファイルがすでにあります。" +
      "--html FILE で別の名前を指定するか、--replace で置き換えてください",
    somethingElse: "通常のファイルではないものがあります。削除してください",
    folderInTheWay: (name) => `${name} がファイルではなくフォルダです。削除してください`,
    fileInTheWay: (name) => `${name} がフォルダではなくファイルです。削除してください`,
    linkInTheWay: (name) =>
      `${name} がその中のフォルダではなく、シンボリックリンクです。リンクを削除してください`,
    foreignFiles: (name, manifest) =>
      `空のフォルダか、以前の結果が入ったフォルダでなければなりませんが、${name} があり、${manifest} がありません。${ELSEWHERE}`,
    otherManifest: (manifest) => `${manifest} がスイープの書いたものではありません。${ELSEWHERE}`,
    otherResults: `ほかの結果が入っています。${ELSEWHERE}`,
    anotherSweep: (holder) =>
      `別のスイープ${holding(holder)}が書き込み中です。終わるまで待つか、${ELSEWHERE}`,
    anotherGrading: (holder) => `別の採点${holding(holder)}が行われています。終わるまで待つか、${ELSEWHERE}`,
    otherThanStore: (name) =>
      `空のフォルダか、以前のストアでなければなりませんが、${name} があり、artifacts がありません。` +
      "--store DIR で別のフォルダを指定してください",
    elsewhere: (reason) => `${reason}。${ELSEWHERE}`,
    otherThanLab:
      "実験室ではないファイルがすでにあります。別の名前を指定するか、そのファイルを削除してください",
    thereAlready: (name) => `${name} がすでにあります。別のフォルダを指定してください`,

    noGoodRun: "正常に終わった訓練が 1 つもありません",
    standardised: (found) =>
      `ラボで使うネットワークは preprocess.standardise を省略して訓練してください（現在の値：${found}）`,
    otherClasses: "クラスが 0〜9 の数字ではありません",
    noWeightsFile: (path, command) =>
      `${path} がありません。もとのスイープを実行し直してください${command === null ? "" : `: ${command}`}`,

    noSubmission: "提出物はフォルダ、.zip、.ipynb のどれかでなければなりませんが、別のファイルです",
    submissionDevice:
      "提出物はフォルダ、.zip、.ipynb のどれかでなければなりませんが、デバイスまたはパイプです",
    noSubmissions: (files) =>
      `提出物（${files} のどれかがあるもの）でも、提出物を入れたフォルダでもありません`,
    notFolderOrZip: "フォルダでも zip でもありません",
    noTimeColumns: (found) =>
      `submission と submitted の列が必要ですが、${
        found ? `見つかった列は ${found} です` : "列がひとつもありません"
      }`,
    noTime: (line, found) =>
      `${line} 行目：submitted は 2026-05-01T23:59:00+09:00 のような、時差の付いた日時でなければなりませんが、${found} となっています`,
    twoTimes: ({ who, line, earlier }) =>
      `${line} 行目：${who} の日時は ${earlier} 行目にもあります。どちらかを取り除いてください`,
  },
};
