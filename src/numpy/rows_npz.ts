import { judgementArrays, type Judgements, takeJudgements } from "./judgements.ts";
import { readNpz, writeNpz } from "./npz.ts";
import { takeArray as take } from "./take_array.ts";

/** A close look at one run whose rows are numbers that nobody can draw: test rows, and what its network says of them. `inspection.npz`. */
export interface JudgedRows extends Judgements {
  /** f32[count][features]: the rows as in the data set. */
  readonly numbers: Float32Array;
  readonly features: number;
}

export function writeJudgedRows(rows: JudgedRows): Uint8Array<ArrayBuffer> {
  const { indices, numbers, features } = rows;
  return writeNpz({
    ...judgementArrays(rows),
    row: { shape: [indices.length, features], data: numbers },
  }, { deflate: ["row", "probability"] });
}

/** @throws SyntaxError where an array is missing or not of the type and shape that writeJudgedRows() gives it */
export function readJudgedRows(npz: Uint8Array): JudgedRows {
  const arrays = readNpz(npz);
  const { shape: [count, features], data: numbers } = take(arrays, "row", Float32Array, ["rows", "features"]);
  return { ...takeJudgements(arrays, count), numbers, features };
}
