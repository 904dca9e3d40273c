import type { SubmittedArray, SubmittedArrays } from "../../../src/grade/submission.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { readNpz } from "../../../src/numpy/npz.ts";
import type { SubmissionLimits } from "./limits.ts";

/** NumPy's names of the types, by the typed array that holds them. */
const TYPES: Readonly<Record<string, string>> = {
  Float32Array: "<f4",
  Float64Array: "<f8",
  Int8Array: "|i1",
  Uint8Array: "|u1",
  Int16Array: "<i2",
  Uint16Array: "<u2",
  Int32Array: "<i4",
  Uint32Array: "<u4",
  BigInt64Array: "<i8",
  BigUint64Array: "<u8",
};

/**
 * Reads the arrays of an `.npz`, widened to float64. Pickled objects are refused, never read.
 * @throws SyntaxError that says which array is not as it must be
 */
export function readArrays(bytes: Uint8Array, { npzBytes }: SubmissionLimits): SubmittedArrays {
  const arrays = readNpz(bytes, { bytes: npzBytes });
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, widen(array)]));
}

function widen({ shape, data }: NpyArray): SubmittedArray {
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return {
    shape,
    data: wide ? Float64Array.from(data, Number) : new Float64Array(data),
    dtype: TYPES[data[Symbol.toStringTag]],
  };
}
