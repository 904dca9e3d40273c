import assert from "node:assert/strict";
import { unzipSync, zipSync } from "fflate";
import fc from "fast-check";
import { type NpyArray, readNpy, writeNpy } from "../../src/numpy/npy.ts";
import { readNpz, writeNpz } from "../../src/numpy/npz.ts";

function fixture(name: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(`../fixtures/${name}.npz`, import.meta.url));
}

/** The arrays of tests/fixtures/arrays.py. */
const ARRAYS: Record<string, NpyArray> = {
  W1: { shape: [3, 2], data: Float32Array.of(-0.5, -0.25, 0, 0.25, 0.5, 0.75) },
  b1: { shape: [3], data: Float64Array.of(1e300, -0, Math.PI) },
  labels: { shape: [5], data: Uint8Array.of(7, 2, 1, 0, 255) },
  small: { shape: [2], data: Int8Array.of(-128, 127) },
  short: { shape: [2, 1], data: Int16Array.of(-32768, 32767) },
  ushort: { shape: [1], data: Uint16Array.of(65535) },
  int: { shape: [1], data: Int32Array.of(-(2 ** 31)) },
  uint: { shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
  long: { shape: [2], data: BigInt64Array.of(-(2n ** 63n), 2n ** 60n + 1n) },
  ulong: { shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
  scalar: { shape: [], data: Float32Array.of(0.25) },
  empty: { shape: [0, 5], data: new Float32Array(0) },
};

Deno.test("readNpz() reads what numpy.savez and numpy.savez_compressed write", () => {
  assert.deepEqual(readNpz(fixture("arrays")), ARRAYS);
  assert.deepEqual(readNpz(fixture("arrays_deflated")), {
    W1: { shape: [100, 50], data: new Float32Array(5000) },
  });
});

Deno.test("each array that writeNpz() writes is byte for byte what NumPy writes", () => {
  assert.deepEqual(unzipSync(writeNpz(ARRAYS)), unzipSync(fixture("arrays")));
});

Deno.test("writeNpz() gives the same bytes each time, stored, dated 1980", () => {
  const bytes = writeNpz(ARRAYS);
  assert.deepEqual(writeNpz(ARRAYS), bytes);
  const view = new DataView(bytes.buffer);
  assert.equal(view.getUint16(8, true), 0, "method: stored");
  assert.equal(view.getUint16(10, true), 12 << 11, "time: noon");
  assert.equal(view.getUint16(12, true), (0 << 9) | (1 << 5) | 1, "date: 1980-01-01");
});

Deno.test("writeNpz() writes a view of a larger or shared buffer", () => {
  const data = new Float32Array(new SharedArrayBuffer(24)).fill(9).subarray(1, 4);
  data.set([1, 2, 3]);
  assert.deepEqual(readNpz(writeNpz({ a: { shape: [3], data } })), {
    a: { shape: [3], data: Float32Array.of(1, 2, 3) },
  });
});

Deno.test("the header of a .npy ends at a multiple of 64 bytes for any shape, and reads back", () => {
  const shapes = fc.array(fc.nat(7), { maxLength: 6 });
  fc.assert(fc.property(shapes, (shape) => {
    const array = { shape, data: new Int16Array(shape.reduce((a, b) => a * b, 1)).fill(-3) };
    const bytes = writeNpy(array);
    assert.equal((bytes.length - array.data.byteLength) % 64, 0);
    assert.deepEqual(readNpy(bytes), array);
  }));
});

Deno.test("a header that would end at a multiple of 64 gets a block more, as NumPy's does", () => {
  // len() of what numpy.save writes of zeros of these shapes, without elements.
  for (const [size, ones] of [[100_000, 11], [100, 12]]) {
    const shape = [0, size, ...Array.from({ length: ones }, () => 1)];
    assert.equal(writeNpy({ shape, data: new Float32Array(0) }).length, 192);
  }
});

Deno.test("an .npz of as many arrays as may be is read, and of one more is not", () => {
  const arrays = (count: number) =>
    writeNpz(Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`a${i}`, { shape: [1], data: Float32Array.of(i) }]),
    ));
  assert.equal(Object.keys(readNpz(arrays(64))).length, 64);
  assert.throws(() => readNpz(arrays(65)), /64/);
  assert.throws(() => readNpz(arrays(3), { arrays: 2 }), /2/);
});

Deno.test("readNpz() refuses pickled objects and other byte orders, and says so", () => {
  assert.throws(() => readNpz(fixture("arrays_pickled")), {
    name: "SyntaxError",
    message: /^Cannot read array W1 of an \.npz: its type must be one of <f4, <f8, .*, found \|O$/,
  });
  assert.throws(() => readNpz(fixture("arrays_big_endian")), { name: "SyntaxError", message: /found >f4$/ });
});

Deno.test("readNpz() refuses files that are not what they should be", () => {
  const good = writeNpy({ shape: [2], data: Float32Array.of(1, 2) });
  const edited = (from: string, to: string) => {
    const text = String.fromCharCode(...good).replace(from, to.padEnd(from.length));
    return Uint8Array.from(text, (character) => character.charCodeAt(0));
  };
  const cases: [Uint8Array, RegExp][] = [
    [good.subarray(0, 5), /must begin with \\x93NUMPY/],
    [good.subarray(0, 6), /must have a header, found 6 bytes only$/],
    [good.subarray(0, 9), /must have a header, found 9 bytes only$/],
    [good.subarray(0, 40), /header must give descr, fortran_order and shape/],
    [good.subarray(0, good.length - 1), /shape \(2\) of <f4 must take 8 bytes, found 7$/],
    [edited("\x01\x00", "\x02\x00"), /format must be 1\.0, found 2\.0$/],
    [edited("(2,)", "(-2)"), /header must give/],
    [edited("(2,), }             ", "(99999999999999999,)"), /header must give/],
    [edited("(2,), }                ", "(99999999999999999,), }"), /dimensions must be below 2\^53/],
    [edited("'descr'", "'DESCR'"), /header must give/],
    [edited("False", "exit()"), /header must give/],
  ];
  for (const [bytes, message] of cases) {
    assert.throws(() => readNpz(zipSync({ "a.npy": bytes })), { name: "SyntaxError", message });
  }
});

Deno.test("readNpz() refuses zips with other entries, doubled names or more than its limits", () => {
  const file = writeNpy({ shape: [100], data: new Float64Array(100) });
  for (const name of ["a.txt", "../a.npy", "/a.npy", "a/b.npy", "__proto__.npy", ".npy"]) {
    assert.throws(() => readNpz(zipSync({ [name]: file })), {
      name: "SyntaxError",
      message: `Cannot read an .npz: its entries must be NAME.npy, found ${JSON.stringify(name)}`,
    });
  }
  const two = zipSync({ "a.npy": file, "b.npy": file });
  const doubled = Uint8Array.from(two, (byte) => byte === "b".charCodeAt(0) ? "a".charCodeAt(0) : byte);
  assert.throws(() => readNpz(doubled), { message: /each entry must occur once, found a\.npy twice$/ });
  assert.throws(() => readNpz(two, { arrays: 1 }), { message: /it must have at most 1 arrays, found more$/ });
  assert.throws(() => readNpz(two, { bytes: 1000 }), {
    message: /must unpack to at most 1000 bytes, found 1856 or more$/,
  });
  for (const bytes of [new Uint8Array(0), new Uint8Array(100), two.subarray(0, two.length - 30)]) {
    assert.throws(() => readNpz(bytes), {
      name: "SyntaxError",
      message: /^Cannot read an \.npz: it must be a zip file/,
    });
  }
});

Deno.test("readNpz() unpacks no more than a zip's directory says, and that within its limits", () => {
  const bomb = zipSync({ "a.npy": new Uint8Array(2_000_000) });
  assert.ok(bomb.length < 5_000);
  assert.throws(() => readNpz(bomb, { bytes: 1_000_000 }), { message: /found 2000000 or more$/ });
  const directory = new DataView(bomb.buffer, bomb.length - 22).getUint32(16, true);
  new DataView(bomb.buffer).setUint32(directory + 24, 100, true);
  assert.throws(() => readNpz(bomb, { bytes: 1_000_000 }), { name: "SyntaxError" });
});

Deno.test("any damage to an .npz gives arrays or a SyntaxError, nothing else", () => {
  const good = writeNpz({ W1: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) } });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), (at, value) => {
      const bytes = good.slice();
      bytes[at] = value;
      try {
        readNpz(bytes);
      } catch (error) {
        assert.ok(error instanceof SyntaxError, String(error));
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("writeNpz() refuses names, shapes and sizes that do not fit", () => {
  const data = Float32Array.of(1, 2);
  for (const name of ["", "1a", "a.b", "a/b", "__proto__x", "W 1"]) {
    assert.throws(() => writeNpz({ [name]: { shape: [2], data } }), {
      name: "RangeError",
      message:
        `Cannot write an .npz: an array's name must be a letter, then letters, digits or _, found ${name}`,
    });
  }
  assert.throws(() => writeNpz({ a: { shape: [3], data } }), {
    name: "TypeError",
    message: "Cannot write an array: shape (3) must have 3 values, found 2",
  });
  assert.throws(() => writeNpz({ a: { shape: [-2], data } }), {
    name: "RangeError",
    message: "Cannot write an array: its dimensions must be integers of 0 or more, found -2",
  });
});

Deno.test("readNpz() reads Fortran order, as NumPy saves a transposed array, in the order of C", () => {
  const { W1 } = readNpz(fixture("arrays_fortran"));
  assert.equal(W1.data.length, W1.shape.reduce((size, length) => size * length, 1));
  // np.save of np.arange(6.).reshape(3, 2).T.copy(order="F"): the bytes are those of the columns, one after the other.
  const header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }".padEnd(117) + "\n";
  const bytes = new Uint8Array(128 + 48);
  bytes.set([...`\x93NUMPY\x01\x00${String.fromCharCode(118, 0)}${header}`].map((c) => c.charCodeAt(0)));
  bytes.set(new Uint8Array(Float64Array.of(0, 1, 2, 3, 4, 5).buffer), 128);
  assert.deepEqual(readNpy(bytes), { shape: [2, 3], data: Float64Array.of(0, 2, 4, 1, 3, 5) });
});
