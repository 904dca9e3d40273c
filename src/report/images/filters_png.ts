import { Bitmap, type ColourTable, dataUri, indexedPng, type Rgb } from "./bitmap.ts";
import { spritePixels, type SpriteShape } from "./sprite.ts";

interface FilterGrid {
  /** f32[count][rows][columns] */
  readonly weights: Float32Array;
  readonly rows: number;
  readonly columns: number;
  /** Images a row. */
  readonly across: number;
  /** Pixels a weight. */
  readonly scale: number;
}

const PAPER: Rgb = [255, 255, 255];
/** Of the weight `filterLimit()` and its negative: the same on any ground. */
export const POSITIVE: Rgb = [197, 83, 0];
export const NEGATIVE: Rgb = [0, 96, 158];
/** Colours are few so that the PNG is small; more could not be told apart. */
const STEPS = 24;

/** First-layer weights as images on one scale, white at 0, orange above and blue below. */
export function filtersPng({ weights, rows, columns, across, scale }: FilterGrid): Uint8Array<ArrayBuffer> {
  const size = rows * columns;
  const count = Math.floor(weights.length / size);
  const gap = 2 * scale;
  const limit = filterLimit(weights);
  const step = { x: columns * scale + gap, y: rows * scale + gap };
  const bitmap = new Bitmap(
    Math.min(across, count) * step.x + gap,
    Math.ceil(count / across) * step.y + gap,
    [222, 226, 231],
  );
  const colours: ColourTable = Array.from({ length: 2 * STEPS + 1 }, (_, i) => colourOf((i - STEPS) / STEPS));
  for (let i = 0; i < count * size; i++) {
    const image = Math.floor(i / size);
    const pixel = i % size;
    bitmap.fill({
      x: gap + (image % across) * step.x + scale * (pixel % columns),
      y: gap + Math.floor(image / across) * step.y + scale * Math.floor(pixel / columns),
      width: scale,
      height: scale,
    }, colours[STEPS + STEPS * stepOf(weights[i] / limit)] ?? PAPER);
  }
  return bitmap.png();
}

/** The same for a page, which shows each image by its place in the picture, in fewer colours: as a data: address. */
export function filtersSprite(
  weights: Float32Array,
  { limit, shape }: { limit: number; shape: SpriteShape },
): string {
  const steps = 10;
  const colours: ColourTable = Array.from({ length: 2 * steps + 1 }, (_, i) => colourOf((i - steps) / steps));
  const numbers = Uint8Array.from(weights, (weight) => steps + steps * stepOf(weight / limit, steps));
  const { rows, columns, across, down } = shape;
  const size = { width: across * columns, height: down * rows };
  return dataUri(indexedPng(spritePixels(numbers, shape), { ...size, colours }));
}

/** The weight of full colour: only one in a hundred is larger. */
export function filterLimit(weights: Float32Array): number {
  const sizes = weights.map(Math.abs).sort();
  return sizes[Math.floor(0.99 * (sizes.length - 1))] || 1;
}

/** A number from -1 to 1, rounded to a step on the way. */
function stepOf(value: number, steps = STEPS): number {
  return Math.round(Math.max(-1, Math.min(1, value)) * steps) / steps;
}

function colourOf(value: number): Rgb {
  const share = Math.abs(value);
  const full = value < 0 ? NEGATIVE : POSITIVE;
  const mix = (i: number) => Math.round(PAPER[i] + (full[i] - PAPER[i]) * share);
  return [mix(0), mix(1), mix(2)];
}
