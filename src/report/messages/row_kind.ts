import type { RowKind } from "../../data/catalogue.ts";
import type { Language } from "../../text/language.ts";

type Words = readonly (readonly [RegExp, string])[];

const GUESS = {
  en: [
    /stays at ln 10 = 2\.30, that of a guess among ten classes/g,
    "stays near that of a guess, ln 2 = 0.69 with two classes",
  ],
  ja: [
    /損失は ln 10 = 2\.30（10 クラスを当てずっぽうに選んだときの値）/g,
    "損失は当てずっぽうの値（2 クラスなら ln 2 = 0.69）の近く",
  ],
} as const;

/** The same text of other rows than images, longest words first. Articles fit: an image, a point, a row. */
const WORDS: Readonly<Record<Exclude<RowKind, "images">, Readonly<Record<Language, Words>>>> = {
  points: {
    en: [
      [/(\d) points apart/g, "$1 percentage points apart"],
      [/preprocess\.limit(?=, preprocess\.validation)/g, "dataset.points.count"],
      [/\b([Aa])n image\b/g, "$1 point"],
      [/\bimage(s?)\b/g, "point$1"],
      [/\bImage(s?)\b/g, "Point$1"],
      GUESS.en,
    ],
    ja: [
      [/preprocess\.limit(?=、preprocess\.validation)/g, "dataset.points.count"],
      GUESS.ja,
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
      GUESS.en,
    ],
    ja: [
      GUESS.ja,
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
