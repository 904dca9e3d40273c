import assert from "node:assert/strict";
import { decode } from "fast-png";
import { dataUri, greyPng } from "../../src/report/images/png.ts";
import {
  filterLimit,
  filtersPng,
  filtersSprite,
  NEGATIVE,
  POSITIVE,
} from "../../src/report/images/filters_png.ts";
import { fieldPng } from "../../src/report/images/field_png.ts";
import { THEMES } from "../../src/report/charts/palette.ts";
import { mistakesSvg } from "../../src/report/images/mistakes_svg.tsx";
import { spritePixels, spriteShape } from "../../src/report/images/sprite.ts";
import { messages } from "../../src/report/messages/messages.ts";
import { formatShare, mistakePlaces } from "../../src/report/sections/judged_images.ts";
import { readInspection, writeInspection } from "../../src/numpy/inspection_npz.ts";
import { readNpz, writeNpz } from "../../src/numpy/npz.ts";
import type { NpyArray } from "../../src/numpy/npy.ts";
import { sampleInspection } from "./sample_report.ts";

Deno.test("a grey image comes back from its PNG, and from its address, byte for byte", () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
  const png = greyPng(pixels, { width: 4, height: 3 });
  const { width, height, data } = decode(png);
  assert.deepEqual([width, height, [...data]], [4, 3, [...pixels]]);
  const [kind, base64] = dataUri(png).split(",");
  assert.equal(kind, "data:image/png;base64");
  assert.deepEqual(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), png);
});

Deno.test("misclassified images are a figure of real text, with each image byte for byte, dark on light", () => {
  const { judged } = sampleInspection();
  const places = mistakePlaces(judged);
  assert.deepEqual(places, [0, 1, 2]);
  const svg = mistakesSvg(judged, { places, names: [], t: messages("en") });
  assert.equal(svg, mistakesSvg(judged, { places, names: [], t: messages("en") }));
  const texts = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) =>
    text.replaceAll(/<[^>]*>/g, "")
  );
  assert.deepEqual(texts, ["0 / 2", "75.0%", "1 / 0", "50.0%", "0 / 2", "50.0%"]);
  const images = [...svg.matchAll(/href="data:image\/png;base64,([^"]*)"/g)].map(([, base64]) =>
    decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
  );
  images.forEach(({ width, height, data }, i) => {
    assert.deepEqual([width, height], [4, 4]);
    assert.deepEqual(
      [...data],
      [...judged.images.pixels.slice(16 * i, 16 * i + 16)].map((value) => 255 - value),
    );
  });
  assert.equal(images.length, 3);
});

Deno.test("a probability that is not quite all or nothing never says so", () => {
  const said = [0, 1e-9, 0.00099, 0.001, 0.5, 0.9989, 0.99901, 1].map(formatShare);
  assert.deepEqual(said, ["0%", "<0.1%", "<0.1%", "0.1%", "50.0%", "99.9%", ">99.9%", ">99.9%"]);
});

Deno.test("images side by side in one picture are found by their places", () => {
  const count = 70;
  const shape = spriteShape({ rows: 2, columns: 3, count });
  assert.deepEqual(shape, { rows: 2, columns: 3, across: 32, down: 3 });
  const pixels = spritePixels(Array.from({ length: count * 6 }, (_, i) => i % 251), shape);
  for (const [image, row, column] of [[0, 1, 2], [31, 0, 0], [32, 1, 1], [69, 1, 2]]) {
    const x = (image % 32) * 3 + column;
    const y = Math.floor(image / 32) * 2 + row;
    assert.equal(pixels[y * 96 + x], (image * 6 + row * 3 + column) % 251);
  }
});

Deno.test("weights are white at 0, orange above and blue below, on one scale", () => {
  const weights = Float32Array.of(0, 1, -1, 0.5, -0.5, 0);
  const { width, height, data, palette = [] } = decode(
    filtersPng({ weights, rows: 1, columns: 6, across: 10, scale: 3 }),
  );
  assert.deepEqual([width, height], [3 * 6 + 2 * 6, 3 + 2 * 6]);
  const colourAt = (x: number, y: number) => palette[data[y * width + x]].slice(0, 3);
  const pixel = (i: number) => colourAt(6 + 3 * i + 1, 6 + 1);
  // Each weight is a square, with the ground around all.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= 6 && x < width - 6 && y >= 6 && y < height - 6;
      assert.deepEqual(colourAt(x, y), inside ? pixel(Math.floor((x - 6) / 3)) : colourAt(0, 0), `${x} ${y}`);
    }
  }
  assert.deepEqual(pixel(0), [255, 255, 255]);
  assert.ok(pixel(1)[0] > pixel(1)[2] + 100, "orange");
  assert.ok(pixel(2)[2] > pixel(2)[0] + 100, "blue");
  assert.equal(filterLimit(Float32Array.of(0, 0)), 1);
});

Deno.test("a field's picture has each place's class in its colour, seen through where the network is unsure", () => {
  // From the lowest row up, so that the picture's upper row is the last.
  const places = [[1, 0, 0], [0, 0.7, 0.3], [1 / 3, 1 / 3, 1 / 3], [0, 0.1, 0.9]];
  const none = { total: 0, coordinates: new Float32Array(), labels: new Uint8Array() };
  const plane = { x0: 0, y0: 0, side: 1, size: 2, classes: 3, train: none };
  const test = { ...none, predictions: new Uint8Array() };
  const { width, height, data, palette = [] } = decode(
    fieldPng({ ...plane, test, field: Float32Array.from(places.flat()) }),
  );
  assert.deepEqual([width, height], [2, 2]);
  const pixels = Array.from(data, (number) => palette[number]);
  const colours = pixels.map(([red, green, blue]) =>
    "#" + [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")
  );
  const { c0, c1, c2 } = THEMES.light;
  assert.deepEqual(colours, [c0, c2, c0, c1]);
  // 24 steps from 0 to 120: of 0.85, 20; of 0.55, 13.
  assert.deepEqual(pixels.map((pixel) => pixel.at(3)), [0, 100, 120, 65]);
});

Deno.test("a page's weights have the colours of the figure's, in fewer steps", () => {
  const weights = Float32Array.of(0, 1, -1, 2, -2, 0.04);
  const shape = spriteShape({ rows: 1, columns: 6, count: 1 });
  const [, base64] = filtersSprite(weights, { limit: 1, shape }).split(",");
  const { data, palette = [] } = decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  const colours = Array.from(data, (number) => [...palette[number]].slice(0, 3));
  assert.deepEqual(colours[0], [255, 255, 255]);
  assert.deepEqual([colours[1], colours[2]], [[...POSITIVE], [...NEGATIVE]]);
  assert.deepEqual([colours[3], colours[4], colours[5]], [colours[1], colours[2], colours[0]]);
});

Deno.test("inspection.npz comes back as it was written, and one that is not whole is refused", () => {
  const inspection = sampleInspection();
  assert.deepEqual(readInspection(writeInspection(inspection)), inspection);
  const { judged, ...rest } = inspection;
  const none = {
    ...rest,
    judged: {
      indices: new Uint32Array(),
      labels: new Uint8Array(),
      predictions: new Uint8Array(),
      probabilities: new Float32Array(),
      images: { ...judged.images, count: 0, pixels: new Uint8Array() },
    },
  };
  assert.deepEqual(readInspection(writeInspection(none)), none);
  assert.throws(() => readInspection(writeNpz({ index: { shape: [1], data: Uint32Array.of(1) } })), {
    name: "SyntaxError",
    message: "Cannot read inspection.npz: image must be an array of Uint8Array, found none",
  });
});

Deno.test("arrays of inspection.npz that do not fit each other are refused, and never become undefined", () => {
  const good = readNpz(writeInspection(sampleInspection()));
  const refused = (name: string, array: NpyArray, message: string) =>
    assert.throws(() => readInspection(writeNpz({ ...good, [name]: array })), {
      name: "SyntaxError",
      message: `Cannot read inspection.npz: ${message}`,
    });
  const { shape: [count, classes], data } = good.probability;
  refused("units", { shape: [0], data: new Uint32Array() }, "units must be of shape (), found (0)");
  refused(
    "image",
    { shape: [], data: Uint8Array.of(1) },
    "image must be of shape (images, rows, columns), found ()",
  );
  refused(
    "probability",
    { shape: [count, 1], data: data.slice(0, count) },
    `probability must have ${
      1 + Math.max(...[good.label, good.predicted].flatMap(({ data }) => [...data].map(Number)))
    } classes or more, found 1`,
  );
  refused(
    "probability",
    { shape: [count * classes], data },
    `probability must be of shape (${count}, classes), found (${count * classes})`,
  );
  refused(
    "label",
    { shape: [count, 1], data: good.label.data },
    `label must be of shape (${count}), found (${count}, 1)`,
  );
  refused(
    "units",
    { shape: [], data: Uint32Array.of(0) },
    `unit must be below units, 0, found ${good.unit.data[0]}`,
  );
});
