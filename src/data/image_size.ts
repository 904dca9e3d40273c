/** The height and the width of images in pixels. */
export interface ImageSize {
  /** Height. */
  readonly rows: number;
  /** Width. */
  readonly columns: number;
}

/** A size as `28x28`: height, then width. */
export function parseImageSize(written: string): ImageSize {
  const [rows, columns] = written.split("x").map(Number);
  return { rows, columns };
}
