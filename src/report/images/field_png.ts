import { encode } from "fast-png";
import type { Plane } from "../../numpy/plane_npz.ts";
import { COLOURS, THEMES } from "../charts/palette.ts";

/** Steps from unsure to sure: few, so that the picture is small; more could not be told apart. */
const STEPS = 24;
/** Of a sure place, 0 to 255: what lies on the field must be seen. */
const SURE = 120;

/**
 * What a network says of each place of a plane, upwards as y is, the predicted class in its colour: see through where it is unsure, so that
 * it lies on any ground.
 */
export function fieldPng({ size, classes, field }: Plane): Uint8Array<ArrayBuffer> {
  const colours = Array.from({ length: classes }, (_, c) => rgb(classColour(c, THEMES.light)));
  const data = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i++) {
    const row = field.subarray(i * classes, (i + 1) * classes);
    let predicted = 0;
    for (let c = 1; c < classes; c++) if (row[c] > row[predicted]) predicted = c;
    // 0 where all classes are as likely, 1 where none but one is.
    const surety = (row[predicted] - 1 / classes) / (1 - 1 / classes);
    const alpha = Math.round(Math.round(STEPS * surety) * SURE / STEPS);
    const place = (size - 1 - Math.floor(i / size)) * size + i % size;
    data.set([...colours[predicted], alpha], 4 * place);
  }
  return new Uint8Array(encode({ width: size, height: size, data, channels: 4, depth: 8 }));
}

/** The colour of a class among a theme's. */
export function classColour(label: number, colours: Readonly<Record<string, string>>): string {
  return colours[`c${label % COLOURS}`];
}

function rgb(hex: string): [number, number, number] {
  const part = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
