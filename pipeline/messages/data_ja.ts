import type { dataEn } from "./data_en.ts";

export const dataJa: typeof dataEn = {
  noFile: (nearest) =>
    `ファイルがありません${nearest === null ? "" : `（いちばん近い名前は ${nearest} です）`}`,
  noFolder: "フォルダがありません",
  noAddress: "アドレスは https:// か http:// で始めてください",
  notAFile: "ファイルではありません",
  notAFolder: "フォルダではありません",
  denied: "読む権限がありません",
  link: (path) => `リンク ${path} は使えません。リンク先をコピーして置いてください`,
  deepFolder: (path) => `画像は クラス/名前.png に置かなければなりませんが、フォルダ ${path} があります`,
  noPicture: (path) => `PNG 画像だけを置かなければなりませんが、${path} があります`,
  manyPictures: (files, bytes) => `画像は ${files} 枚、${bytes} バイトまでですが、それを超えています`,
  noPictures: "クラス/名前.png という形の画像がひとつもありません",
  noArray: ({ path, name, found }) =>
    `${path} には符号なし 1 バイト整数の ${name}（形は (n, rows, columns) か (n)）が必要ですが、${found} です`,
  otherContent: (sha256, found) => `内容の SHA-256 は ${sha256} でなければなりませんが、${found} です`,
  otherPacked: (md5, found) =>
    `ダウンロードしたままのファイルの MD5 は ${md5} でなければなりませんが、${found} です`,
  html: "データファイルではなく HTML のページです",
  longContent: (most) => `内容は ${most} バイトまでですが、それを超えています`,
  gzip: "gzip のデータが途中で切れているか、壊れています",
  noZip: "ZIP ファイルではありません",
  cutZip: "ZIP ファイルが途中で切れています",
  noMember: (path) => `ZIP ファイルの中に ${path} がありません`,
  memberForm: (path) => `ZIP ファイルの中の ${path} は、無圧縮か deflate でなければなりません`,

  noHost: "ホストが見つからないか、ネットワークに接続していません",
  refused: "接続を拒否されました",
  unreachable: "ネットワークに到達できません",
  certificate: "TLS 証明書を信頼できません",
  noTls: "TLS（https）に対応していません",
  port: "HTTP では使えないポートです",
  closed: "接続が閉じられました",
  notPermitted: "プログラムに接続の許可がありません",
  tried: (reason, times) => `${reason}（${times} 回試しました）`,
  stalled: (seconds) => `${seconds} 秒間、データが届きませんでした`,
  lost: (size, total) => `${amount(size, total)}で接続が切れました`,
  ended: (size, total) => `${amount(size, total)}でサーバーが送信を終えました`,
  slow: (bytes) =>
    `届くのが 1 秒に ${bytes} バイト未満です。届いた分は残っており、同じコマンドで続きから再開します`,
  redirectsAway: "http でも https でもないアドレスに転送されます",
  redirectsInCircle: "転送が循環しています",
  manyRedirects: (most) => `転送が ${most} 回を超えました`,
  longTransfer: (most, found) =>
    `${most} バイトまでのはずですが、${found === null ? "それを超えています" : `${found} バイトあります`}`,
  notResumed: "サーバーが転送を続きから再開できませんでした",

  cannotRead: ({ name, path, reason, folder }) =>
    `${name} の ${path} を読めません。${reason}。相対パスは設定ファイルのフォルダ ${folder} から始まります`,
  cannotGetOwn: (names) => `データセット${names === null ? "" : `の ${names.join("、")} `}を用意できません。`,
  cannotGetNamed: ({ title, names, mirror }) =>
    `${mirror === undefined ? "" : `--mirror ${mirror} から `}${title}${
      names === null ? " " : ` の ${names.join("、")} `
    }を${mirror === undefined ? "ダウンロード" : "取得"}できません。`,
  pathsAndHash: (folder) =>
    "手元にあるファイルは {path: ..., sha256: ...} と書けます。" +
    `相対パスは設定ファイルのフォルダ ${folder} から始まります。`,
  paths: (folder) => `相対パスは設定ファイルのフォルダ ${folder} から始まります。`,
  passMirror: (names) =>
    `ファイルが手元にあれば、そのフォルダを --mirror DIR で指定してください。必要なのは ${
      names.join("、")
    }（gzip のままでも展開後でもよい）、または Keras の mnist.npz です。`,
  mirrorHolds: (names) =>
    `--mirror には、${names.join("、")} のあるフォルダかアドレスを指定してください。` +
    "フォルダなら、gzip を展開したものや Keras の mnist.npz でもかまいません。",
  passPacked: (names) =>
    `torchvision でダウンロードしたファイルがあれば、そのフォルダを --mirror DIR で指定してください。必要なのは、ダウンロードしたままの ${
      names.join("、")
    } です。`,
  noNetwork: "内蔵のデータセットなら、ネットワークもファイルも要りません：--set dataset=strokes",
};

function amount(size: number, total: number | null): string {
  return total === null ? `${size} バイト` : `${total} バイト中 ${size} バイト`;
}
