import { transferError } from "./transfer_error.ts";

const END = { signature: 0x06054b50, bytes: 22 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const MAX_COMMENT = 65_535;
const CHUNK = 1 << 16;

/**
 * The content of a gzipped file in a zip that lies on disk, unpacked from both, without reading the rest. Throws a TransferError where it is
 * no zip of this form or has no such file.
 */
export async function openMember(
  file: Deno.FsFile,
  path: string,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { size } = await file.stat();
  const tail = await readAt(
    file,
    Math.max(0, size - MAX_COMMENT - END.bytes),
    Math.min(size, MAX_COMMENT + END.bytes),
  );
  let end = tail.byteLength - END.bytes;
  while (end >= 0 && tail.getUint32(end, true) !== END.signature) end--;
  if (end < 0) throw transferError("permanent", (t) => t.noZip);
  const directory = await readAt(file, tail.getUint32(end + 16, true), tail.getUint32(end + 12, true));
  for (let at = 0; at + ENTRY.bytes <= directory.byteLength;) {
    if (directory.getUint32(at, true) !== ENTRY.signature) break;
    const lengths = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
    const name = new Uint8Array(directory.buffer, at + ENTRY.bytes, lengths[0]);
    if (new TextDecoder().decode(name) === path) {
      const [method, bytes] = [directory.getUint16(at + 10, true), directory.getUint32(at + 20, true)];
      const start = directory.getUint32(at + 42, true);
      const local = await readAt(file, start, LOCAL.bytes);
      if (local.getUint32(0, true) !== LOCAL.signature || method !== 0 && method !== 8) {
        throw transferError("permanent", (t) => t.memberForm(path));
      }
      const first = start + LOCAL.bytes + local.getUint16(26, true) + local.getUint16(28, true);
      const raw = streamOf(file, first, first + bytes);
      const packed = method === 8 ? raw.pipeThrough(new DecompressionStream("deflate-raw")) : raw;
      return packed.pipeThrough(new DecompressionStream("gzip"));
    }
    at += ENTRY.bytes + lengths.reduce((sum, length) => sum + length, 0);
  }
  throw transferError("permanent", (t) => t.noMember(path));
}

async function readAt(file: Deno.FsFile, start: number, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length);
  await file.seek(start, Deno.SeekMode.Start);
  for (let read = 0; read < length;) {
    const count = await file.read(bytes.subarray(read));
    if (count === null) throw transferError("permanent", (t) => t.cutZip);
    read += count;
  }
  return new DataView(bytes.buffer);
}

function streamOf(file: Deno.FsFile, from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = from;
  return new ReadableStream({
    async pull(controller) {
      const length = Math.min(CHUNK, to - at);
      if (length === 0) return controller.close();
      const { buffer } = await readAt(file, at, length);
      at += length;
      controller.enqueue(new Uint8Array(buffer as ArrayBuffer));
    },
  });
}
