import type { IdxImages } from "./idx.ts";

/** A picture of any size: 0 where there is no ink, 255 where it covers; row by row. */
export type Picture = Omit<IdxImages, "count">;

/** The height and the width of MNIST's images. */
export const DIGIT_SIDE = 28;
/** The longer side of the digit on them. */
const INK_SIDE = 20;

/**
 * A drawing as MNIST's images are made (LeCun, Cortes, Burges, http://yann.lecun.com/exdb/mnist): the ink's box scaled so that its longer
 * side has 20 pixels, each as grey as the ink on its area, and moved by whole pixels so that the centre of mass comes to lie in the middle:
 * at row and column 14 of 28, counted from 0, and less than half a pixel beside it. Integers alone, so the same bytes everywhere; an image
 * of MNIST, drawn larger by a whole factor, comes out as it was, but for 17 of the 70,000, of which nearly all have ink 19 pixels high. No ink gives an empty image.
 * @returns u8[28 * 28]
 */
export function centreDigit(picture: Picture): Uint8Array<ArrayBuffer> {
  const digit = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE);
  const box = inkBox(picture);
  if (box === null) return digit;
  const longer = Math.max(box.rows, box.columns);
  const fit = (length: number) => Math.max(1, Math.floor((2 * INK_SIDE * length + longer) / (2 * longer)));
  const [rows, columns] = [fit(box.rows), fit(box.columns)];
  const ink = resample(picture, box, { rows, columns });
  let mass = 0, down = 0, right = 0;
  ink.forEach((value, i) => {
    mass += value;
    down += value * Math.floor(i / columns);
    right += value * (i % columns);
  });
  // Ink so faint that each pixel rounds to none.
  if (mass === 0) return digit;
  const top = shift(down, mass, rows);
  const left = shift(right, mass, columns);
  for (let r = 0; r < rows; r++) {
    digit.set(ink.subarray(r * columns, (r + 1) * columns), (top + r) * DIGIT_SIDE + left);
  }
  return digit;
}

/** A square picture as it is, in 28 x 28 pixels each as grey as the ink on its area: nothing is scaled or centred. */
export function shrinkPicture(picture: Picture): Uint8Array<ArrayBuffer> {
  return resizePicture(picture, { rows: DIGIT_SIDE, columns: DIGIT_SIDE });
}

/** A picture in another size, each pixel the mean grey of the area that it covers, halves rounded up. Integers alone. */
export function resizePicture(picture: Picture, size: Size): Uint8Array<ArrayBuffer> {
  const { rows, columns } = picture;
  return resample(picture, { top: 0, left: 0, rows, columns }, size);
}

/** How far the ink is moved, which is kept inside the image: the least whole number that brings the centre to 13.5 or beyond. */
function shift(moment: number, mass: number, length: number): number {
  const wanted = Math.ceil(((DIGIT_SIDE - 1) * mass - 2 * moment) / (2 * mass));
  return Math.max(0, Math.min(DIGIT_SIDE - length, wanted));
}

interface Size {
  readonly rows: number;
  readonly columns: number;
}

interface Box extends Size {
  readonly top: number;
  readonly left: number;
}

/** The smallest box that holds all ink; null where there is none. */
function inkBox({ rows, columns, pixels }: Picture): Box | null {
  let [top, bottom, left, right] = [rows, -1, columns, -1];
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) {
      if (pixels[i] === 0) continue;
      if (r < top) top = r;
      bottom = r;
      if (c < left) left = c;
      if (c > right) right = c;
    }
  }
  return bottom < 0 ? null : { top, left, rows: bottom - top + 1, columns: right - left + 1 };
}

/**
 * The mean grey of each area, halves rounded up. Lengths are counted in parts of a pixel of which a pixel of the box has as many as there
 * are target rows (columns), and one of the target as many as the box has: then all overlaps are whole.
 */
function resample(picture: Picture, box: Box, target: Size): Uint8Array<ArrayBuffer> {
  const across = overlaps(box.columns, target.columns);
  const down = overlaps(box.rows, target.rows);
  const sums = new Float64Array(target.rows * target.columns);
  for (const [row, r, height] of down) {
    const start = (box.top + row) * picture.columns + box.left;
    for (const [column, c, width] of across) {
      sums[r * target.columns + c] += picture.pixels[start + column] * height * width;
    }
  }
  const area = box.rows * box.columns;
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}

/** Of `from` places and `to` places over the same length, those that lie on each other, each with the length that they share. */
function overlaps(from: number, to: number): (readonly [from: number, to: number, length: number])[] {
  const found: (readonly [number, number, number])[] = [];
  for (let i = 0, k = 0; i < from && k < to;) {
    const end = Math.min((i + 1) * to, (k + 1) * from);
    found.push([i, k, end - Math.max(i * to, k * from)]);
    if ((i + 1) * to === end) i++;
    if ((k + 1) * from === end) k++;
  }
  return found;
}
