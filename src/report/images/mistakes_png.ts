import type { Inspection } from "../../numpy/inspection_npz.ts";
import { Bitmap, drawText, greyPng, type Rgb, textWidth } from "./bitmap.ts";

/** Images a row. */
const COLUMNS = 6;
const SCALE = 3;
const TEXT = 2;
const TITLE = 24;
const GAP = 16;
const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [31, 35, 40];
const WRONG: Rgb = [200, 80, 0];
const FRAME: Rgb = [208, 215, 222];

/** A grid of the misclassified images, dark on light, each titled `predicted / true`. */
export function mistakesPng(
  { labels, predictions, images }: Inspection["mistakes"],
): Uint8Array<ArrayBuffer> {
  const { count, rows, columns, pixels } = images;
  const [width, height] = [columns * SCALE, rows * SCALE];
  const across = Math.min(COLUMNS, count);
  const down = Math.ceil(count / COLUMNS);
  const bitmap = new Bitmap(across * (width + GAP) + GAP, down * (height + TITLE + GAP) + GAP, PAPER);
  for (let i = 0; i < count; i++) {
    const x = GAP + (i % COLUMNS) * (width + GAP);
    const y = GAP + Math.floor(i / COLUMNS) * (height + TITLE + GAP);
    const [predicted, label] = [String(predictions[i]), String(labels[i])];
    const title = `${predicted} / ${label}`;
    const left = x + Math.floor((width - TEXT * textWidth(title)) / 2);
    drawText(bitmap, predicted, { x: left, y: y + 3, scale: TEXT, colour: WRONG });
    const rest = " ".repeat(predicted.length) + title.slice(predicted.length);
    drawText(bitmap, rest, { x: left, y: y + 3, scale: TEXT, colour: INK });
    const top = y + TITLE;
    bitmap.fill({ x: x - 1, y: top - 1, width: width + 2, height: height + 2 }, FRAME);
    for (let pixel = 0; pixel < rows * columns; pixel++) {
      const grey = 255 - pixels[i * rows * columns + pixel];
      const place = { x: x + SCALE * (pixel % columns), y: top + SCALE * Math.floor(pixel / columns) };
      bitmap.fill({ ...place, width: SCALE, height: SCALE }, [grey, grey, grey]);
    }
  }
  return bitmap.png();
}

export function mistakePng({ images }: Inspection["mistakes"], index: number): Uint8Array<ArrayBuffer> {
  const { rows, columns, pixels } = images;
  const size = rows * columns;
  const grey = pixels.slice(index * size, (index + 1) * size).map((value) => 255 - value);
  return greyPng(grey, { width: columns, height: rows });
}
