import assert from "node:assert/strict";
import { NetworkFileError, readLayers } from "../../../src/lab/digit/network_file.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { writeNpz } from "../../../src/numpy/npz.ts";

const zeros = (...shape: number[]): NpyArray => ({
  shape,
  data: new Float32Array(shape.reduce((product, length) => product * length, 1)),
});

const LAYERS = { W1: zeros(784, 5), B1: zeros(5), W2: zeros(5, 10), B2: zeros(10) };

Deno.test("the layers of a sweep's weights.npz are read, and say the sizes themselves", async () => {
  const file = new URL("../../../results/reference/digits/runs/0-0/weights.npz", import.meta.url);
  const shapes = readLayers(await Deno.readFile(file)).map(({ name, shape }) =>
    `${name} ${shape.join(" x ")}`
  );
  assert.deepEqual(shapes, ["W1 784 x 100", "B1 100", "W2 100 x 50", "B2 50", "W3 50 x 10", "B3 10"]);
});

Deno.test("NumPy's float64 is rounded to float32, a bias may be a row, and what else is in the file is passed over", () => {
  const data = Float64Array.from({ length: 784 * 10 }, (_, i) => 1 / (i + 3));
  const layers = readLayers(
    writeNpz({ loss: zeros(3), B1: zeros(1, 10), W1: { shape: [784, 10], data } }),
  );
  assert.deepEqual(layers[0].data, new Float32Array(data));
  assert.deepEqual(layers[1].shape, [10]);
  assert.equal(layers.length, 2);
});

Deno.test("what is no network that reads digits is refused in both languages, and what it lacks is named", () => {
  const npz = (arrays: Record<string, NpyArray>) => writeNpz({ ...LAYERS, ...arrays });
  const broken = new Float32Array(50);
  broken[7] = NaN;
  const cases: [Uint8Array, RegExp, RegExp][] = [
    [new TextEncoder().encode("hello"), /must be a zip file/, /\.npz ファイルとして読み取れません/],
    [writeNpz({ X: zeros(2) }), /found no W1 \(only X\)/, /W1 がありません（中身：X）/],
    [writeNpz({}), /found no W1 \(only nothing\)/, /W1 がありません（中身：なし）/],
    [writeNpz({ W1: zeros(784, 10) }), /found no B1 \(only W1\)/, /B1 がありません/],
    [
      npz({ W1: zeros(64, 5) }),
      /W1 must be of shape \(784, N\), found \(64, 5\)/,
      /形 \(784, N\).*\(64, 5\)/,
    ],
    [npz({ W2: zeros(4, 10) }), /W2 must be of shape \(5, N\), found \(4, 10\)/, /形 \(5, N\)/],
    [npz({ B1: zeros(6) }), /B1 must be of shape \(5\), found \(6\)/, /B1 は形 \(5\)/],
    [npz({ B1: zeros(5, 5) }), /B1 must be of shape \(5\), found \(5, 5\)/, /\(5, 5\)/],
    [
      npz({ B2: { shape: [10], data: new Int32Array(10) } }),
      /B2 must be of float32 .* Int32Array/,
      /Int32Array/,
    ],
    [npz({ W2: zeros(5, 3), B2: zeros(3) }), /must have 10 outputs, .* found 3/, /10 個でなければ.*3 個/],
    [npz({ W2: { shape: [5, 10], data: broken } }), /W2 must be finite/, /W2 に NaN/],
  ];
  for (const [bytes, english, japanese] of cases) {
    assert.throws(() => readLayers(bytes), (error) => {
      assert.ok(error instanceof NetworkFileError);
      assert.match(error.texts.en, english);
      assert.match(error.texts.ja, japanese);
      return true;
    });
  }
});
