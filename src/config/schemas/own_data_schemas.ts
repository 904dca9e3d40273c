import { z } from "zod";
import { DEFAULT_TEST_SHARE, MAX_INPUTS } from "../../data/files/labelled_rows.ts";
import { parseImageSize } from "../../data/image_size.ts";
import { described, expecting, refuse } from "../../settings/setting.ts";
import { checkFile, hashSchema, openFileShape } from "./data_file_schema.ts";

const share = z.number().gt(0).lt(1);
const seed = described(z.int().min(0).max(2 ** 32 - 1).optional().meta({ default: 0 }), {
  en: "Seed of np.random.RandomState that splits the rows, whatever a run's seed.",
  ja: "訓練データとテストデータに分ける np.random.RandomState のシードです。訓練のシードにはよりません。",
});
const SPLIT_RULE = {
  en: "as scikit-learn's train_test_split does with this test_size and random_state: seed",
  ja: "scikit-learn の train_test_split（test_size がこの値、random_state が seed）と同じ分け方です",
};

const size = expecting(z.string().regex(/^[1-9]\d{0,3}x[1-9]\d{0,3}$/), {
  en: "HEIGHTxWIDTH in pixels, such as 28x28",
  ja: "28x28 のような「高さx幅」",
}).superRefine((written, context) => {
  const { rows, columns } = parseImageSize(written);
  // What is not of this form is NaN, and told already.
  if (!(rows * columns > MAX_INPUTS)) return;
  refuse(context, [], {
    en: `must have at most ${MAX_INPUTS} pixels, found ${rows * columns}`,
    ja: `画素数は ${MAX_INPUTS} 以下でなければなりません（現在の値：${rows * columns}）`,
  });
});
const image = described(size.optional(), {
  en:
    "Where a row is an image: its height and width, as 28x28. Its numbers must be whole, 0 to 255, row by row. Left out: the " +
    "numbers are taken as they are, and preprocess.scale has no meaning.",
  ja:
    "1 行が 1 枚の画像のときに、高さと幅を 28x28 のように書きます。値は 0〜255 の整数で、画像の行ごとに並べます。省略すると数値を" +
    "そのまま使い、preprocess.scale は意味を持ちません。",
});

const MAX_COLUMN = 30_000;
const column = expecting(z.union([z.string().min(1), z.int().min(-MAX_COLUMN).max(MAX_COLUMN)]), {
  en: "a column's name, or its place from 0, -1 for the last",
  ja: "列の名前か、0 から数えた位置（-1 は最後の列）",
});
const columns = z.array(column).max(1000).optional();

const CSV = { en: "A CSV file", ja: "CSV" };
const testFile = z.strictObject(openFileShape(CSV)).superRefine(checkFile);

export const csvSchema = z
  .strictObject({
    ...openFileShape(CSV),
    label: described(column.optional(), {
      en:
        "The column of the labels: its name, or its place from 0, -1 for the last. Left out: the column `label`, or the first where " +
        "the columns have no names.",
      ja:
        "ラベルの列です。名前か、0 から数えた位置（-1 は最後の列）で書きます。省略すると `label` という列、列に名前がなければ最初の列です。",
    }),
    image,
    categories: described(columns, {
      en:
        "Columns that are categories though their cells look like numbers. Others of texts are categories anyway.",
      ja: "数値に見えてもカテゴリとして扱う列です。文字の列は、書かなくてもカテゴリになります。",
    }),
    ignore: described(columns, {
      en: "Columns that are left out, such as a row's number.",
      ja: "使わない列です（行の番号など）。",
    }),
    header: described(z.boolean().optional(), {
      en: "Whether the first line has the columns' names. Left out: where none of its cells is a number.",
      ja: "1 行目が列の名前かどうかです。省略すると、1 行目に数値が 1 つもないときに名前とみなします。",
    }),
    test: described(
      z.union([share, testFile]).prefault(DEFAULT_TEST_SHARE),
      {
        en:
          `The rows for the test: a second file, {path: ...}, or which share of the rows, ${SPLIT_RULE.en}.`,
        ja: `テストに使う行です。別のファイルを {path: ...} と書くか、割合を書きます（${SPLIT_RULE.ja}）。`,
      },
    ),
    seed,
  })
  .superRefine((csv, context) => {
    checkFile(csv, context);
    if (typeof csv.test !== "number" && csv.seed !== undefined) refuseSeed(context);
  });

export const npzSchema = z
  .strictObject({
    ...openFileShape({ en: "An .npz file", ja: ".npz" }),
    image,
    test: described(share.optional().meta({ default: DEFAULT_TEST_SHARE }), {
      en: `Which share of X is for the test, ${SPLIT_RULE.en}. Only where the file has no X_test.`,
      ja: `X のうちテストに使う割合です（${SPLIT_RULE.ja}）。ファイルに X_test がないときだけ書きます。`,
    }),
    seed,
  })
  .superRefine(checkFile);

export const folderSchema = z.strictObject({
  path: described(z.string().min(1), {
    en:
      "The folder: CLASS/NAME.png, or train/CLASS/NAME.png and test/CLASS/NAME.png. Colours of 8 bits become grey as Pillow's convert('L') " +
      "does it.",
    ja:
      "フォルダです。「クラス/名前.png」、または「train/クラス/名前.png」と「test/クラス/名前.png」の形にします。8 ビットのカラー画像は Pillow の" +
      " convert('L') と同じ式で濃淡にします。",
  }),
  sha256: described(
    hashSchema.optional(),
    {
      en:
        "SHA-256 of the folder's pictures as a sweep records it. Left out: a sweep takes the folder as it is.",
      ja:
        "スイープが記録した、フォルダの画像全体の SHA-256 です。省略すると、いまのフォルダの中身を使います。",
    },
  ),
  size: described(size.optional(), {
    en:
      "The height and width that pictures are brought to, as 28x28: each pixel the mean of its area, halves rounded up. Left out: all " +
      "have one size.",
    ja:
      "画像をそろえる高さと幅を 28x28 のように書きます。各画素は、対応する範囲の平均です（端数は四捨五入）。省略すると、すべて同じ大きさで" +
      "なければなりません。",
  }),
  invert: described(z.boolean().optional(), {
    en:
      "Whether the pictures are dark on light, as ink on paper: each grey becomes 255 minus it, as in MNIST.",
    ja:
      "紙に書いた文字のように、明るい地に暗く描いた画像かどうかです。true なら MNIST と同じく明暗を反転します（255 から引きます）。",
  }),
  test: described(share.optional().meta({ default: DEFAULT_TEST_SHARE }), {
    en: `Which share of the pictures is for the test, ${SPLIT_RULE.en}. Only where there is no folder test.`,
    ja: `画像のうちテストに使う割合です（${SPLIT_RULE.ja}）。test フォルダがないときだけ書きます。`,
  }),
  seed,
});

function refuseSeed(context: z.core.$RefinementCtx): void {
  refuse(context, ["seed"], {
    en: "has no meaning where test is a file; remove it",
    ja: "test が別のファイルのときは意味がありません。取り除いてください",
  });
}
