import { mnist } from "./mnist.ts";
import { countPoints, type Points } from "./points/points.ts";
import type { DrawnSource, NamedDataset } from "./named_dataset.ts";

const strokes: NamedDataset & { readonly source: DrawnSource } = {
  title: { en: "strokes", ja: "strokes" },
  description: {
    en: "6,000 + 1,000 digits drawn by the program, no download.",
    ja: "プログラムが描く数字 6,000 枚（訓練）と 1,000 枚（テスト）。ダウンロードは要りません。",
  },
  source: {
    version: 1,
    generate: async () => (await import("./strokes.ts")).generateStrokes(),
  },
  counts: { train: 6000, test: 1000 },
  classes: 10,
  features: { rows: 28, columns: 28 },
};

/** The data sets that there are, by the names that a config gives them. */
export const DATASETS = { strokes, mnist } as const satisfies Readonly<Record<string, NamedDataset>>;

/** The name of a data set. */
export type DatasetName = keyof typeof DATASETS;

/** Rows of each part of a data set that a config names or describes, where that alone says it. */
export function knownCounts(
  dataset: DatasetName | { readonly points: Points } | { readonly idx: unknown },
): { readonly train: number; readonly test: number } | undefined {
  if (typeof dataset === "string") return DATASETS[dataset].counts;
  return "points" in dataset ? countPoints(dataset.points) : undefined;
}
