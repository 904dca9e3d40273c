import type { NpyArray, NpyData } from "../../numpy/npy.ts";
import { readNpz } from "../../numpy/npz.ts";
import {
  checkSize,
  type FileDataset,
  type ImageSize,
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
 * Throws SyntaxError, RangeError or TypeError that says which array is wrong.
 */
export function npzDataset(bytes: Uint8Array, options: NpzOptions): FileDataset {
  const arrays = readNpz(bytes, { bytes: MAX_BYTES });
  const named = (pairs: readonly (readonly [string, string])[]) =>
    pairs.find(([x, y]) => arrays[x] !== undefined && arrays[y] !== undefined);
  const [whole, train, test] = [named(WHOLE), named(TRAIN), named(TEST)];
  if (train !== undefined && test !== undefined) {
    const parts = { train: readRows(arrays, train, options), test: readRows(arrays, test, options) };
    if (parts.train.features !== parts.test.features) {
      throw new TypeError(
        `Cannot read the .npz: ${test[0]} must have rows of ${parts.train.features} numbers as ${
          train[0]
        } has, ` +
          `found ${parts.test.features}`,
      );
    }
    return namedDataset(parts, { features: parts.train.features, image: options.image });
  }
  if (whole === undefined) {
    throw new SyntaxError(
      "Cannot read the .npz: it must have X and y, or X_train, y_train, X_test and y_test (or x_...), found " +
        (Object.keys(arrays).join(", ") || "no arrays"),
    );
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
    throw new TypeError(
      `Cannot read the .npz: ${nameX} must be of shape (n, features) or (n, rows, columns), found (${
        shape.join(", ")
      })`,
    );
  }
  const [count, ...lengths] = shape;
  const features = lengths.reduce((product, length) => product * length, 1);
  const [rows, columns] = lengths;
  if (shape.length === 3 && image === undefined && data instanceof Uint8Array) {
    throw new TypeError(
      `Cannot read the .npz: ${nameX} of bytes in shape (${
        shape.join(", ")
      }) must be images, found no key image; ` +
        `write image: ${rows}x${columns}`,
    );
  }
  if (shape.length === 3 && image !== undefined && (image.rows !== rows || image.columns !== columns)) {
    throw new TypeError(
      `Cannot read the .npz: image must be ${rows}x${columns} as ${nameX} is, found ${image.rows}x${image.columns}`,
    );
  }
  const fits = y.shape[0] === count && y.shape.slice(1).every((length) => length === 1) &&
    y.shape.length <= 2;
  if (!fits) {
    throw new TypeError(
      `Cannot read the .npz: ${nameY} must be of shape (${count}), a label for each row of ${nameX}, ` +
        `found (${y.shape.join(", ")})`,
    );
  }
  checkSize(Math.max(2, count), features);
  const place = (row: number) => `${nameX}[${row}]`;
  const labels = Array.from<number | bigint, string>(y.data, (value, row) => {
    if (Number.isSafeInteger(Number(value))) return String(Number(value));
    throw new TypeError(
      `Cannot read the .npz: ${nameY} must have whole numbers, found ${value} at ${nameY}[${row}]`,
    );
  });
  return { numbers: toFloats(data), labels, place, features };
}

function toFloats(data: NpyData): NamedRows["numbers"] {
  if (data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array) return data;
  return Float64Array.from<number | bigint>(data, Number);
}
