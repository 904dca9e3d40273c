import assert from "node:assert/strict";
import { resizePicture } from "../../../src/data/drawing.ts";
import { folderDataset } from "../../../src/data/files/folder_dataset.ts";
import { decodeGreyPng } from "../../../src/data/files/grey_png.ts";
import { packFolder, unpackFolder } from "../../../src/data/files/packed_folder.ts";
import { greyPng } from "../../../src/report/images/png.ts";
import golden from "../../fixtures/own_data.json" with { type: "json" };
import { assertToldInBoth } from "./told_in_japanese.ts";

const { transparent, ...pictures } = golden.pictures;

for (const [name, { png, grey }] of Object.entries(pictures)) {
  Deno.test(`a PNG (${name}) is the grey that Pillow's convert("L") makes of it`, () => {
    const { rows, columns, pixels } = decodeGreyPng(Uint8Array.fromBase64(png));
    assert.deepEqual([rows, columns], [grey.length, grey[0].length]);
    assert.deepEqual([...pixels], grey.flat().map(Number));
  });
}

Deno.test("what one can see through, what is damaged and what is no PNG is refused", () => {
  assert.throws(() => decodeGreyPng(Uint8Array.fromBase64(transparent.png)), /must be opaque/);
  const bytes = Uint8Array.fromBase64(pictures.colour.png);
  for (let length = 0; length < bytes.length; length += 3) {
    assert.throws(() => decodeGreyPng(bytes.slice(0, length)), /^SyntaxError: Cannot read the picture/);
  }
  for (let i = 40; i < bytes.length; i += 3) {
    const changed = bytes.slice();
    changed[i] ^= 1;
    assert.throws(() => decodeGreyPng(changed), /^SyntaxError: Cannot read the picture/);
  }
  const large = bytes.slice();
  large[17] = 1;
  assert.throws(() => decodeGreyPng(large), /1 to 4096 pixels each way, found 6 x 65540/);
});

Deno.test("a smaller picture has the mean of each area, halves rounded up, as NumPy counts it", () => {
  const pixels = Uint8Array.from(golden.box.from.flat());
  const found = resizePicture({ rows: 6, columns: 9, pixels }, { rows: 4, columns: 6 });
  assert.deepEqual([...found], golden.box.to.flat());
});

const SPLIT = { share: 0.5, seed: 0 };
const png = (value: number, size = 2) =>
  greyPng(new Uint8Array(size * size).fill(value), { width: size, height: size });
const files = (...places: readonly (readonly [string, Uint8Array])[]) =>
  places.map(([path, content]) => ({ path, content }));

Deno.test("a folder's pictures come by their names' character codes, whatever order a system lists them in", () => {
  const all = files(["b/1.png", png(1)], ["a/2.png", png(2)], ["a/10.png", png(3)], ["猫/x.png", png(4)]);
  const packed = packFolder(all);
  assert.deepEqual(packed, packFolder(all.toReversed()));
  assert.deepEqual(unpackFolder(packed).map(({ path }) => path), [
    "a/10.png",
    "a/2.png",
    "b/1.png",
    "猫/x.png",
  ]);
  assert.throws(
    () => unpackFolder(packed.subarray(0, packed.length - 1)),
    /must begin with a list of its files/,
  );
});

Deno.test("folders of train and test are the parts, names of folders the classes, whole numbers by size", () => {
  const { dataset, classNames } = folderDataset(
    files(
      ["test/10/a.png", png(9)],
      ["train/10/a.png", png(200)],
      ["train/9/a.png", png(100, 4)],
    ),
    { split: SPLIT, size: { rows: 2, columns: 2 }, invert: true },
  );
  assert.deepEqual(classNames, ["9", "10"]);
  assert.ok(dataset.train.storage === "dense" && dataset.test.storage === "dense");
  assert.deepEqual([...dataset.train.pixels], [55, 55, 55, 55, 155, 155, 155, 155]);
  assert.deepEqual([...dataset.train.labels, ...dataset.test.labels], [1, 0, 1]);
});

for (
  const [what, places, size, message] of [
    ["no picture", [], undefined, /must be CLASS\/NAME\.png.*found none/],
    ["a picture beside the classes", [["a.png", png(1)]], undefined, /found a\.png/],
    [
      "pictures of two sizes",
      [["a/1.png", png(1)], ["b/1.png", png(1, 3)]],
      undefined,
      /must be 2x2 \(height x width\) as the first one, found 3x3.*b\/1\.png/,
    ],
    [
      "other proportions",
      [["a/1.png", png(1)], ["b/1.png", png(1)]],
      { rows: 2, columns: 3 },
      /must have the proportions of 2x3.*found 2x2.*a\/1\.png/,
    ],
    [
      "what is no PNG",
      [["a/1.png", Uint8Array.of(1, 2)]],
      undefined,
      /must be a PNG, found other bytes \(a\/1\.png\)/,
    ],
    [
      "an empty test part",
      [["train/a/1.png", png(1)], ["train/b/1.png", png(1)]],
      undefined,
      /both train and test must have pictures/,
    ],
  ] as const
) {
  Deno.test(`${what} is refused, with its name`, () => {
    assert.throws(() => folderDataset(files(...places), { split: SPLIT, size }), (error: Error) => {
      assert.match(error.message, message);
      assertToldInBoth(error);
      return true;
    });
  });
}
