/// <reference lib="dom" />
// What is drawn of images, maps of their pixels, and layers.

import { DIGIT_SIDE } from "../../data/drawing.ts";
import type { Drawing } from "../ui/canvas.tsx";
import { colours, rgb } from "../ui/theme.ts";

type Colour = readonly [number, number, number];

/** The largest of the numbers' sizes. */
export function greatest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** Pixels of ink, 0 to 255, `columns` in a row, over the whole drawing. */
export function drawInk(drawing: Drawing, pixels: Uint8Array, columns = DIGIT_SIDE): void {
  const [ground, ink] = [colours.value.ground, colours.value.ink].map(rgb);
  const shades = Array.from({ length: 256 }, (_, pixel) => between(ground, ink, pixel / 255));
  paint(drawing, columns, { count: pixels.length, colour: (i) => shades[pixels[i]] });
}

/** The same, as faint as paper shines through, under a map: orange where it is positive, blue where it is negative. */
export function drawMap(drawing: Drawing, map: ArrayLike<number>, pixels: Uint8Array): void {
  const [ground, ink] = [colours.value.ground, colours.value.ink].map(rgb);
  const most = greatest(map) || 1;
  paint(drawing, DIGIT_SIDE, {
    count: pixels.length,
    colour: (i) => signed(between(ground, ink, 0.2 * pixels[i] / 255), map[i] / most),
  });
}

/** Where a layer's units stand: in rows, about as many as there are columns. */
export function unitGrid(units: number): { columns: number; rows: number } {
  const columns = Math.ceil(Math.sqrt(units));
  return { columns, rows: Math.ceil(units / columns) };
}

/** Activations of a layer's units, a square each; `most` is the full colour. */
export function drawUnits(
  { context, width }: Drawing,
  values: ArrayLike<number>,
  { most, chosen }: { most: number; chosen: number | null },
): void {
  const { columns } = unitGrid(values.length);
  const side = width / columns;
  const gap = Math.min(2, side / 8);
  const ground = rgb(colours.value.low);
  const square = (i: number, margin: number) =>
    [
      (i % columns) * side + margin,
      Math.floor(i / columns) * side + margin,
      side - 2 * margin,
      side - 2 * margin,
    ] as const;
  for (let i = 0; i < values.length; i++) {
    context.fillStyle = `rgb(${signed(ground, values[i] / most).join()})`;
    context.fillRect(...square(i, gap / 2));
  }
  if (chosen === null) return;
  context.strokeStyle = colours.value.ink;
  context.lineWidth = 2;
  context.strokeRect(...square(chosen, 1));
}

/** From a ground to orange by a share of 0 to 1, to blue by one of 0 to -1. */
function signed(ground: Colour, share: number): Colour {
  return between(ground, rgb(share < 0 ? colours.value.c0 : colours.value.c1), Math.min(1, Math.abs(share)));
}

function between(from: Colour, to: Colour, share: number): Colour {
  const mix = (i: 0 | 1 | 2) => Math.round(from[i] + share * (to[i] - from[i]));
  return [mix(0), mix(1), mix(2)];
}

function paint(
  { context, width, height }: Drawing,
  columns: number,
  { count, colour }: { count: number; colour: (i: number) => Colour },
): void {
  const rows = count / columns;
  const image = new ImageData(columns, rows);
  for (let i = 0; i < count; i++) {
    const [red, green, blue] = colour(i);
    image.data[4 * i] = red;
    image.data[4 * i + 1] = green;
    image.data[4 * i + 2] = blue;
    image.data[4 * i + 3] = 255;
  }
  const small = new OffscreenCanvas(columns, rows);
  small.getContext("2d")?.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = columns > DIGIT_SIDE;
  context.drawImage(small, 0, 0, width, height);
}
