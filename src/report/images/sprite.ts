import type { Images } from "../../numpy/inspection_npz.ts";

/** Images of one size side by side in one picture, of which a page shows each by its place. */
export interface SpriteShape {
  /** Of each image, in pixels. */
  readonly rows: number;
  readonly columns: number;
  /** Images a row of the picture, and rows of images. */
  readonly across: number;
  readonly down: number;
}

/** Images a row: a picture of a single row or column would be longer than browsers draw. */
const MAX_ACROSS = 32;

export function spriteShape({ rows, columns, count }: Omit<Images, "pixels">): SpriteShape {
  const across = Math.max(1, Math.min(MAX_ACROSS, count));
  return { rows, columns, across, down: Math.max(1, Math.ceil(count / across)) };
}

/** The picture's pixels, row by row; 0 where there is no image. @param values image by image, each row by row */
export function spritePixels(
  values: ArrayLike<number>,
  { rows, columns, across, down }: SpriteShape,
): Uint8Array {
  const pixels = new Uint8Array(across * columns * down * rows);
  for (let i = 0; i < values.length; i++) {
    const image = Math.floor(i / (rows * columns));
    const row = Math.floor(image / across) * rows + Math.floor(i / columns) % rows;
    pixels[(row * across + image % across) * columns + i % columns] = values[i];
  }
  return pixels;
}
