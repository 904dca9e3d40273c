import { unzipSync, zipSync } from "fflate";
import { NpyError } from "./npy_error.ts";
import { type NpyArray, readNpy, writeNpy } from "./npy.ts";

/** The earliest time a zip can hold, local as zip times are, so that the bytes are the same in every time zone. */
const EPOCH = new Date(1980, 0, 1, 12);
const NAME = /^[A-Za-z]\w{0,63}$/;

/**
 * Writes named arrays as an `.npz`, which `numpy.load` opens. Same arrays, same bytes.
 * @param arrays by name, in the order they are to stand in the file; a name is a letter, then letters, digits or `_`
 * @param options.deflate which of them are compressed, as `numpy.savez_compressed` does it with all; default none
 * @throws RangeError for a name or dimension, TypeError for data that do not fill their shape
 */
export function writeNpz(
  arrays: Readonly<Record<string, NpyArray>>,
  { deflate = [] }: { deflate?: readonly string[] } = {},
): Uint8Array<ArrayBuffer> {
  const files: Record<string, [Uint8Array, { level: 0 | 6 }]> = {};
  for (const [name, array] of Object.entries(arrays)) {
    if (!NAME.test(name)) {
      throw new RangeError(
        `Cannot write an .npz: an array's name must be a letter, then letters, digits or _, found ${name}`,
      );
    }
    files[`${name}.npy`] = [writeNpy(array), { level: deflate.includes(name) ? 6 : 0 }];
  }
  return zipSync(files, { mtime: EPOCH });
}

/** Bounds on what `readNpz` unpacks, whatever the zip claims. */
export interface NpzLimits {
  /** Default 64. */
  readonly arrays?: number;
  /** Sum over the arrays, unpacked, headers included. Default 256 MiB. */
  readonly bytes?: number;
  /** Whether each array is held against the checksum that the zip has of it: of files whose bytes nobody has looked at. */
  readonly checksums?: boolean;
}

/**
 * Reads an `.npz` of plain arrays, stored or deflated, as `numpy.savez` and `numpy.savez_compressed` write them. Refuses
 * pickled objects, folders, doubled names and anything beyond the limits, before it unpacks them.
 * @throws NpyError that says which array is not as it must be
 */
export function readNpz(bytes: Uint8Array, limits: NpzLimits = {}): Record<string, NpyArray> {
  const arrays: Record<string, NpyArray> = {};
  for (const [file, content] of Object.entries(unzip(bytes, limits))) {
    const name = file.slice(0, -".npy".length);
    try {
      arrays[name] = readNpy(content);
    } catch (error) {
      throw error instanceof NpyError ? new NpyError(error.problem, name) : error;
    }
  }
  return arrays;
}

/** The names of an `.npz`'s arrays, none of which is unpacked. @throws NpyError where it is no zip of arrays */
export function npzNames(bytes: Uint8Array, limits: NpzLimits = {}): Set<string> {
  const names = new Set<string>();
  unzip(bytes, limits, (file) => {
    names.add(file.slice(0, -".npy".length));
    return false;
  });
  return names;
}

/** The files whose names are `wanted`. */
function unzip(
  bytes: Uint8Array,
  limits: NpzLimits,
  wanted: (file: string) => boolean = () => true,
): Record<string, Uint8Array> {
  const maxArrays = limits.arrays ?? 64;
  const maxBytes = limits.bytes ?? 256 * 1024 * 1024;
  const seen = new Set<string>();
  let total = 0;
  const check = (entry: { name: string; size: number; originalSize: number }) => {
    if (!entry.name.endsWith(".npy") || !NAME.test(entry.name.slice(0, -".npy".length))) {
      throw new NpyError({ kind: "entry_name", found: entry.name });
    }
    if (seen.has(entry.name)) throw new NpyError({ kind: "entry_twice", found: entry.name });
    seen.add(entry.name);
    if (seen.size > maxArrays) throw new NpyError({ kind: "arrays", most: maxArrays });
    total += Math.max(entry.size, entry.originalSize);
    if (total > maxBytes) throw new NpyError({ kind: "bytes", most: maxBytes, found: total });
    return wanted(entry.name);
  };
  try {
    const files = unzipSync(bytes, { filter: check });
    if (limits.checksums === true) checkSums(files, bytes);
    return files;
  } catch (error) {
    if (error instanceof NpyError) throw error;
    throw new NpyError({ kind: "no_zip", reason: error instanceof Error ? error.message : String(error) });
  }
}

/** Throws where a file's bytes are not those that were packed, which unzipSync() does not look at. */
function checkSums(files: Readonly<Record<string, Uint8Array>>, zip: Uint8Array): void {
  const sums = packedSums(zip);
  for (const [name, content] of Object.entries(files)) {
    if (sums.get(name) !== crc32(content)) {
      throw new Error(`the checksum of ${name} is another: it is damaged`);
    }
  }
}

/** The checksums that a zip's directory has of its files (APPNOTE.TXT 4.3.12 and 4.3.16). */
function packedSums(zip: Uint8Array): Map<string, number> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--; // unzipSync() has found it
  const sums = new Map<string, number>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const text = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + name));
    sums.set(text, view.getUint32(at + 16, true));
    at += 46 + name + extra + comment;
  }
  return sums;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ value >>> 1 : value >>> 1;
  return value;
});

/** CRC-32 as zip has it (ISO 3309). */
function crc32(bytes: Uint8Array): number {
  let sum = -1;
  for (let i = 0; i < bytes.length; i++) sum = CRC_TABLE[(sum ^ bytes[i]) & 255] ^ sum >>> 8;
  return ~sum >>> 0;
}
