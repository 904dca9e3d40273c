import { RandomState } from "../random/random_state.ts";
import type { DatasetFiles } from "./named_dataset.ts";
import { GLYPHS } from "./glyphs.ts";
import { encodeIdxImages, encodeIdxLabels } from "./idx.ts";
import { PenCanvas } from "./pen_canvas.ts";

const SIZE = 28;

/**
 * How hands differ: the ranges of what is drawn at random for each picture. They are chosen so that shape counts more
 * than place: softmax regression reaches about 0.91 on the test images, a hidden layer of 100 about 0.97.
 */
const HAND = {
  radius: [0.9, 1.7], // of the pen, in pixels
  level: [200, 255], // of the ink
  height: [16, 20], // of the digit, in pixels
  width: [0.6, 1], // of its height
  slant: [-0.1, 0.4],
  turn: [-0.12, 0.12], // tangent of half the angle
  bend: [-0.2, 0.2], // of the axes, as parabolas
  shift: [-2.2, 2.2], // in pixels
} as const satisfies Record<string, readonly [number, number]>;
const TREMBLE = 4; // standard deviation of each control point, of a glyph's 100 units

/**
 * The embedded data set: handwritten digits drawn by the program, as the four unpacked IDX files of MNIST's kind (28 x 28
 * grey, 6,000 for training and 1,000 for test by default). Each picture has its own shape of the digit, tremble, size,
 * slant, turn, bend, place and pen. Each ten pictures in a row hold every digit once, and the first n of a part are the
 * same however many are asked for. IEEE operations alone make them, so they are the same bytes on every engine.
 * Whatever changes a byte of them raises the version in catalogue.ts.
 * Throws RangeError unless `train` and `test` are positive integers.
 */
export function generateStrokes(
  { train = 6000, test = 1000 }: { train?: number; test?: number } = {},
): DatasetFiles<Uint8Array<ArrayBuffer>> {
  const { images: train_images, labels: train_labels } = generatePart(train, 0);
  const { images: test_images, labels: test_labels } = generatePart(test, 1);
  return { train_images, train_labels, test_images, test_labels };
}

function generatePart(count: number, seed: number) {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `Cannot draw digits: the number of pictures must be a positive integer, found ${count}`,
    );
  }
  const random = new RandomState(seed);
  const canvas = new PenCanvas(SIZE);
  const pixels = new Uint8Array(count * SIZE * SIZE);
  const labels = new Uint8Array(count);
  let digits = new Uint32Array(0);
  for (let i = 0; i < count; i++) {
    if (i % 10 === 0) digits = random.permutation(10);
    labels[i] = digits[i % 10];
    const out = pixels.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE);
    drawDigit(labels[i], { random, canvas, out });
  }
  return {
    images: encodeIdxImages({ count, rows: SIZE, columns: SIZE, pixels }),
    labels: encodeIdxLabels(labels),
  };
}

function drawDigit(
  digit: number,
  { random, canvas, out }: { random: RandomState; canvas: PenCanvas; out: Uint8Array },
): void {
  const shapes = GLYPHS[digit];
  const shape = shapes[random.interval(shapes.length - 1)];
  canvas.clear(draw(random, HAND.radius));
  const level = draw(random, HAND.level);
  const toPixels = randomPlacing(random);
  for (const stroke of shape) {
    const points = new Float64Array(stroke.length);
    for (let i = 0; i < points.length; i++) points[i] = stroke[i] + TREMBLE * random.standardNormal();
    toPixels(points);
    canvas.stroke(points);
  }
  canvas.render(out, level);
}

/** A random map from a glyph's box to the picture: parabolic bends, slant and size, then turn and shift. */
function randomPlacing(random: RandomState): (points: Float64Array) => void {
  const height = draw(random, HAND.height);
  const width = height * draw(random, HAND.width);
  const slant = draw(random, HAND.slant);
  const turn = draw(random, HAND.turn);
  const bendX = draw(random, HAND.bend);
  const shearX = draw(random, HAND.bend);
  const bendY = draw(random, HAND.bend);
  const shearY = draw(random, HAND.bend);
  const shiftX = SIZE / 2 + draw(random, HAND.shift);
  const shiftY = SIZE / 2 + draw(random, HAND.shift);
  // Rational, since sine and cosine differ between engines.
  const cosine = (1 - turn * turn) / (1 + turn * turn);
  const sine = 2 * turn / (1 + turn * turn);
  return (points) => {
    for (let i = 0; i < points.length; i += 2) {
      const u = points[i] / 100 - 0.5;
      const v = points[i + 1] / 100 - 0.5;
      const x = width * (u - slant * v + bendX * v * v + shearX * u * v);
      const y = height * (v + bendY * u * u + shearY * u * v);
      points[i] = shiftX + cosine * x - sine * y;
      points[i + 1] = shiftY + sine * x + cosine * y;
    }
  };
}

function draw(random: RandomState, [low, high]: readonly [number, number]): number {
  return random.uniform(low, high);
}
