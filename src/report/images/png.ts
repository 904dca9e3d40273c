import { encode } from "fast-png";
import { toBase64 } from "../../text/base64.ts";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The same, and how much it covers: 0, which is not seen, to 254. */
export type SheerRgb = readonly [...Rgb, cover: number];

/** Colours by their numbers, for indexedPng(); 256 at most. */
export type ColourTable = readonly (Rgb | SheerRgb)[];

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
  return `data:image/png;base64,${toBase64(png)}`;
}
