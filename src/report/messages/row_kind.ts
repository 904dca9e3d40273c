import type { RowKind } from "../../data/catalogue.ts";
import type { Language } from "../../text/language.ts";

/** The same text of points, longest words first. Articles fit: an image, a point. */
const WORDS: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/(\d) points apart/g, "$1 percentage points apart"],
    [/preprocess\.limit(?=, preprocess\.validation)/g, "dataset.points.count"],
    [/\b([Aa])n image\b/g, "$1 point"],
    [/\bimage(s?)\b/g, "point$1"],
    [/\bImage(s?)\b/g, "Point$1"],
    [
      /stays at ln 10 = 2\.30, that of a guess among ten classes/g,
      "stays near that of a guess, ln 2 = 0.69 with two classes",
    ],
  ],
  ja: [
    [/preprocess\.limit(?=、preprocess\.validation)/g, "dataset.points.count"],
    [
      /損失は ln 10 = 2\.30（10 クラスを当てずっぽうに選んだときの値）/g,
      "損失は当てずっぽうの値（2 クラスなら ln 2 = 0.69）の近く",
    ],
    [/テスト画像/g, "テストデータ"],
    [/訓練画像/g, "訓練データ"],
    [/画像数/g, "点の数"],
    [/画像/g, "点"],
    [/枚/g, "個"],
  ],
};

/** A text on images, said of these rows. */
export function ofRows(text: string, { kind, language }: { kind: RowKind; language: Language }): string {
  if (kind === "images") return text;
  return WORDS[language].reduce((said, [word, instead]) => said.replaceAll(word, instead), text);
}
