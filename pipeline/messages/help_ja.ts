import type { helpEn } from "./help_en.ts";

/** What commander says of a command line, in Japanese: of the beginnings one is right, then its hints. */
const COMMANDERS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown option '(.*?)'/s, "エラー: オプション '$1' はありません"],
  [/^error: unknown command '(.*?)'/s, "エラー: コマンド '$1' はありません"],
  [/^error: missing required argument '(.*?)'/, "エラー: 引数 '$1' がありません"],
  [/^error: option '(.*?)' argument missing/, "エラー: オプション '$1' の値がありません"],
  [/^error: required option '(.*?)' not specified/, "エラー: オプション '$1' を指定してください"],
  [
    /^error: option '(.*?)' argument '(.*)' is invalid\. ?/s,
    "エラー: オプション '$1' の値 '$2' は使えません。",
  ],
  [
    /^error: command-argument value '(.*)' is invalid for argument '(.*?)'\. ?/s,
    "エラー: 引数 '$2' の値 '$1' は使えません。",
  ],
  [
    /^error: option '(.*?)' cannot be used with option '(.*?)'/,
    "エラー: オプション '$1' は '$2' と一緒には使えません",
  ],
  [
    /^error: too many arguments(?: for '.*?')?\. Expected (\d+) arguments? but got (\d+): (.*)\.\n$/s,
    "エラー: 引数は $1 個までですが、$2 個あります: $3\n",
  ],
  [/^error: /, "エラー: "],
  [/Allowed choices are (.*)\.\n$/, "$1 のどれかを指定してください。\n"],
  [/\(Did you mean (?:one of )?(.*)\?\)\n$/, "もしかして $1 ですか？\n"],
];

export const helpJa: typeof helpEn = {
  headings: {
    "Usage:": "使い方:",
    "Arguments:": "引数:",
    "Options:": "オプション:",
    "Commands:": "コマンド:",
  },
  details: (text) => text.replace(/(?<=[(,] ?)default: /, "省略時: ").replace(/(?<=\()choices: /, "選択肢: "),
  wrongCommand: (message) => COMMANDERS.reduce((text, [said, ja]) => text.replace(said, ja), message),
  program: "ゼロから書いたニューラルネットワークの、再現可能な実験。",
  showHelp: "このヘルプを表示",
  seeHelp: (command) => `使い方は \`deno task ${command} --help\` で確認できます。`,
  debug: "予期しないエラーのスタックトレースを表示",
  language: "表示する言語 (省略時: 設定の言語、なければ LANG の言語)",
  languageAlone: "表示や出力の言語 (省略時: LANG の言語)",

  config: "実験の設定を書いた YAML ファイル",
  set: "設定の項目を変更。繰り返し指定可",
  sweepValues: "コンマ区切りの値を順に試す。繰り返し指定可",
  out: (folder) => `結果を入れるフォルダ (省略時: ${folder})`,
  store: "計算済みのものを保存しておくフォルダ",
  mirror: "データセットのファイルを、ネットワークの代わりに取り出す場所",
  quiet: "警告と結果だけを表示",
  workers: "同時に行う訓練の数",
  cores: (count) => `${count}、コアの数`,
  invalid: {
    empty: "空にはできません。",
    budget: "600、90s、10m のような時間を指定してください (1 日まで)。",
    override: "train.epochs=3 のような パス=値 を指定してください。",
    workers: (most) => `1 以上 ${most} 以下の整数を指定してください。`,
    sample: "1 以上の整数を指定してください。",
  },

  sweep: {
    about: "実験のすべての試行を訓練・評価し、結果とレポートを書き出します。",
    yes: "設定の run_cap を超える回数の訓練を開始",
    replace: "同じ名前の別の設定の結果を置き換え",
    failFast: "訓練がひとつ失敗したら、残りを続けずに終了",
    view: "実行中の様子をブラウザで見られるアドレスを表示（見られるのはスイープが終わるまで）",
    open: "終わったらレポートをブラウザで表示",
    dryRun: "何を行うかと、およその所要時間だけを表示",
    json: "途中経過を 1 行ずつ JSON で表示。プログラム向け、英語",
    examples: `
例:
  deno task sweep
  deno task sweep configs/course.yaml --set train.epochs=3 --set "model.hidden=[100]"
  deno task sweep configs/course.yaml --sweep "train.learning_rate=0.01,0.1" --sweep "model.hidden=[100],[400,200]"
  deno task sweep configs/course.yaml --mirror ../mnist --out results/trial --workers 1

終了コード: 0 完了、1 失敗した訓練あり、2 入力の誤り、130 中断`,
  },
  machines: {
    on: "この NATS サーバーを通じて、ほかのマシンのワーカーに訓練を任せる",
    creds: "サーバーの認証情報のファイル (`nsc` が書くもの)",
    ca: "tls:// のサーバーを確かめる証明書のファイル",
    statusOn: "代わりに、このサーバーで働くマシンとその作業、待っている訓練の数を表示",
    gcOn: "代わりに、このサーバーにあるこのプロジェクトの結果、途中の状態、データセットを削除",
    queued: "--on と一緒に: キューの訓練も取り除く。まだ待っているスイープは自分の分を入れ直す",
    detach: "訓練をキューに入れたら終了。後で同じコマンドを使うと結果を受け取れる",
    verifyRemote: "指定した数の訓練をこのマシンで計算し直し、1 バイトも違わないことを確かめる",
    project: "サーバー上のストリームの名前。名前が違えば互いに見えない",
    invalidProject: "半角英小文字、数字、- からなる 40 文字以内の名前を指定してください。",
  },
  worker: {
    about:
      "JetStream を有効にした NATS サーバーを通じて、ほかのマシンのスイープの訓練を Ctrl-C まで引き受けます。",
    url: "サーバー: nats://HOST:PORT か tls://HOST:PORT。ホストの前に TOKEN@ や USER:PASSWORD@ も書ける",
    folder: (folder) => `サーバーから受け取ったデータセットを置くフォルダ (省略時: ${folder})`,
    lease:
      "この秒数だけ応答のないワーカーは止まったものとし、その訓練を別のワーカーに回す。全ワーカーに共通で、最初のワーカーが決める (省略時: 今の値のまま、初めは 20)",
    invalidLease: "2 以上 3600 以下の秒数を整数で指定してください。",
    name: "表示されるマシンの名前 (省略時: ホスト名)",
    examples: `
例:
  nats-server -js
  deno task worker nats://lab:4222 --workers 8
  deno task sweep configs/sweep.yaml --on nats://lab:4222

通信できるのはそのアドレスだけ、読み書きできるのはそのフォルダだけです。Ctrl-C か SIGTERM を受けると途中の訓練をキューへ戻し、
ほかのマシンがその続きから訓練します。

終了コード: 0 完了、1 接続の終了、2 入力の誤り、130 または 143 中断`,
  },
  status: {
    about: "実験の各工程と各訓練が最新かどうか、最新でなければその理由を示します。",
    json: "すべての訓練を含めて JSON で表示。英語",
    examples: `
例:
  deno task status
  deno task status configs/course.yaml --set train.epochs=20
  deno task status configs/sweep.yaml --json

終了コード: 0 すべて最新、1 行うことあり、2 入力の誤り`,
  },
  report: {
    about: "結果のフォルダにある表から、report.md、report.html、図を書き直します。",
    results: "結果のフォルダ",
    language: "レポートの言語 (省略時: 元のまま)",
    examples: `
例:
  deno task report results/quickstart
  deno task report results/quickstart --language ja`,
  },
  compare: {
    about: "試行どうしを、異なる設定、信頼区間付きの指標、学習曲線で比べます。",
    results: "結果のフォルダ、または DIR#3 と書いたその中の試行 (2 つ以上)",
    md: "Markdown で表示",
    csv: "CSV で表示 (1 行に 1 つの値)",
    html: (file) => `ブラウザで見るページを書き出す (省略時のファイル: ${file})`,
    language: "表やページの言語 (省略時は 1 番目のレポートの言語)",
    replace: "別のファイルがあっても置き換える",
    examples: `
例:
  deno task compare results/course results/course-faster
  deno task compare results/sweep#3 results/sweep#17
  deno task compare results/a results/b results/c --csv > comparison.csv
  deno task compare results/a results/b --html
  deno task compare results/a results/b --html a-and-b.html --language ja

フォルダはその最良の試行、DIR#3 は試行 3 を表します。差は 1 番目に対するものです。
終了コード: 0 完了、2 入力の誤り`,
  },
  best: {
    about: "スイープの最良の試行を、同じ重みが得られる単独の設定ファイルとして表示します。",
    results: "結果のフォルダ、または DIR#3 と書いたその中の試行",
    save: "表示する代わりにファイルに保存",
    examples: `
例:
  deno task best results/quickstart
  deno task best results/quickstart --save configs/best.yaml
  deno task sweep configs/best.yaml

終了コード: 0 完了、2 入力の誤り`,
  },
  verify: {
    about: "結果のフォルダの訓練を最初からやり直し、全バイトを比べます。",
    results: "結果のフォルダ、または manifest.json のコピーだけを入れたフォルダ",
    sample: "すべての代わりに、この回数の訓練だけを再計算",
    quiet: "結果だけを表示",
    examples: `
例:
  deno task verify results/quickstart
  deno task verify results/reference/course-3 --mirror ../mnist
  deno task verify results/sweep --sample 3

--sample K では、「results.csv の SHA-256、空白、試行-シード」の SHA-256 が小さい順に K 回を選びます。選ばれるものは毎回同じで、
結果を書いた人にも選べません。フォルダには manifest.json があれば足り、ほかにもファイルがあれば、それも比べます。

終了コード: 0 全バイト一致、1 不一致あり、2 入力の誤り、130 中断`,
  },
  gc: {
    about: "どの結果のフォルダにも使われていないものを、ストアから削除します。",
    results: (folder) => `結果を探すフォルダ (繰り返し指定可、省略時: ${folder})`,
    dryRun: "何が削除されるかだけを表示",
    check: "すべての成果物を読み、壊れたものを削除 (次のスイープで作り直されます)",
    examples: `
例:
  deno task gc --dry-run
  deno task gc --results results --results /data/results

スイープが書いた結果のフォルダは、どこにあっても、スイープの途中でも、ストアが覚えています。削除したものが後で必要になれば、
計算し直されます。

終了コード: 0 完了、2 入力の誤り、またはスイープがストアを使用中`,
  },
  grade: {
    about: "提出物を再計算によって採点し、点数、理由、助言を示します。",
    rubric: "採点基準 (YAML ファイル)",
    submissions: "提出物: フォルダ、zip、ノートブック、またはそれらを入れたフォルダ",
    out: (folder) => `採点結果を入れるフォルダ (省略時: ${folder})`,
    submitted: "submission,submitted の CSV: マニフェストの記述の代わりに使う提出時刻",
    roster: "受講者の CSV (Moodle や Canvas が書き出したものも可): 未提出者がわかります",
    stage: "いま学生に見せてよい範囲",
    language: "採点結果とレポートの言語 (省略時: 採点基準の言語)",
    workers: "同時に採点する提出物 (実行するノートブック) の数",
    budget: (minutes) =>
      `ノートブックの全セルの実行にかけてよい時間。600 (秒) や 10m のように指定 (省略時: ${minutes}m)`,
    artifactsOnly: "ノートブックを実行せず、一緒に提出されたファイルを採点",
    saveReference: "採点に使った基準の訓練を、採点基準と一緒に配れるように保存",
    examples: `
提出物はノートブック、フォルダ、zip のどれかです。中身については docs/grading.ja.md を見てください。ノートブックはサンドボックスの中で実行します。提出物を入れたフォルダは、その全部を表します。

例:
  deno task grade configs/rubrics/sprint-nn.yaml submissions/
  deno task grade configs/rubrics/sprint-nn.yaml notebooks/ --budget 20m --workers 2
  deno task grade configs/rubrics/sprint-nn.yaml s1.zip s2.zip --mirror ../mnist
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --submitted times.csv --stage published
  deno task grade configs/rubrics/sprint-nn.yaml submissions/ --language ja

終了コード: 0 完了、1 採点できない項目あり、2 入力の誤り、130 中断`,
  },
  view: {
    about: "実行中の実験とこれまでの実験を、ブラウザでその場で見られるようにします。",
    folders: "結果のフォルダを探す場所 (既定値: results/)",
    host: "0.0.0.0 なら、表示されるトークンを使ってほかのコンピュータからも見られる",
    grades: "--host 0.0.0.0 のとき、学生の名前が載った採点結果も見せる",
    invalidHost:
      "127.0.0.1 (このコンピュータだけ) か 0.0.0.0 (ほかのコンピュータからも) を指定してください。",
    examples: `
読み取るだけで、何も書き込みません。実行中のスイープは、いつ始めたものでも、その時々の様子が見られます。

例:
  deno task view
  deno task view results/ /shared/results --open
  deno task view --host 0.0.0.0 --port 8080 --language ja`,
  },
  serve: {
    port: "このコンピュータで公開するポート (使用中なら次に空いているもの)",
    open: "ブラウザで開く",
    invalidPort: "0〜65535 の整数で指定してください。",
  },
  lab: {
    about:
      "スライドで説明する内容をブラウザで確かめます：学習則、ネットワーク、計算グラフ、重みの初期値、数字の認識。",
    out: "公開せずに、オフラインでも開ける 1 つの HTML ファイルとして書き出す",
    weights: "数字を読むネットワークをとる結果のフォルダ (その中で最も良い実行を使います)",
    examples: `
例:
  deno task lab
  deno task lab --weights results/course --open
  deno task lab --out lab.html --language ja`,
  },
  template: {
    about: "提出物のひな形を作ります。",
    folder: "ひな形を作るフォルダ",
    track: "artifact: NumPy のプログラムと、それに入力するバッチ、ts: TypeScript",
    examples: `
例:
  deno task template my-network
  deno task template my-network --track ts

各ファイルの中身については docs/grading.ja.md を見てください。`,
  },
  checkSubmission: {
    about: "提出物の各ファイルについて、あるか、読めるか、形が正しいかを示します。",
    submission: "提出するもの: フォルダまたは zip",
    rubric: "採点に使われる採点基準 (省略時: configs/rubrics/sprint-nn.yaml)",
    examples: `
何も実行せず、正解とも比べず、点数も出ません。正しいかどうかは自分で確かめてください。

例:
  deno task check-submission my-network
  deno task check-submission my-network.zip --language ja

終了コード: 0 すべてのファイルに問題なし、1 問題のあるファイルあり、2 入力の誤り`,
  },
  schema: {
    about:
      "エディタの補完と検査に使う configs/schema.json、schema.ja.json、configs/rubrics/schema.json と、" +
      "すべてのキーの一覧 docs/config.md、docs/config.ja.md を書き出します。",
    check: "何も書かず、古いファイルがあれば終了コード 1 で終了",
  },
};
