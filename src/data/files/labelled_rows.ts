import type { Texts } from "../../text/language.ts";
import { buildDataset, type Dataset, type RealRows } from "../dataset.ts";
import type { ImageSize } from "../image_size.ts";
import { splitTrainValidation } from "../split.ts";
import { DataFileError } from "../data_file_error.ts";

/** The most classes of a data set that somebody brings as a table, arrays or pictures: a confusion matrix of more cannot be read. */
export const MAX_CLASSES = 100;
/** The most inputs of a row, and the most numbers of a data set, which trainings hold in memory. */
export const MAX_INPUTS = 20_000;
const MAX_NUMBERS = 2 ** 28;

/** How rows without a test part of their own are split: see splitRows(). */
export interface TestSplit {
  /** Share of the rows that becomes the test part, above 0 and below 1. */
  readonly share: number;
  /** Of np.random.RandomState. */
  readonly seed: number;
}

/**
 * The share of the rows that becomes the test part where there is no other and nobody says one. A config of an `.npz` file or a folder, which
 * may have a test part of its own, leaves it open, and so do the fingerprints of these: another value here needs another version of the step
 * `preprocess`.
 */
export const DEFAULT_TEST_SHARE = 0.2;

/** A data set out of files that somebody brings, with what its classes and inputs are called there. */
export interface FileDataset {
  /** Ready for training. */
  readonly dataset: Dataset;
  /** Of each class its name, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Of each input its name; left out where nobody named them. */
  readonly inputNames?: readonly string[];
}

/** Rows of numbers and what each is called. */
export interface NamedRows {
  /** count x features numbers, row by row. */
  readonly numbers: Float32Array | Float64Array | Uint8Array;
  /** Of each row the name of its class, and where it is said, as `line 3`. */
  readonly labels: readonly string[];
  /** Where a row stands in its file, as `line 3`. */
  place(row: number): Texts;
}

/**
 * The data set of rows and the names of their classes: the names of the training part in order, whole numbers by size and any others by
 * their characters' codes. With `image` the numbers are pixels, which must be whole numbers from 0 to 255, otherwise real numbers.
 * Throws a DataFileError that says which row is wrong.
 */
export function namedDataset(
  { train, test }: { train: NamedRows; test: NamedRows },
  { features, image, inputNames }: {
    features: number;
    image?: ImageSize | undefined;
    inputNames?: readonly string[] | undefined;
  },
): FileDataset {
  checkSize(train.labels.length + test.labels.length, features);
  const classNames = orderNames(train.labels);
  const numberOf = new Map(classNames.map((name, i) => [name, i]));
  const encode = (rows: NamedRows) =>
    Uint8Array.from(rows.labels, (name, row) => {
      const label = numberOf.get(name);
      if (label !== undefined) return label;
      const [found, place] = [JSON.stringify(name), rows.place(row)];
      throw new DataFileError("dataset", {
        en: `every label of the test part must occur in the training part, ` +
          `found ${found} in the test part alone (${place.en})`,
        ja:
          `テストデータのラベルはすべて訓練データにもなければなりませんが、${found} はテストデータにしかありません（${place.ja}）`,
      });
    });
  const labels = { train: encode(train), test: encode(test) };
  if (image !== undefined) {
    const size = image.rows * image.columns;
    if (size !== features) {
      throw new DataFileError("dataset", {
        en:
          `images of ${image.rows}x${image.columns} must have ${size} pixels, found ${features} numbers a row`,
        ja: `${image.rows}x${image.columns} の画像は ${size} 画素ですが、1 行に ${features} 個の数があります`,
      });
    }
    const part = (rows: NamedRows, labels: Uint8Array) => ({
      images: { count: labels.length, ...image, pixels: toPixels(rows, features) },
      labels,
    });
    return {
      dataset: buildDataset({ train: part(train, labels.train), test: part(test, labels.test) }),
      classNames,
    };
  }
  const part = (rows: NamedRows, labels: Uint8Array): RealRows => ({
    storage: "real",
    count: labels.length,
    labels,
    numbers: toNumbers(rows, features),
  });
  const dataset: Dataset = {
    features,
    classes: classNames.length,
    rows: 1,
    columns: features,
    train: part(train, labels.train),
    test: part(test, labels.test),
  };
  return { dataset, classNames, ...(inputNames === undefined ? {} : { inputNames }) };
}

/**
 * Splits rows as scikit-learn's `train_test_split(X, y, test_size=share, random_state=seed)` does: of `RandomState(seed).permutation(count)`
 * the first ceil(share * count) are the test part, the others the training part, both in the permutation's order.
 */
export function splitRows(
  rows: NamedRows,
  { features, share, seed }: TestSplit & { features: number },
): { train: NamedRows; test: NamedRows } {
  const { length: count } = rows.labels;
  if (Math.ceil(share * count) >= count) {
    throw new DataFileError("dataset", {
      en: `test must leave rows to train on, found ${share} of ${count} rows`,
      ja: `test が ${share} では、${count} 行のうち訓練に使う行が残りません`,
    });
  }
  const { train, validation: test } = splitTrainValidation({ count, validation: share, seed });
  return { train: takeRows(rows, train, features), test: takeRows(rows, test, features) };
}

/** Names without repeats: whole numbers by size where all are such, otherwise by the codes of their characters. */
function orderNames(labels: readonly string[]): string[] {
  const names = [...new Set(labels)];
  const whole = names.every((name) => /^-?\d{1,15}$/.test(name));
  names.sort(whole ? (a, b) => Number(a) - Number(b) : compareCodePoints);
  if (names.length < 2 || names.length > MAX_CLASSES) {
    const found = names.slice(0, 3).map((name) => JSON.stringify(name)).join(", ");
    const some = `${found}${names.length > 3 ? ", ..." : ""}`;
    throw new DataFileError("dataset", {
      en: `there must be 2 to ${MAX_CLASSES} classes, found ${names.length} (${some})`,
      ja: `クラスは 2〜${MAX_CLASSES} 個でなければなりませんが、${names.length} 個あります（${some}）`,
    });
  }
  return names;
}

/** Texts by the codes of their characters, which no language and no system changes. */
export function compareCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i].codePointAt(0) ?? 0) - (right[i].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Throws a DataFileError where rows are none, or too many for the memory that trainings share. */
export function checkSize(count: number, features: number): void {
  if (features < 1 || features > MAX_INPUTS) {
    throw new DataFileError("dataset", {
      en: `a row must have 1 to ${MAX_INPUTS} inputs, found ${features}`,
      ja: `1 行の入力は 1〜${MAX_INPUTS} 個でなければなりませんが、${features} 個です`,
    });
  }
  if (count < 2) {
    throw new DataFileError("dataset", {
      en: `there must be 2 rows or more, found ${count}`,
      ja: `行は 2 つ以上必要ですが、${count} つです`,
    });
  }
  if (count * features > MAX_NUMBERS) {
    throw new DataFileError("dataset", {
      en: `it must have at most ${MAX_NUMBERS} numbers, found ${count} rows of ${features}`,
      ja: `数は全部で ${MAX_NUMBERS} 個までですが、${features} 個の行が ${count} 行あります`,
    });
  }
}

function takeRows({ numbers, labels, place }: NamedRows, rows: Uint32Array, features: number): NamedRows {
  const taken = numbers.slice(0, rows.length * features);
  rows.forEach((row, i) => taken.set(numbers.subarray(row * features, (row + 1) * features), i * features));
  return {
    numbers: taken,
    labels: Array.from(rows, (row) => labels[row]),
    place: (row) => place(rows[row]),
  };
}

function toPixels({ numbers, place }: NamedRows, features: number): Uint8Array {
  if (numbers instanceof Uint8Array) return numbers;
  const wrong = numbers.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value <= 255));
  if (wrong >= 0) {
    const [{ en, ja }, pixel] = [place(Math.floor(wrong / features)), wrong % features];
    throw new DataFileError("dataset", {
      en: `pixels must be whole numbers from 0 to 255, found ${numbers[wrong]} (${en}, pixel ${pixel}); ` +
        "leave image out to take real numbers as they are",
      ja:
        `画素は 0〜255 の整数でなければなりませんが、${numbers[wrong]} があります（${ja}、画素 ${pixel}）。` +
        "実数のまま使うなら、image を書かないでください",
    });
  }
  return Uint8Array.from(numbers);
}

/** In float32, as the network takes them. */
function toNumbers({ numbers, place }: NamedRows, features: number): Float32Array {
  const rounded = Float32Array.from(numbers);
  const wrong = rounded.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const [{ en, ja }, input] = [place(Math.floor(wrong / features)), wrong % features];
    throw new DataFileError("dataset", {
      en: `numbers must be finite in float32, found ${numbers[wrong]} (${en}, input ${input})`,
      ja: `数は float32 で有限でなければなりませんが、${numbers[wrong]} があります（${ja}、入力 ${input}）`,
    });
  }
  return rounded;
}
