import type { Bitmap, Rgb } from "./bitmap.ts";

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
