import { encodeIdxImages, encodeIdxLabels } from "../../../src/data/idx.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { NpyError } from "../../../src/numpy/npy_error.ts";
import { readNpz } from "../../../src/numpy/npz.ts";
import { UserError } from "../../system/errors.ts";
import { isMissing } from "../../system/files.ts";
import { readInput } from "../../system/read_input.ts";
import { TransferError, transferError } from "./transfer_error.ts";

/** An array of an .npz as an IDX file: images (n, rows, columns) or labels (n). Null where there is no such file; throws TransferErrors. */
export async function readNpzFile(path: string, name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const array = readNpz(await readInput(path))[name];
    const content = array && toIdx(array);
    if (content) return content;
    const found = describe(array);
    throw transferError("permanent", (t) => t.noArray({ path, name, found }));
  } catch (error) {
    if (error instanceof UserError && isMissing(error.cause)) return null;
    if (!(error instanceof UserError || error instanceof NpyError)) throw error;
    const { message: en, ja = en } = error;
    throw new TransferError("permanent", { en, ja }, { cause: error });
  }
}

function toIdx({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> | null {
  if (!(data instanceof Uint8Array)) return null;
  if (shape.length === 1) return encodeIdxLabels(data);
  const [count, rows, columns] = shape;
  return shape.length === 3 ? encodeIdxImages({ count, rows, columns, pixels: data }) : null;
}

function describe(array: NpyArray | undefined): string {
  return array ? `${array.data.constructor.name} (${array.shape.join(", ")})` : "none";
}
