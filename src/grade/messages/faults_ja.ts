import type { JsonSchema } from "../../config/json_schema.ts";
import { rangeInJapanese } from "../../config/explain/describe.ts";
import { choicesOf, keysOf } from "../../config/explain/schema_paths.ts";
import { npyProblemInJapanese } from "../../numpy/npy_error.ts";
import { shorten, showValue } from "../../text/show_value.ts";
import { showNumber } from "../show_number.ts";
import type { faultsEn, NoNotebook, ValueKind } from "./faults_en.ts";

const ZIP = "ZIP ファイルとして読み取れません：";

/** Japanese texts of faults: what somebody else wrote stands in 「」. */
export const faultsJa: typeof faultsEn = {
  missing: () => "ファイルがありません",
  manifestDeep: (path, folders) =>
    `提出物の一番上、または一番上にただ 1 つあるフォルダーの中に置いてください。見つかったのは ${folders} 階層下の ${path} なので、そのフォルダーを提出してください`,
  manifestInZip: (zip) =>
    `提出物の一番上、または一番上にただ 1 つあるフォルダーの中に置いてください。代わりに ZIP ファイル ${zip} が入っています。ファイルがその中にあるなら、中身を取り出して提出してください`,
  programElsewhere: (found) =>
    `src フォルダーにこの名前で置いたものだけがプログラムとして扱われます。代わりに ${
      found.slice(0, 5).join("、")
    }${found.length > 5 ? " など" : ""}がありました`,
  noProgram: () => "src/mod.ts がありません。提出に含めてください",
  templateUnchanged: () => "ひな形のままで、何も変更されていません",
  notReadHere: () => "採点した環境で提出物を読み取れませんでした",
  notebookNotRun: (missing) =>
    `採点した環境に ${missing} がないため、ノートブックを実行できませんでした。--artifacts-only を付けると、代わりに一緒に提出されたファイルを採点します`,
  noNotebook: (why) => `ノートブックとして読み取れません。${NO_NOTEBOOK_JA[why]}`,
  notebookGaveTooMuch: () => "得られたものが提出物の大きさの上限を超えました",
  notebookBrokeOff: () => "最後まで実行できませんでした",
  notebookDied: () => "実行中に Python が終了しました",
  notebookTakingLate: () => "ネットワークを探す処理が時間内に終わりませんでした",
  notebookTakingFailed: (words) => `実行後にネットワークを探す処理でエラーが発生しました（「${words}」）`,
  notebookLacks: (cell, words) =>
    `ノートブックにネットワークが見つからず、コードセル ${cell} は、採点した環境にないもののためにエラーになりました（${words}）。それがある環境で実行し、submit.py が書き出すファイルを採点してください`,
  notebookTrainedShort: (made, asked) =>
    `ノートブックの制限時間内に、採点側では ${asked} エポックのうち ${made} エポックしか学習できませんでした。--budget を大きくすると最後まで学習します`,
  settingsUnknown: (names) =>
    `学習の設定（${
      names.join(", ")
    }）がノートブックから見つからず、同じ設定での採点側の学習と比べられません。最後のセルで import submit に続けて submit.export(model, X_test, y_test, ${
      names.map((name) => `${name}=...`).join(", ")
    }) と書くと、設定が伝わります`,
  rateChanges: (first, last) =>
    `学習率が学習の途中で ${showNumber(first)} から ${
      showNumber(last)
    } に変わっています。採点側は最初の学習率のまま学習するため、結果が違っても誤りとは言えません`,
  otherOptimizer: (name) =>
    `ノートブックは${
      name === "" ? "、この課題の SGD とは別の更新" : ` ${name} による更新`
    }で学習しています。採点側は SGD で学習するため、結果が違っても誤りとは言えません`,
  otherPixels: (which) => {
    const what = {
      as_they_are:
        "ノートブックは 255 で割っていない画素を学習の関数に渡しています。採点側は 255 で割った画素を渡す",
      divided_twice:
        "ノートブックは 255 で 2 回割った画素で学習しています。採点側は 1 回だけ割った画素で学習する",
      other:
        "ノートブックは、画素を 255 で割るのとは別の前処理をした画像で学習しています。採点側は 255 で割った画素で学習する",
    };
    return `${what[which]}ため、結果が違っても誤りとは言えません`;
  },
  longPath: (most) => `パスが ${most} 文字を超えています`,
  controlCharacters: () => "パスに制御文字が含まれています",
  backslash: () => "パスに \\ が含まれています。区切りには / を使ってください",
  absolutePath: () => "絶対パスになっています",
  leadsOut: () => "パスが提出物の外を指しています",
  emptyPart: () => "パスに空の部分があります",
  twice: () => "同じファイルが 2 つあります",
  alsoAs: (others) => `区別できない名前のファイルがほかにもあります（${others.join("、")}）`,
  fileAndFolder: (inside) => `ファイルとフォルダーの両方になっています（${inside}）`,
  insideFile: (file) => `${file} はファイルなので、その中にファイルは置けません`,
  symbolicLink: () => "シンボリックリンクです。ファイルそのものを提出してください",
  neitherFileNorFolder: () => "ファイルでもフォルダーでもありません",
  tooDeep: (most) => `フォルダーの階層が ${most} を超えています`,
  tooManyEntries: (most) => `ファイルとフォルダーは合わせて ${most} 個までで、それを超えています`,
  systemRefuses: (code) => `読み取れません（${code}）`,
  replaced: () => "読み取っている間に別のものに置き換わりました",
  tooLarge: (most, found) => `大きさは ${most} バイトまでですが、${found} バイトあります`,
  noRoom: (most) => `提出物の大きさは全部で ${most} バイトまでで、それを超えています`,
  notText: () => "UTF-8 のテキストではありません",

  zipNoEnd: () => `${ZIP}ZIP 形式ではないか、途中で切れています`,
  zipSplit: () => `${ZIP}4 GiB 未満の 1 つのファイルでなければなりません`,
  zipEntries: (most, found) => `${ZIP}ファイルとフォルダーは ${most} 個までですが、${found} 個あります`,
  zipDirectory: () => `${ZIP}目録がファイルの範囲を外れています`,
  zipListing: () => `${ZIP}目録が壊れています`,
  encrypted: () => "暗号化されています",
  otherCompression: () => "対応していない圧縮方式です（無圧縮か Deflate にしてください）",
  ratio: (most, { size, packed }) =>
    `展開後の大きさは圧縮時の ${most} 倍までですが、${packed} バイトが ${size} バイトになります`,
  misplaced: () => "ZIP の目録が示す場所にありません",
  sharesBytes: () => "ほかのファイルとデータの範囲が重なっています",
  damaged: () => "壊れています。ZIP の目録と内容が合いません",

  csvEmpty: () => "空です。見出し行が必要です",
  csvNotText: () => "文字コードが UTF-8、UTF-16、Shift_JIS のどれでもありません",
  csvColumns: (most, found) => `列は ${most} 個までですが、${found} 個あります`,
  csvRows: (most) => `行は ${most} 行までですが、それを超えています`,
  csvCells: (line, expected, found) =>
    `${line} 行目のセルは見出しと同じ ${expected} 個でなければなりませんが、${found} 個です`,
  csvLongRow: (line, most) => `${line} 行目が ${most} 文字を超えています`,
  csvQuotes: (line) =>
    `${line} 行目の引用符の使い方が正しくありません。セルを引用符で囲むなら全体を囲んでください`,
  npy: npyProblemInJapanese,

  yaml: ({ ja }) => ja ?? "YAML として読み取れません。字下げ、引用符、コロンの後の空白を確かめてください",
  notMapping: (_, found) => `「キー: 値」を並べた形でなければなりませんが、${foundJa(found)}です`,
  unknownKey: (allowed, meant) =>
    `このキーは使えません。使えるキー：${allowed.join("、")}${didYouMean(meant)}`,
  valueMissing: (schema) => `書かれていません。必要な値：${allowedJa(schema)}`,
  valueWrong: (schema, { found, meant }) =>
    `${allowedJa(schema)}でなければなりませんが、${foundJa(found)}です${didYouMean(meant)}`,
  activations: (layers, found) =>
    `1 つ、または隠れ層と同じ ${layers} 個でなければなりませんが、${found} 個です`,

  sumOfProblems: (sum, found) => `問題の配点の合計 ${sum} でなければなりませんが、${found} です`,
  sumOfChecks: (track, sum, found) =>
    `track ${track} の項目の点の合計 ${sum} でなければなりませんが、${found} です`,
  belowPoints: (points, found) => `points の ${points} 以上でなければなりませんが、${found} です`,
  capAlone: () => "正解率がいくつを下回ると適用するのかを、`learned` に書いてください",
  capTooHigh: (most, found) => `得られる最高点 ${most} 以下でなければなりませんが、${found} です`,
  problemTwice: (name) => `問題の名前は互いに違っていなければなりませんが、${name} はほかにもあります`,
  checkTwice: (track, name) =>
    `track ${track} には ${name} という名前の項目がほかにもあります。\`name:\` で別の名前を付けてください`,
  noRange: (min, found) => `min の ${min} 以上でないと使える値がなくなりますが、${found} です`,

  checkAlone: () => "どの問題の項目かを `problem` に書いてください",
  pointsTooMany: (most, found) => `${most} 以下でなければなりませんが、${found} です`,
  unknownProblem: (found, allowed, meant) =>
    `採点基準に ${found} という問題はありません${didYouMean(meant) || `。使える名前：${allowed.join("、")}`}`,
  unknownCheck: ({ problem, found }, allowed, meant) =>
    `問題 ${problem} に ${found} という項目はありません${
      didYouMean(meant) || `。使える名前：${allowed.join("、")}`
    }`,

  rosterColumns: (found) =>
    `学生の ID の列 (student または 学籍番号) が必要ですが、${
      found ? `見つかった列は ${found} です` : "列がひとつもありません"
    }`,

  rosterNameless: (line) => `${line} 行目には学生の ID がないため、数えていません`,
  rosterTwice: (line, student, first) =>
    `${line} 行目の ${student} は ${first} 行目にもあるため、${first} 行目だけを使います`,

  tookLonger: (seconds) => `${seconds} 秒以内に終わりませんでした`,
  noTimeLeft: (seconds) => `すべての呼び出しの合計が ${seconds} 秒を超えたため、実行していません`,
  tooMuchMemory: () => "使えるメモリの上限を超えました",
  printed: (most) => `出力が ${most} バイトを超えました`,
  killed: (signal) => `異常終了しました（${signal}）`,
  endedItself: (code, call) =>
    `プログラムが自分で終了しました（終了コード ${code}）。${call} を呼んでいるか、解決されない Promise を待っています`,
  ended: () => "終了させられました",
  noReply: () => "正しい形の応答がありませんでした",
  notAsked: () => "求めていない応答がありました",
  longSource: (most, found) => `src/mod.ts は ${most} バイトまでですが、${found} バイトあります`,

  threw: (place, words) => `${place === null ? "" : `${place} で`}エラーが発生しました「${words}」`,
  threwValue: (value) => `エラーとして「${value}」が投げられました`,
  threwUnreadable: () => "読み取れない値がエラーとして投げられました",

  nestsTooDeep: (path) => `${path} の入れ子が深すぎます`,
  tooManyParts: (path) => `${path} の要素が多すぎます`,
  longString: (path) => `${path} の文字列が長すぎます`,
  notData: (path, found) =>
    `${path} は数、配列、単純なオブジェクトだけでできていなければなりませんが、${found} が含まれています`,
  manyNames: (path, most) => `${path} の名前は ${most} 個までですが、それを超えています`,
  longName: (path) => `${path} に長すぎる名前があります`,
  manyDimensions: (path, most) => `${path} の次元は ${most} までですが、それを超えています`,
  unequalRows: (path, expected, found) =>
    `${path} の行はすべて同じ長さ（${expected}）でなければなりませんが、${
      typeof found === "number" ? `長さ ${found} の行` : kindJa(found)
    }が含まれています`,
  notNumbers: (path, found) => `${path} の要素は数でなければなりませんが、${kindJa(found)}が含まれています`,
  longArray: (path, most) => `${path} の数は ${most} 個までですが、配列がそれより長くなっています`,
  manyNumbers: (path, most) => `${path} の数は ${most} 個までですが、それを超えています`,

  noImages: (dataset) => `${DATASETS[dataset] ?? dataset} の画像が採点した環境にありません`,
  ownRunDiverges: (epoch) =>
    `同じ設定での採点側の学習がエポック ${epoch} で発散するため、比べる基準がありません`,
  ownRunImpossible: () => "同じ設定での採点側の学習を、採点した環境で実行できませんでした",
  tooCostly: (cost, most) =>
    `manifest.yaml の設定では 1 エポックだけでこの授業の標準的な学習の ${cost} 倍の計算が必要で、採点基準の reference.max_cost（${most}）を超えます`,
  bandShortened: (compared, epochs) =>
    `採点基準の reference.max_cost の範囲では ${epochs} エポックのうち ${compared} エポックまでしか学習できず、最後の損失については何も言えません`,
  runsDiverged: (diverged, runs) => `この設定での採点側の学習 ${runs} 回のうち ${diverged} 回が発散しました`,
  graderFailed: (words) => `採点プログラム自体のエラーです。担当者に知らせてください（「${words}」）`,
};

const DATASETS: Readonly<Record<string, string>> = { mnist: "MNIST", strokes: "手書き風の数字" };

/** What a value must be, in words that 「でなければなりません」 follows. */
function allowedJa(schema: JsonSchema): string {
  if (typeof schema.ja === "string" && typeof schema.patternErrorMessage === "string") return schema.ja;
  if (schema.const !== undefined) return `${schema.const} `;
  if (schema.enum !== undefined) return `${schema.enum.join("、")} のどれか`;
  switch (schema.type) {
    case "integer":
      return `${rangeInJapanese(schema)}整数`;
    case "number":
      return `${rangeInJapanese(schema)}数`;
    case "boolean":
      return "true か false";
    case "string":
      return "文字列";
    case "array": {
      const { items, maxItems } = schema;
      const each = typeof items === "object" && !Array.isArray(items) ? `${allowedJa(items)}の` : "";
      return `${each.trim()}リスト${maxItems === undefined ? "" : `（${maxItems} 個まで）`}`;
    }
    case "object":
      return `キー（${keysOf(schema).join("、")}）と値を並べたもの`;
  }
  return [...new Set(choicesOf(schema).map(allowedJa))].join("、または");
}

/** What stands in the place of a value. */
function foundJa(value: unknown): string {
  if (value === null || value === undefined) return "値なし";
  if (value === "") return "空の文字列";
  if (typeof value === "string") return `文字列「${shorten(value)}」`;
  if (Array.isArray(value)) {
    return value.length === 0 ? "空のリスト" : `リスト「${shorten(showValue(value))}」`;
  }
  return typeof value === "object" ? `「${shorten(showValue(value))}」` : `${value} `;
}

const NO_NOTEBOOK_JA: Readonly<Record<NoNotebook, string>> = {
  empty: "ファイルが空です",
  encoding: "UTF-8 のテキストではありません",
  json: "Jupyter が保存する JSON ではないか、途中で切れています",
  cells: "JSON ですが、Jupyter のノートブックにあるセルの一覧がありません",
};

function didYouMean(meant: string | null): string {
  return meant === null ? "" : `（\`${meant}\` の間違いではありませんか）`;
}

function kindJa(kind: ValueKind): string {
  return { array: "配列", object: "オブジェクト", string: "文字列" }[kind as string] ??
    `${kind} `;
}
