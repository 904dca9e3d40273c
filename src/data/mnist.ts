import type { DownloadedSource, NamedDataset } from "./named_dataset.ts";

const LENET =
  "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, Proc. IEEE 86 (1998)";

/** Units of the layers of a network on MNIST, as its report calls it. */
function layers(hidden: string) {
  return { en: `784-${hidden}-10`, ja: `784-${hidden}-10` };
}

/** Handwritten digits of LeCun, Cortes and Burges (1998). */
export const mnist: NamedDataset & { readonly source: DownloadedSource } = {
  title: { en: "MNIST", ja: "MNIST" },
  description: {
    en: "60,000 + 10,000 handwritten digits, downloaded once.",
    ja: "手書き数字 60,000 枚（訓練）と 10,000 枚（テスト）です。最初に 1 度だけダウンロードします。",
  },
  source: {
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    files: {
      train_images: {
        name: "train-images-idx3-ubyte.gz",
        bytes: 47_040_016,
        sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        count: 60_000,
      },
      train_labels: {
        name: "train-labels-idx1-ubyte.gz",
        bytes: 60_008,
        sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        count: 60_000,
      },
      test_images: {
        name: "t10k-images-idx3-ubyte.gz",
        bytes: 7_840_016,
        sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        count: 10_000,
      },
      test_labels: {
        name: "t10k-labels-idx1-ubyte.gz",
        bytes: 10_008,
        sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        count: 10_000,
      },
    },
  },
  counts: { train: 60_000, test: 10_000 },
  classes: 10,
  features: { rows: 28, columns: 28 },
  // Networks without convolutions or distortions.
  published: {
    source: {
      en: `${LENET}, without distortions.`,
      ja: `${LENET}。画像を変形して増やさない場合の値です。`,
    },
    results: [
      { network: { en: "linear classifier", ja: "線形分類器" }, error: 0.12 },
      { network: layers("300"), error: 0.047 },
      { network: layers("1000"), error: 0.045 },
      { network: layers("300-100"), error: 0.0305 },
      { network: layers("500-150"), error: 0.0295 },
    ],
  },
};
