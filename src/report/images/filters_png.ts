import { Bitmap, type Rgb } from "./bitmap.ts";

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
const POSITIVE: Rgb = [197, 83, 0];
const NEGATIVE: Rgb = [0, 96, 158];
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
  for (let i = 0; i < count * size; i++) {
    const image = Math.floor(i / size);
    const pixel = i % size;
    bitmap.fill({
      x: gap + (image % across) * step.x + scale * (pixel % columns),
      y: gap + Math.floor(image / across) * step.y + scale * Math.floor(pixel / columns),
      width: scale,
      height: scale,
    }, colourOf(weights[i] / limit));
  }
  return bitmap.png();
}

/** The weight of full colour: only one in a hundred is larger. */
export function filterLimit(weights: Float32Array): number {
  const sizes = weights.map(Math.abs).sort();
  return sizes[Math.floor(0.99 * (sizes.length - 1))] || 1;
}

function colourOf(value: number): Rgb {
  const share = Math.round(Math.min(1, Math.abs(value)) * STEPS) / STEPS;
  const full = value < 0 ? NEGATIVE : POSITIVE;
  const mix = (i: number) => Math.round(PAPER[i] + (full[i] - PAPER[i]) * share);
  return [mix(0), mix(1), mix(2)];
}
