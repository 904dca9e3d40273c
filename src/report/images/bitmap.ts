import { encode } from "fast-png";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export class Bitmap {
  readonly width: number;
  readonly height: number;
  readonly #data: Uint8Array;

  constructor(width: number, height: number, ground: Rgb) {
    this.width = width;
    this.height = height;
    this.#data = new Uint8Array(3 * width * height);
    this.fill({ x: 0, y: 0, width, height }, ground);
  }

  /** Fills a rectangle; what lies outside is left out. */
  fill(
    { x, y, width, height }: { x: number; y: number; width: number; height: number },
    [red, green, blue]: Rgb,
  ): void {
    const data = this.#data;
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column++) {
        const place = 3 * (row * this.width + column);
        data[place] = red;
        data[place + 1] = green;
        data[place + 2] = blue;
      }
    }
  }

  /** The image as a PNG: the same pixels, the same bytes. */
  png(): Uint8Array<ArrayBuffer> {
    const { width, height } = this;
    return new Uint8Array(encode({ width, height, data: this.#data, channels: 3, depth: 8 }));
  }
}

/** Colours by their numbers, for indexedPng(); 256 at most. */
export type ColourTable = readonly Rgb[];

/** An image of a few colours as a small PNG. @param pixels height x width numbers of colours */
export function indexedPng(
  pixels: Uint8Array,
  { width, height, colours }: { width: number; height: number; colours: ColourTable },
): Uint8Array<ArrayBuffer> {
  const palette = colours.map((colour) => [...colour]);
  const image = { width, height, data: pixels, channels: 1, depth: 8, palette } as const;
  return new Uint8Array(encode(image, { zlib: { level: 6 } }));
}

/** A grey image as a PNG. @param pixels height x width bytes */
export function greyPng(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data: pixels, channels: 1, depth: 8 }));
}

export function dataUri(png: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < png.length; i += 0x8000) binary += String.fromCharCode(...png.subarray(i, i + 0x8000));
  return `data:image/png;base64,${btoa(binary)}`;
}
