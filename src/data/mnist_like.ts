import type { DatasetFiles, NamedDataset, PackedFile, PackedSource } from "./named_dataset.ts";

// Mirrors and MD5 are those of torchvision 0.21 (torchvision/datasets/mnist.py); Fashion-MNIST's second mirror is its own repository.

const SIZE = { rows: 28, columns: 28 };

/** Files of MNIST's form; `nameOf` gives the name of a part's file. */
function packedFiles(
  { train, test }: { train: number; test: number },
  nameOf: (part: "train" | "test", kind: "images-idx3" | "labels-idx1") => string,
): DatasetFiles<PackedFile> {
  const images = (part: "train" | "test", count: number) => ({
    name: nameOf(part, "images-idx3"),
    bytes: 16 + SIZE.rows * SIZE.columns * count,
    count,
  });
  const labels = (part: "train" | "test", count: number) => ({
    name: nameOf(part, "labels-idx1"),
    bytes: 8 + count,
    count,
  });
  return {
    train_images: images("train", train),
    train_labels: labels("train", train),
    test_images: images("test", test),
    test_labels: labels("test", test),
  };
}

const COUNTS = { train: 60_000, test: 10_000 };
const mnistFiles = packedFiles(
  COUNTS,
  (part, kind) => `${part === "train" ? "train" : "t10k"}-${kind}-ubyte.gz`,
);

/** Pictures of clothes (Xiao, Rasul and Vollgraf, 2017). */
export const fashionMnist: NamedDataset & { readonly source: PackedSource } = {
  title: { en: "Fashion-MNIST", ja: "Fashion-MNIST" },
  description: {
    en: "60,000 + 10,000 pictures of clothes in 10 classes, downloaded once.",
    ja:
      "衣類の画像 60,000 枚（訓練）と 10,000 枚（テスト）、10 クラスです。最初に 1 度だけダウンロードします。",
  },
  source: {
    mirrors: [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ],
    packed: mnistFiles,
    md5: {
      train_images: "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
      train_labels: "25c81989df183df01b3e8a0aad5dffbe",
      test_images: "bef4ecab320f06d8554ea6380940ec79",
      test_labels: "bb300cfdad3c16e7a12a480ee83cd310",
    },
  },
  counts: COUNTS,
  classes: 10,
  classNames: {
    en: [
      "T-shirt/top",
      "Trouser",
      "Pullover",
      "Dress",
      "Coat",
      "Sandal",
      "Shirt",
      "Sneaker",
      "Bag",
      "Ankle boot",
    ],
    ja: [
      "Tシャツ",
      "ズボン",
      "プルオーバー",
      "ドレス",
      "コート",
      "サンダル",
      "シャツ",
      "スニーカー",
      "バッグ",
      "ブーツ",
    ],
  },
  features: SIZE,
};

const KANA = ["お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"];

/** Cursive hiragana from old books (Clanuwat and others, 2018). */
export const kmnist: NamedDataset & { readonly source: PackedSource } = {
  title: { en: "Kuzushiji-MNIST", ja: "KMNIST（くずし字）" },
  description: {
    en: "60,000 + 10,000 cursive hiragana of old Japanese books in 10 classes, downloaded once.",
    ja:
      "くずし字のひらがな 60,000 枚（訓練）と 10,000 枚（テスト）、10 クラスです。最初に 1 度だけダウンロードします。",
  },
  source: {
    mirrors: [
      "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
      "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    ],
    packed: mnistFiles,
    md5: {
      train_images: "bdb82020997e1d708af4cf47b453dcf7",
      train_labels: "e144d726b3acfaa3e44228e80efcd344",
      test_images: "5c965bf0a639b31b8f53240b1b52f4d7",
      test_labels: "7320c461ea6c1c855c0b718fb2a4b134",
    },
  },
  counts: COUNTS,
  classes: 10,
  classNames: { en: KANA, ja: KANA },
  features: SIZE,
};

/** One of the splits of EMNIST (Cohen, Afshar, Tapson and van Schaik, 2017), whose images lie on their side. */
function emnist(
  split: string,
  about: Omit<NamedDataset, "source" | "features">,
): NamedDataset & { readonly source: PackedSource } {
  return {
    source: {
      mirrors: ["https://biometrics.nist.gov/cs_links/EMNIST/"],
      packed: packedFiles(about.counts, (part, kind) => `gzip/emnist-${split}-${part}-${kind}-ubyte.gz`),
      // Its length is not published: about 536 MiB.
      md5: { archive: "gzip.zip", md5: "58c8d27c78d21e728a6bc7b3cc06412e", bytes: 600_000_000 },
    },
    form: { transposed: true },
    features: SIZE,
    ...about,
  };
}

const DOWNLOAD = {
  en: "downloaded once, about 540 MB",
  ja: "最初に 1 度だけダウンロードします（約 540 MB）",
};

/** EMNIST's digits. */
export const emnistDigits = emnist("digits", {
  title: { en: "EMNIST digits", ja: "EMNIST（数字）" },
  description: {
    en: `240,000 + 40,000 handwritten digits, ${DOWNLOAD.en}.`,
    ja: `手書き数字 240,000 枚（訓練）と 40,000 枚（テスト）です。${DOWNLOAD.ja}。`,
  },
  counts: { train: 240_000, test: 40_000 },
  classes: 10,
});

const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));

/** EMNIST's letters, capital and small in one class. */
export const emnistLetters = emnist("letters", {
  title: { en: "EMNIST letters", ja: "EMNIST（英字）" },
  description: {
    en: `124,800 + 20,800 handwritten letters in 26 classes, capitals among the small ones, ${DOWNLOAD.en}.`,
    ja:
      `手書きの英字 124,800 枚（訓練）と 20,800 枚（テスト）、26 クラスです（大文字と小文字は同じクラス）。${DOWNLOAD.ja}。`,
  },
  counts: { train: 124_800, test: 20_800 },
  classes: 26,
  classNames: { en: LETTERS, ja: LETTERS },
  form: { transposed: true, first_label: 1 },
});
