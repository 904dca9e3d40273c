/// <reference lib="dom" />
import type { CourseActivation } from "../../nn/activation.ts";
import { colours, rgb } from "../ui/theme.ts";

/** Red, green and blue of the values -1 to 1 in 2 * STEPS + 1 steps, on the ground that the reader has. */
const STEPS = 64;
let table: Uint8ClampedArray | undefined;
let tableOf: unknown;

function shades(): Uint8ClampedArray {
  const theme = colours.value;
  if (table !== undefined && tableOf === theme) return table;
  const [ground, zero, one] = [theme.ground, theme.c0, theme.c1].map(rgb);
  const found = new Uint8ClampedArray(3 * (2 * STEPS + 1));
  for (let i = -STEPS; i <= STEPS; i++) {
    const to = i < 0 ? zero : one;
    const share = 0.85 * Math.abs(i) / STEPS;
    for (let c = 0; c < 3; c++) found[3 * (i + STEPS) + c] = ground[c] + share * (to[c] - ground[c]);
  }
  tableOf = theme;
  return table = found;
}

const images = new Map<string, { canvas: OffscreenCanvas; image: ImageData }>();

/** Draws width x height values, from -1 (class 0's colour) over 0 (the ground) to 1 (class 1's), into a box of the drawing. */
export function drawShades(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  { width, height, box, smooth = true }: {
    readonly width: number;
    readonly height: number;
    readonly box: readonly [left: number, top: number, width: number, height: number];
    readonly smooth?: boolean;
  },
): void {
  const key = `${width}x${height}`;
  let scratch = images.get(key);
  if (scratch === undefined) {
    scratch = { canvas: new OffscreenCanvas(width, height), image: new ImageData(width, height) };
    images.set(key, scratch);
  }
  const { canvas, image } = scratch;
  const of = shades();
  for (let i = 0; i < width * height; i++) {
    const step = 3 * (Math.round(STEPS * Math.max(-1, Math.min(1, values[i] || 0))) + STEPS);
    image.data[4 * i] = of[step];
    image.data[4 * i + 1] = of[step + 1];
    image.data[4 * i + 2] = of[step + 2];
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = smooth;
  context.drawImage(canvas, ...box);
}

/**
 * A unit's activations as values from -1 to 1: those of tanh as they are, of sigmoid 2a - 1, of relu and identity by the largest in
 * magnitude, so that 0 stays 0.
 */
export function shown(activations: Float32Array, activation: CourseActivation): Float32Array {
  if (activation === "tanh") return activations;
  if (activation === "sigmoid") return activations.map((a) => 2 * a - 1);
  const largest = activations.reduce((most, a) => Math.max(most, Math.abs(a)), 0);
  return largest > 0 ? activations.map((a) => a / largest) : activations;
}
