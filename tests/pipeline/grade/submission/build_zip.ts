import { crc32 } from "node:zlib";
import { deflateSync } from "fflate";

/** An entry of a zip; what the zip says of it is true unless it is given here. */
export interface EntrySpec {
  readonly path: string;
  /** The bytes of its name, where they are not UTF-8. */
  readonly name?: Uint8Array;
  /** The system that it says it was made on: 0 DOS, 3 Unix (the default). */
  readonly host?: number;
  readonly content?: string | Uint8Array;
  /** 0 stored, 8 deflated (the default). */
  readonly method?: number;
  /** Unix mode, with the file's type. */
  readonly mode?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly packed?: number;
  readonly sum?: number;
  /** Where the directory says that the entry begins. */
  readonly offset?: number;
  /** The name in the entry's own header. */
  readonly localPath?: string;
}

/** Bytes of an entry's own header before its name. */
export const LOCAL_HEADER = 30;

/** Writes a zip, hostile where the specs are. */
export function buildZip(specs: readonly EntrySpec[]): Uint8Array {
  const bytes: number[] = [];
  const directory: number[] = [];
  for (const spec of specs) {
    const { path, content = "", method = 8, mode = 0o100644, flags = 0, localPath = path } = spec;
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const stored = method === 8 ? deflateSync(data) : data;
    const { size = data.length, packed = stored.length, sum = crc32(data), offset = bytes.length } = spec;
    const { name = new TextEncoder().encode(path), host = 3 } = spec;
    const localName = localPath === path ? name : new TextEncoder().encode(localPath);
    const fields = [...u16(flags), ...u16(method), ...u32(0), ...u32(sum), ...u32(packed), ...u32(size)];
    bytes.push(...u32(0x04034b50), ...u16(20), ...fields, ...u16(localName.length), ...u16(0));
    bytes.push(...localName);
    for (const byte of stored) bytes.push(byte);
    directory.push(...u32(0x02014b50), 20, host, ...u16(20), ...fields, ...u16(name.length));
    directory.push(...u16(0), ...u16(0), ...u16(0), ...u16(0), ...u32(mode << 16), ...u32(offset), ...name);
  }
  const start = bytes.length;
  const count = u16(specs.length);
  const end = [
    ...u32(0x06054b50),
    ...u32(0),
    ...count,
    ...count,
    ...u32(directory.length),
    ...u32(start),
    ...u16(0),
  ];
  return Uint8Array.from([...bytes, ...directory, ...end]);
}

function u16(value: number): number[] {
  return [value & 255, value >>> 8 & 255];
}

function u32(value: number): number[] {
  return [...u16(value), ...u16(value >>> 16)];
}
