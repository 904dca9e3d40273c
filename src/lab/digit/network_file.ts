import { DIGIT_SIDE } from "../../data/drawing.ts";
import type { Tensor } from "../../nn/weights.ts";
import { NpyError } from "../../numpy/npy_error.ts";
import type { NpyArray } from "../../numpy/npy.ts";
import { readNpz } from "../../numpy/npz.ts";
import type { Texts } from "../../text/language.ts";

const PIXELS = DIGIT_SIDE * DIGIT_SIDE;
/** A page has room for the ten digits. */
export const CLASSES = 10;

/** Why a file holds no network that reads digits, in both languages. */
export class NetworkFileError extends SyntaxError {
  readonly texts: Texts;

  constructor(texts: Texts) {
    super(texts.en);
    this.texts = texts;
  }
}

/**
 * The layers of a weights.npz: W1, B1, W2, ... of 784 inputs and 10 outputs, of float32 as a sweep writes them or of float64 as NumPy has
 * them, which is rounded. A bias may be of shape (1, N). Throws NetworkFileError.
 */
export function readLayers(bytes: Uint8Array): Tensor[] {
  const arrays = unpack(bytes);
  const tensors: Tensor[] = [];
  let fanIn = PIXELS;
  for (let l = 1; l === 1 || arrays[`W${l}`] !== undefined; l++) {
    const [w, b] = [`W${l}`, `B${l}`];
    const { shape: [K, N = 0], data } = floats(
      arrays,
      w,
      (shape) => shape.length === 2 && shape[0] === fanIn,
      {
        en: `of shape (${fanIn}, N)`,
        ja: `形 (${fanIn}, N)`,
      },
    );
    const bias = floats(
      arrays,
      b,
      (shape) => shape.at(-1) === N && shape.every((n, i) => n === (i ? N : shape.length > 1 ? 1 : N)),
      {
        en: `of shape (${N})`,
        ja: `形 (${N})`,
      },
    );
    tensors.push({ name: w, shape: [K, N], data }, { name: b, shape: [N], data: bias.data });
    fanIn = N;
  }
  if (fanIn !== CLASSES) {
    throw new NetworkFileError({
      en: `the last layer must have ${CLASSES} outputs, a digit each, found ${fanIn}`,
      ja:
        `最後の層の出力は数字ごとに 1 つ、計 ${CLASSES} 個でなければなりません（このファイルでは ${fanIn} 個）`,
    });
  }
  return tensors;
}

function unpack(bytes: Uint8Array): Record<string, NpyArray> {
  try {
    return readNpz(bytes);
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    throw new NetworkFileError({
      en: error.message,
      ja: "NumPy の .npz ファイルとして読み取れません。numpy.savez で保存したファイルを選んでください",
    });
  }
}

function floats(
  arrays: Readonly<Record<string, NpyArray>>,
  name: string,
  fits: (shape: readonly number[]) => boolean,
  wanted: Texts,
): { shape: readonly number[]; data: Float32Array<ArrayBuffer> } {
  const array = arrays[name];
  if (array === undefined) {
    const found = Object.keys(arrays);
    throw new NetworkFileError({
      en: `it must hold W1, B1, W2, ..., found no ${name} (only ${found.join(", ") || "nothing"})`,
      ja: `W1, B1, W2, ... が必要ですが、${name} がありません（中身：${found.join(", ") || "なし"}）`,
    });
  }
  const { shape, data } = array;
  if (!(data instanceof Float32Array) && !(data instanceof Float64Array)) {
    throw new NetworkFileError({
      en: `${name} must be of float32 or float64, found ${data.constructor.name}`,
      ja: `${name} は float32 か float64 でなければなりません（見つかった型：${data.constructor.name}）`,
    });
  }
  if (!fits(shape)) {
    throw new NetworkFileError({
      en: `${name} must be ${wanted.en}, found (${shape.join(", ")})`,
      ja: `${name} は${wanted.ja} でなければなりません（見つかった形：(${shape.join(", ")})）`,
    });
  }
  if (!data.every(Number.isFinite)) {
    throw new NetworkFileError({
      en: `${name} must be finite, found NaN or an infinite number: its training has diverged`,
      ja: `${name} に NaN か無限大があります。学習が発散したときの重みです`,
    });
  }
  return { shape, data: new Float32Array(data) };
}
