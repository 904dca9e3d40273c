import { decode, encode } from "fast-png";

const COLOURS = 256;
/** The sum over red, green and blue by which colours must differ for each to have a place. */
const APART = 9;

/** A screenshot with 256 colours, the most frequent that differ: a page has few but for the edges of its letters. Half as large. */
export function palettePng(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let i = 0; i < pixels.length; i++) {
    const at = i * channels;
    pixels[i] = data[at] << 16 | data[at + 1] << 8 | data[at + 2];
    counts.set(pixels[i], (counts.get(pixels[i]) ?? 0) + 1);
  }
  const palette: number[] = [];
  for (const [colour] of [...counts].sort(([, a], [, b]) => b - a)) {
    if (palette.length === COLOURS) break;
    if (palette.every((other) => distance(colour, other) >= APART)) palette.push(colour);
  }
  const nearest = new Map<number, number>();
  for (const colour of counts.keys()) {
    let best = 0;
    for (let i = 1; i < palette.length; i++) {
      if (distance(colour, palette[i]) < distance(colour, palette[best])) best = i;
    }
    nearest.set(colour, best);
  }
  const indices = Uint8Array.from(pixels, (colour) => nearest.get(colour) ?? 0);
  return new Uint8Array(
    encode({ width, height, data: indices, channels: 1, depth: 8, palette: palette.map(rgb) }),
  );
}

function rgb(colour: number): [number, number, number] {
  return [colour >> 16, colour >> 8 & 255, colour & 255];
}

function distance(a: number, b: number): number {
  return Math.abs((a >> 16) - (b >> 16)) + Math.abs((a >> 8 & 255) - (b >> 8 & 255)) +
    Math.abs((a & 255) - (b & 255));
}
