import type { RowKind } from "../../data/catalogue.ts";
import type { Language } from "../../text/language.ts";

type Words = readonly (readonly [RegExp, string])[];

/** The same text of other rows than images, longest words first. Articles fit: an image, a point, a row. */
const WORDS: Readonly<Record<Exclude<RowKind, "images">, Readonly<Record<Language, Words>>>> = {
  points: {
    en: [
      [/(\d) points apart/g, "$1 percentage points apart"],
      [/\b([Aa])n image\b/g, "$1 point"],
      [/\bimage(s?)\b/g, "point$1"],
      [/\bImage(s?)\b/g, "Point$1"],
    ],
    ja: [
      [/テスト画像/g, "テストデータ"],
      [/訓練画像/g, "訓練データ"],
      [/画像数/g, "点の数"],
      [/画像/g, "点"],
      [/枚/g, "個"],
    ],
  },
  rows: {
    en: [
      [/\b([Aa])n image\b/g, "$1 row"],
      [/\bimage(s?)\b/g, "row$1"],
      [/\bImage(s?)\b/g, "Row$1"],
    ],
    ja: [
      [/テスト画像/g, "テストデータ"],
      [/訓練画像/g, "訓練データ"],
      [/画像数/g, "データ数"],
      [/画像/g, "データ"],
      [/枚/g, "件"],
    ],
  },
};

/** A text on images, said of these rows. */
export function ofRows(text: string, { kind, language }: { kind: RowKind; language: Language }): string {
  if (kind === "images") return text;
  return WORDS[kind][language].reduce((said, [word, instead]) => said.replaceAll(word, instead), text);
}
