import { DIGIT_SIDE } from "../../data/drawing.ts";
import { readNpz, writeNpz } from "../../numpy/npz.ts";

const PIXELS = DIGIT_SIDE * DIGIT_SIDE;

/** An image of 28 x 28 bytes and the digit that it is. */
export interface DigitCase {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly label: number;
}

/** A test image: its place in the test set too. */
export interface Mistake extends DigitCase {
  readonly index: number;
}

/** drawing.npz: X, u8[n][28][28], and y, u8[n], as `numpy.load` opens them. */
export function writeCases(cases: readonly DigitCase[]): Uint8Array<ArrayBuffer> {
  return writeNpz(arraysOf(cases), { deflate: ["X"] });
}

/** Test images that a network misreads, as a lab's file carries them. */
export function writeMistakes(mistakes: readonly Mistake[]): Uint8Array<ArrayBuffer> {
  const index = Uint32Array.from(mistakes, (mistake) => mistake.index);
  return writeNpz({ ...arraysOf(mistakes), index: { shape: [index.length], data: index } }, {
    deflate: ["X"],
  });
}

/** Reads what writeMistakes() wrote. */
export function readMistakes(npz: Uint8Array): Mistake[] {
  const arrays = readNpz(npz);
  const [X, y, index] = ["X", "y", "index"].map((name) => arrays[name].data as Uint8Array | Uint32Array);
  return Array.from(index, (at, i) => ({
    index: at,
    label: y[i],
    pixels: Uint8Array.from(X.subarray(i * PIXELS, (i + 1) * PIXELS)),
  }));
}

function arraysOf(cases: readonly DigitCase[]) {
  const X = new Uint8Array(cases.length * PIXELS);
  cases.forEach(({ pixels }, i) => X.set(pixels, i * PIXELS));
  return {
    X: { shape: [cases.length, DIGIT_SIDE, DIGIT_SIDE], data: X },
    y: { shape: [cases.length], data: Uint8Array.from(cases, ({ label }) => label) },
  };
}
