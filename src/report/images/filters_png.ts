import { dataUri, indexedPng, type Rgb } from "./png.ts";
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
const GROUND: Rgb = [222, 226, 231];
/** Steps from white to a full colour: few so that a picture is small; more could not be told apart. */
const STEPS = 24;
const PAGE_STEPS = 10;

/** First-layer weights as images on one scale, white at 0, orange above and blue below. */
export function filtersPng({ weights, rows, columns, across, scale }: FilterGrid): Uint8Array<ArrayBuffer> {
  const size = rows * columns;
  const count = Math.floor(weights.length / size);
  const gap = 2 * scale;
  const numbers = stepNumbers(weights, { limit: filterLimit(weights), steps: STEPS });
  const colours = [...stepColours(STEPS), GROUND];
  const step = { x: columns * scale + gap, y: rows * scale + gap };
  const width = Math.min(across, count) * step.x + gap;
  const height = Math.ceil(count / across) * step.y + gap;
  const pixels = new Uint8Array(width * height).fill(colours.length - 1);
  for (let i = 0; i < count * size; i++) {
    const image = Math.floor(i / size);
    const pixel = i % size;
    const x = gap + (image % across) * step.x + scale * (pixel % columns);
    const y = gap + Math.floor(image / across) * step.y + scale * Math.floor(pixel / columns);
    for (let row = y; row < y + scale; row++) {
      pixels.fill(numbers[i], row * width + x, row * width + x + scale);
    }
  }
  return indexedPng(pixels, { width, height, colours });
}

/** The same for a page, which shows each image by its place in the picture, in fewer colours: as a data: address. */
export function filtersSprite(
  weights: Float32Array,
  { limit, shape }: { limit: number; shape: SpriteShape },
): string {
  const numbers = stepNumbers(weights, { limit, steps: PAGE_STEPS });
  const { rows, columns, across, down } = shape;
  const size = { width: across * columns, height: down * rows };
  return dataUri(indexedPng(spritePixels(numbers, shape), { ...size, colours: stepColours(PAGE_STEPS) }));
}

/** The weight of full colour: only one in a hundred is larger. */
export function filterLimit(weights: Float32Array): number {
  const sizes = weights.map(Math.abs).sort();
  return sizes[Math.floor(0.99 * (sizes.length - 1))] || 1;
}

/** The numbers of weights' colours among stepColours(): `steps` is that of 0, and of what is no number. */
function stepNumbers(weights: Float32Array, { limit, steps }: { limit: number; steps: number }): Uint8Array {
  const numbers = new Uint8Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    numbers[i] = steps + (Math.round(Math.max(-1, Math.min(1, weights[i] / limit)) * steps) || 0);
  }
  return numbers;
}

function stepColours(steps: number): Rgb[] {
  return Array.from({ length: 2 * steps + 1 }, (_, i) => colourOf((i - steps) / steps));
}

function colourOf(value: number): Rgb {
  const share = Math.abs(value);
  const full = value < 0 ? NEGATIVE : POSITIVE;
  const mix = (i: number) => Math.round(PAPER[i] + (full[i] - PAPER[i]) * share);
  return [mix(0), mix(1), mix(2)];
}
