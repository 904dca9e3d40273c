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
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column++) {
        this.#data.set([red, green, blue], 3 * (row * this.width + column));
      }
    }
  }

  /** The image as a PNG: the same pixels, the same bytes. */
  png(): Uint8Array<ArrayBuffer> {
    const { width, height } = this;
    return new Uint8Array(encode({ width, height, data: this.#data, channels: 3, depth: 8 }));
  }
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

/** Five by seven dots a character: titles in a PNG need no font. */
const GLYPHS: Readonly<Record<string, string>> = {
  "0": "01110100011001110101110011000101110",
  "1": "00100011000010000100001000010001110",
  "2": "01110100010000100010001000100011111",
  "3": "11111000100010000010000011000101110",
  "4": "00010001100101010010111110001000010",
  "5": "11111100001111000001000011000101110",
  "6": "00110010001000011110100011000101110",
  "7": "11111000010001000100010000100001000",
  "8": "01110100011000101110100011000101110",
  "9": "01110100011000101111000010001001100",
  "/": "00000000010001000100010001000000000",
};
const WIDTH = 5;
const ADVANCE = 6;

/** How wide a text of digits and slashes is, in dots. */
export function textWidth(text: string): number {
  return text.length * ADVANCE - 1;
}

/** Draws a text of digits, slashes and spaces, `scale` pixels a dot. What else is in it leaves a gap. */
export function drawText(
  bitmap: Bitmap,
  text: string,
  { x, y, scale, colour }: { x: number; y: number; scale: number; colour: Rgb },
): void {
  [...text].forEach((character, place) => {
    [...GLYPHS[character] ?? ""].forEach((dot, i) => {
      if (dot === "0") return;
      const left = x + scale * (place * ADVANCE + i % WIDTH);
      bitmap.fill({ x: left, y: y + scale * Math.floor(i / WIDTH), width: scale, height: scale }, colour);
    });
  });
}
