import type { NpyArray, NpyData } from "../../numpy/npy.ts";
import { readNpz } from "../../numpy/npz.ts";
import type { ImageSize } from "../image_size.ts";
import { DataFileError } from "../data_file_error.ts";
import {
  checkSize,
  type FileDataset,
  namedDataset,
  type NamedRows,
  splitRows,
  type TestSplit,
} from "./labelled_rows.ts";

/** How arrays are read. */
export interface NpzOptions {
  /** Where rows are the pixels of images. */
  readonly image?: ImageSize | undefined;
  /** How arrays without a test part of their own are split. */
  readonly split: TestSplit;
}

/** What the arrays may be called: rows, then labels. Keras's mnist.npz has the second of the parts. */
const WHOLE = [["X", "y"], ["x", "y"]] as const;
const TRAIN = [["X_train", "y_train"], ["x_train", "y_train"]] as const;
const TEST = [["X_test", "y_test"], ["x_test", "y_test"]] as const;
const MAX_BYTES = 2 ** 31;

/**
 * The data set of an .npz: X and y, which are split, or X_train, y_train, X_test and y_test (or x_train, ..., as Keras's mnist.npz has
 * them). X is (n, features) or (n, rows, columns), of any numbers; y is (n) or (n, 1), whole numbers. With `image` X has pixels, otherwise
 * real numbers, which are taken as they are.
 * Throws a DataFileError that says which array is wrong, or an NpyError where it is no .npz.
 */
export function npzDataset(bytes: Uint8Array, options: NpzOptions): FileDataset {
  const arrays = readNpz(bytes, { bytes: MAX_BYTES, checksums: true });
  const named = <Pair extends readonly [string, string]>(pairs: readonly Pair[]) =>
    pairs.find(([x, y]) => arrays[x] !== undefined && arrays[y] !== undefined);
  const [whole, train, test] = [named(WHOLE), named(TRAIN), named(TEST)];
  if (train !== undefined && test !== undefined) {
    const parts = { train: readRows(arrays, train, options), test: readRows(arrays, test, options) };
    if (parts.train.features !== parts.test.features) {
      const [wanted, found] = [parts.train.features, parts.test.features];
      throw new DataFileError("npz", {
        en: `${test[0]} must have rows of ${wanted} numbers as ${train[0]} has, found ${found}`,
        ja: `${test[0]} の 1 行は、${
          train[0]
        } と同じ ${wanted} 個の数でなければなりませんが、${found} 個です`,
      });
    }
    return namedDataset(parts, { features: parts.train.features, image: options.image });
  }
  if (whole === undefined) {
    const found = Object.keys(arrays).join(", ");
    throw new DataFileError("npz", {
      en: "it must have X and y, or X_train, y_train, X_test and y_test (or x_...), found " +
        (found || "no arrays"),
      ja: "X と y、または X_train、y_train、X_test、y_test（x_… も可）が必要ですが、" +
        (found === "" ? "配列がありません" : `あるのは ${found} です`),
    });
  }
  if (test !== undefined) {
    const pairs = [test, TRAIN[TEST.indexOf(test)], whole];
    const [tests, trains, split] = pairs.map((pair) => pair.join(" and "));
    const [ja, trainsJa, splitJa] = pairs.map((pair) => pair.join(" と "));
    throw new DataFileError("npz", {
      en: `it must have ${tests} beside ${trains}, found them beside ${split}, which are split; ` +
        `rename those, or remove ${tests}`,
      ja: `${splitJa} は訓練用とテスト用に分割するため、${ja} は使われません。` +
        `${splitJa} を ${trainsJa} に改名するか、${ja} を取り除いてください`,
    });
  }
  const rows = readRows(arrays, whole, options);
  const { features } = rows;
  return namedDataset(splitRows(rows, { features, ...options.split }), { features, image: options.image });
}

function readRows(
  arrays: Readonly<Record<string, NpyArray>>,
  [nameX, nameY]: readonly [string, string],
  { image }: NpzOptions,
): NamedRows & { readonly features: number } {
  const { [nameX]: { shape, data }, [nameY]: y } = arrays;
  if (shape.length !== 2 && shape.length !== 3) {
    const found = shape.join(", ");
    throw new DataFileError("npz", {
      en: `${nameX} must be of shape (n, features) or (n, rows, columns), found (${found})`,
      ja: `${nameX} の形は (n, features) か (n, rows, columns) でなければなりませんが、(${found}) です`,
    });
  }
  const [count, ...lengths] = shape;
  const features = lengths.reduce((product, length) => product * length, 1);
  const [rows, columns] = lengths;
  if (shape.length === 3 && image === undefined && data instanceof Uint8Array) {
    const found = shape.join(", ");
    throw new DataFileError("npz", {
      en: `${nameX} of bytes in shape (${found}) must be images, found no key image; ` +
        `write image: ${rows}x${columns}`,
      ja:
        `形が (${found}) で 1 バイト整数の ${nameX} は画像として読みます。image: ${rows}x${columns} を書いてください`,
    });
  }
  if (shape.length === 3 && image !== undefined && (image.rows !== rows || image.columns !== columns)) {
    throw new DataFileError("npz", {
      en: `image must be ${rows}x${columns} as ${nameX} is, found ${image.rows}x${image.columns}`,
      ja:
        `image は ${nameX} と同じ ${rows}x${columns} でなければなりません（現在の値：${image.rows}x${image.columns}）`,
    });
  }
  const fits = y.shape[0] === count && y.shape.slice(1).every((length) => length === 1) &&
    y.shape.length <= 2;
  if (!fits) {
    const found = y.shape.join(", ");
    throw new DataFileError("npz", {
      en: `${nameY} must be of shape (${count}), a label for each row of ${nameX}, found (${found})`,
      ja: `${nameY} は ${nameX} の行ごとのラベルで、形は (${count}) でなければなりませんが、(${found}) です`,
    });
  }
  checkSize(Math.max(2, count), features);
  const place = (row: number) => ({ en: `${nameX}[${row}]`, ja: `${nameX}[${row}]` });
  const labels = Array.from<number | bigint, string>(y.data, (value, row) => {
    if (Number.isSafeInteger(Number(value))) return String(Number(value));
    throw new DataFileError("npz", {
      en: `${nameY} must have whole numbers, found ${value} at ${nameY}[${row}]`,
      ja: `${nameY} の値は整数でなければなりませんが、${nameY}[${row}] が ${value} です`,
    });
  });
  return { numbers: toFloats(data), labels, place, features };
}

function toFloats(data: NpyData): NamedRows["numbers"] {
  if (data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array) return data;
  return Float64Array.from<number | bigint>(data, Number);
}
