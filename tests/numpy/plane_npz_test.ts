import assert from "node:assert/strict";
import { readNpz, writeNpz } from "../../src/numpy/npz.ts";
import { readCloseLook } from "../../src/numpy/close_look.ts";
import { type Plane, readPlane, writePlane } from "../../src/numpy/plane_npz.ts";

const PLANE: Plane = {
  x0: -1.1,
  y0: -2,
  side: 3.3,
  size: 2,
  classes: 2,
  field: Float32Array.of(0.1, 0.9, 0.2, 0.8, 1, 0, 0.5, 0.5),
  train: { total: 1200, coordinates: Float32Array.of(0, 1, 2, 3), labels: Uint8Array.of(0, 1) },
  test: {
    total: 1,
    coordinates: Float32Array.of(4, 5),
    labels: Uint8Array.of(1),
    predictions: Uint8Array.of(0),
  },
};

Deno.test("a plane comes back from its file, which NumPy opens as any other", () => {
  const npz = writePlane(PLANE);
  assert.deepEqual(readPlane(npz), PLANE);
  assert.deepEqual(readCloseLook(npz).plane, readPlane(npz));
  assert.deepEqual(readNpz(npz).field.shape, [2, 2, 2]);
});

Deno.test("readPlane() refuses a file that lacks an array, or has it in another shape", () => {
  const { field, ...rest } = readNpz(writePlane(PLANE));
  assert.throws(() => readPlane(writeNpz(rest)), {
    name: "SyntaxError",
    message: "Cannot read inspection.npz: field must be an array of Float32Array, found none",
  });
  assert.throws(() => readPlane(writeNpz({ ...rest, field: { shape: [1, 4, 2], data: field.data } })), {
    name: "SyntaxError",
    message:
      "Cannot read inspection.npz: field must be square, of 2 classes or more, on a square of the plane",
  });
  assert.throws(
    () => readPlane(writeNpz({ ...rest, field, test: { shape: [1, 1], data: Float32Array.of(1) } })),
    SyntaxError,
  );
});
