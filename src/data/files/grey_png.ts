import { decode, type DecodedPng } from "fast-png";
import type { Picture } from "../drawing.ts";
import { DataFileError } from "../data_file_error.ts";

/** The most pixels of a side. */
const MAX_SIDE = 4096;
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * The grey picture of a PNG, 0 black and 255 white. Colours of 8 bits become grey as Pillow's `convert("L")` does it:
 * (19595 R + 38470 G + 7471 B + 32768) >> 16; of 16 bits a value the upper 8 are taken, where Pillow cuts
 * grey ones off at 255. Throws a DataFileError where it is no PNG, is larger
 * than 4096 x 4096 or has pixels that one can see through.
 */
export function decodeGreyPng(bytes: Uint8Array): Picture {
  if (bytes.length < 33 || SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new DataFileError("picture", {
      en: "it must be a PNG, found other bytes",
      ja: "PNG ではありません",
    });
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [columns, rows] = [header.getUint32(16), header.getUint32(20)];
  if (rows < 1 || columns < 1 || rows > MAX_SIDE || columns > MAX_SIDE) {
    throw new DataFileError("picture", {
      en: `it must have 1 to ${MAX_SIDE} pixels each way, found ${rows} x ${columns}`,
      ja: `高さと幅は 1〜${MAX_SIDE} 画素でなければなりませんが、${rows} x ${columns} です`,
    });
  }
  let png: DecodedPng;
  try {
    // Its reader takes a whole buffer.
    png = decode(bytes.slice(), { checkCrc: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DataFileError("picture", {
      en: `it must be a whole PNG, found a damaged one (${reason})`,
      ja: `PNG が壊れています（${reason}）`,
    }, { cause });
  }
  return { rows, columns, pixels: greysOf(png) };
}

function greysOf(png: DecodedPng): Uint8Array {
  const { width, height, channels, palette, transparency } = png;
  const size = width * height;
  const greys = new Uint8Array(size);
  if (transparency !== undefined && transparency.length > 0) throw seenThrough();
  const values = valuesOf(png);
  if (palette !== undefined) {
    for (let i = 0; i < size; i++) {
      const colour = palette[values[i]];
      if (colour === undefined) {
        throw new DataFileError("picture", {
          en: "its palette must have all its colours",
          ja: "パレットにない色が使われています",
        });
      }
      const [red, green, blue] = colour;
      const alpha = colour.length > 3 ? (colour as readonly number[])[3] & 255 : 255;
      if (alpha !== 255) throw seenThrough();
      greys[i] = luma(red, green, blue);
    }
    return greys;
  }
  const alphaAt = channels === 2 || channels === 4 ? channels - 1 : null;
  for (let i = 0; i < size; i++) {
    const at = i * channels;
    if (alphaAt !== null && values[at + alphaAt] !== 255) throw seenThrough();
    greys[i] = channels < 3 ? values[at] : luma(values[at], values[at + 1], values[at + 2]);
  }
  return greys;
}

/** Values of 8 bits, or of a palette the colours' numbers. */
function valuesOf({ width, height, channels, data, depth, palette }: DecodedPng): ArrayLike<number> {
  if (depth === 8) return data;
  if (depth === 16) return Uint8Array.from(data, (value) => value >> 8);
  // Several pixels a byte, each row from a byte of its own.
  const values = new Uint8Array(width * height * channels);
  const perRow = Math.ceil(width * depth / 8);
  const most = (1 << depth) - 1;
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const bit = column * depth;
      const value = (data[row * perRow + (bit >> 3)] >> (8 - depth - (bit & 7))) & most;
      values[i] = palette === undefined ? value * 255 / most : value;
    }
  }
  return values;
}

function luma(red: number, green: number, blue: number): number {
  return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
}

function seenThrough(): DataFileError {
  return new DataFileError("picture", {
    en: "it must be opaque, found pixels that one can see through; save it without transparency",
    ja: "透明な画素があってはなりません。透明度なしで保存してください",
  });
}
