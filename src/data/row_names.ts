import type { Texts } from "../text/language.ts";
import type { RowKind } from "./catalogue.ts";

/** What the rows of a data set are called, and how Japanese counts them. */
export const ROW_NAMES: Readonly<Record<RowKind, Texts & { readonly counter: string }>> = {
  images: { en: "images", ja: "画像", counter: "枚" },
  points: { en: "points", ja: "点", counter: "個" },
  rows: { en: "rows", ja: "データ", counter: "件" },
};
