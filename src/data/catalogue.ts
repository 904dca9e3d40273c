import { type ImageSize, parseImageSize } from "./image_size.ts";
import { mnist } from "./mnist.ts";
import { emnistDigits, emnistLetters, fashionMnist, kmnist } from "./mnist_like.ts";
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
export const DATASETS = {
  strokes,
  mnist,
  fashion_mnist: fashionMnist,
  kmnist,
  emnist_digits: emnistDigits,
  emnist_letters: emnistLetters,
} as const satisfies Readonly<Record<string, NamedDataset>>;

/** The name of a data set. */
export type DatasetName = keyof typeof DATASETS;

/** What the rows of a data set may be: images, points in a plane, or rows of other numbers. */
export const ROW_KINDS = ["images", "points", "rows"] as const;
/** What the rows of a data set are. */
export type RowKind = (typeof ROW_KINDS)[number];

/** What a config's `dataset` alone says of a data set, whose files nobody has read. */
export interface DatasetFacts {
  /** What its rows are. */
  readonly kind: RowKind;
  /** Rows of each part; left out where only the files say it. */
  readonly counts?: { readonly train: number; readonly test: number };
  /** Height and width of its images; left out where only the files say it, or its rows are none. */
  readonly size?: ImageSize;
  /** The points, where its rows are such. */
  readonly points?: Points;
  /** What a config names, where it does. */
  readonly named?: NamedDataset;
}

/** What is known of a data set that a config names or describes. */
export function datasetFacts(
  dataset:
    | DatasetName
    | { readonly points: Points }
    | { readonly csv: { readonly image?: string | undefined } }
    | { readonly npz: { readonly image?: string | undefined } }
    | { readonly folder: { readonly size?: string | undefined } }
    | { readonly idx: unknown },
): DatasetFacts {
  // A rule of a config may ask before the data set is known to be right.
  if (typeof dataset !== "object" || dataset === null) {
    const named: NamedDataset | undefined = DATASETS[dataset];
    if (named === undefined) return { kind: "images" };
    return { kind: "images", counts: named.counts, size: named.features, named };
  }
  if ("points" in dataset) {
    return { kind: "points", counts: countPoints(dataset.points), points: dataset.points };
  }
  const rows = "csv" in dataset ? dataset.csv : "npz" in dataset ? dataset.npz : undefined;
  const size = rows === undefined ? "folder" in dataset ? dataset.folder?.size : undefined : rows?.image;
  const kind = rows === undefined || size !== undefined ? "images" : "rows";
  return typeof size === "string" ? { kind, size: parseImageSize(size) } : { kind };
}
