import { z } from "zod";
import { type DatasetName, DATASETS } from "../../data/catalogue.ts";
import type { Points } from "../../data/points/points.ts";
import { pointsSchema } from "./points_schema.ts";
import { described, expecting, type Language, refuse } from "../../settings/setting.ts";

/** A data file on this machine or on the web, with the hash of what it must hold. */
export type DataFile = { path: string; sha256: string } | { url: string; sha256: string };

const dataFileSchema = z
  .strictObject({
    path: described(z.string().min(1).optional(), {
      en: "An IDX file on this machine, plain or gzipped. Give either path or url.",
      ja: "手元の IDX ファイルです。gzip で圧縮したものでもかまいません。path か url のどちらかを書きます。",
    }),
    url: described(
      expecting(z.string().regex(/^https?:\/\/\S+$/), {
        en: "an address that begins with https:// or http://",
        ja: "https:// か http:// で始まる URL",
      }).optional(),
      {
        en: "Where to download an IDX file, plain or gzipped. Give either path or url.",
        ja:
          "IDX ファイルをダウンロードする URL です。gzip で圧縮したものでもかまいません。path か url のどちらかを書きます。",
      },
    ),
    sha256: described(
      expecting(z.string().regex(/^[0-9a-fA-F]{64}$/), {
        en: "64 hexadecimal digits",
        ja: "64 桁の 16 進数",
      }),
      {
        en: "SHA-256 of the uncompressed file: `gzip -dc FILE | sha256sum`.",
        ja: "圧縮していないファイルの SHA-256 です。`gzip -dc FILE | sha256sum` で求められます。",
      },
    ),
  })
  .transform(({ path, url, sha256: digits }, context): DataFile => {
    const sha256 = digits.toLowerCase();
    if (path !== undefined && url === undefined) return { path, sha256 };
    if (url !== undefined && path === undefined) return { url, sha256 };
    refuse(context, [], {
      en: `must have either a path or a url, found ${path === undefined ? "neither" : "both"}`,
      ja: `path か url のどちらか一方を書いてください（${
        path === undefined ? "どちらもありません" : "両方あります"
      }）`,
    });
    return z.NEVER;
  });

const idxSchema = z.strictObject({
  train_images: described(dataFileSchema, {
    en: "Training images, (n, rows, columns) unsigned bytes.",
    ja: "訓練画像です。形は (n, 行数, 列数)、型は符号なし 8 ビット整数です。",
  }),
  train_labels: described(dataFileSchema, {
    en:
      "Training labels, (n) unsigned bytes: whole numbers from 0, the largest of which says how many classes there are.",
    ja:
      "訓練画像のラベルです。形は (n)、値は 0 から始まる符号なし 8 ビット整数で、いちばん大きい値がクラスの数を決めます。",
  }),
  test_images: described(dataFileSchema, {
    en: "Test images, (n, rows, columns) unsigned bytes.",
    ja: "テスト画像です。形は (n, 行数, 列数)、型は符号なし 8 ビット整数です。",
  }),
  test_labels: described(dataFileSchema, {
    en: "Test labels, (n) unsigned bytes, none larger than the largest training label.",
    ja:
      "テスト画像のラベルです。形は (n)、値は符号なし 8 ビット整数で、訓練画像のいちばん大きいラベルを超えません。",
  }),
});

/** What a config's key `dataset` is resolved to. */
export type DatasetChoice = z.infer<typeof datasetSchema>;

/** Whether its rows are points in a plane, and no images. */
export function isPoints(dataset: DatasetChoice): dataset is { points: Points } {
  // A rule may be asked before the data set is known to be right.
  return typeof dataset === "object" && dataset !== null && "points" in dataset;
}

const names = Object.keys(DATASETS) as DatasetName[];
const about = (language: Language) => names.map((name) => `${name}: ${DATASETS[name].description[language]}`);

export const datasetSchema = described(
  z.union([
    z.enum(names),
    z.strictObject({
      idx: described(idxSchema, {
        en: "Four files in MNIST's IDX format.",
        ja: "MNIST と同じ IDX 形式の 4 つのファイルです。",
      }),
    }),
    z.strictObject({
      points: described(pointsSchema, {
        en: "Points in a plane, of two classes or more, in place of images.",
        ja: "画像の代わりに使う、平面上の点です。",
      }),
    }),
  ]),
  {
    en: `${
      about("en").join(" ")
    } Or {idx: ...}: your own files in MNIST's format. Or {points: {shape: spirals}}: points in a plane.`,
    ja: `${
      about("ja").join("")
    }{idx: ...}: MNIST と同じ形式の自分のファイルです。{points: {shape: spirals}}: 平面上の点です。`,
  },
);
