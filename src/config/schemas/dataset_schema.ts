import { z } from "zod";
import { type DatasetName, DATASETS } from "../../data/catalogue.ts";
import { idxFileSchema } from "./data_file_schema.ts";
import { csvSchema, folderSchema, npzSchema } from "./own_data_schemas.ts";
import { pointsSchema } from "./points_schema.ts";
import { described, type Language } from "../../settings/setting.ts";

const idxSchema = z.strictObject({
  train_images: described(idxFileSchema, {
    en: "Training images, (n, rows, columns) unsigned bytes.",
    ja: "訓練画像です。形は (n, 行数, 列数)、型は符号なし 8 ビット整数です。",
  }),
  train_labels: described(idxFileSchema, {
    en:
      "Training labels, (n) unsigned bytes: whole numbers from 0, the largest of which says how many classes there are.",
    ja:
      "訓練画像のラベルです。形は (n)、値は 0 から始まる符号なし 8 ビット整数で、いちばん大きい値がクラスの数を決めます。",
  }),
  test_images: described(idxFileSchema, {
    en: "Test images, (n, rows, columns) unsigned bytes.",
    ja: "テスト画像です。形は (n, 行数, 列数)、型は符号なし 8 ビット整数です。",
  }),
  test_labels: described(idxFileSchema, {
    en: "Test labels, (n) unsigned bytes, none larger than the largest training label.",
    ja:
      "テスト画像のラベルです。形は (n)、値は符号なし 8 ビット整数で、訓練画像のいちばん大きいラベルを超えません。",
  }),
});

/** What a config's key `dataset` is resolved to. */
export type DatasetChoice = z.infer<typeof datasetSchema>;

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
    z.strictObject({
      csv: described(csvSchema, {
        en: "A table in CSV: a column of labels, and numbers or categories.",
        ja: "CSV の表です。1 つの列がラベル、ほかの列が数値またはカテゴリです。",
      }),
    }),
    z.strictObject({
      npz: described(npzSchema, {
        en: "NumPy's arrays X and y in an .npz, or X_train, y_train, X_test and y_test.",
        ja: "NumPy の .npz に入った配列 X と y（または X_train、y_train、X_test、y_test）です。",
      }),
    }),
    z.strictObject({
      folder: described(folderSchema, {
        en: "A folder of PNG pictures, one folder a class.",
        ja: "クラスごとのフォルダに分けた PNG 画像のフォルダです。",
      }),
    }),
  ]),
  {
    en: `${
      about("en").join(" ")
    } Or {idx: ...}: your own files in MNIST's format. Or {points: {shape: spirals}}: points in a plane. Or {csv: ...}, {npz: ...}, {folder: ...}: a table, arrays or pictures of your own.`,
    ja: `${
      about("ja").join("")
    }{idx: ...}: MNIST と同じ形式の自分のファイルです。{points: {shape: spirals}}: 平面上の点です。{csv: ...}、{npz: ...}、{folder: ...}: 自分の表、配列、画像です。`,
  },
);
