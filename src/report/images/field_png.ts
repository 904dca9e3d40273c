import type { Plane } from "../../numpy/plane_npz.ts";
import { COLOURS, THEMES } from "../charts/palette.ts";
import { indexedPng, type SheerRgb } from "./png.ts";

/** Steps from unsure to sure: few, so that the picture is small; more could not be told apart. */
const STEPS = 24;
/** Of a sure place, 0 to 255: what lies on the field must be seen. */
const SURE = 120;

/** By class, then step. */
const FIELD_COLOURS: readonly SheerRgb[] = Array.from({ length: COLOURS * (STEPS + 1) }, (_, i) => {
  const [c, step] = [Math.floor(i / (STEPS + 1)), i % (STEPS + 1)];
  return [...rgb(classColour(c, THEMES.light)), Math.round(step * SURE / STEPS)];
});

/**
 * What a network says of each place of a plane, upwards as y is, the predicted class in its colour: see through where it is unsure, so that
 * it lies on any ground.
 */
export function fieldPng({ size, classes, field }: Plane): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(size * size);
  for (let i = 0; i < size * size; i++) {
    const first = i * classes;
    let predicted = 0;
    for (let c = 1; c < classes; c++) if (field[first + c] > field[first + predicted]) predicted = c;
    // 0 where all classes are as likely, 1 where none but one is.
    const surety = (field[first + predicted] - 1 / classes) / (1 - 1 / classes);
    const step = Math.max(0, Math.min(STEPS, Math.round(STEPS * surety))) || 0;
    const place = (size - 1 - Math.floor(i / size)) * size + i % size;
    pixels[place] = (predicted % COLOURS) * (STEPS + 1) + step;
  }
  return indexedPng(pixels, { width: size, height: size, colours: FIELD_COLOURS });
}

/** The colour of a class among a theme's. */
export function classColour(label: number, colours: Readonly<Record<string, string>>): string {
  return colours[`c${label % COLOURS}`];
}

function rgb(hex: string): [number, number, number] {
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
