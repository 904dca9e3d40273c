import { createHash } from "node:crypto";
import type { Store } from "../../store/store.ts";
import { syncFile, writeAll } from "../../store/durable_write.ts";
import { guardStore } from "../../store/store_failure.ts";
import type { StoredOutput } from "../step.ts";
import { TransferError, transferError } from "./transfer_error.ts";

const CHUNK = 1 << 16;

/** What is no IDX file, and no more than this, may be told by its hash: an error page, or another format. */
const MAX_OTHER = 1 << 26;
/** After so many bytes they are on their way to the disk, while more are unpacked. */
const SYNC_BYTES = 1 << 23;
/** So much of a file is held in memory until it is preprocessed: MNIST is 47 MB. */
const MAX_HELD = 1 << 27;
/** Of an IDX file: more would not fit into the memory that trainings share. */
const MAX_IDX = 2 ** 31;

interface Wanted {
  /** Null where `packed` says what is wanted. */
  readonly sha256: string | null;
  readonly packed?: { readonly md5: string; readonly members?: Readonly<Record<string, string>> };
  /** Uncompressed; null where that is not known before. */
  readonly bytes: number | null;
  /** The most that such a file may have; left out, as of an IDX file. */
  readonly most?: number;
}

/** The most that a server may send for a file, gzipped or not. gzip adds 5 bytes to each block of 64 KiB that it cannot compress. */
export function maxTransfer({ bytes, most = MAX_IDX }: Wanted): number {
  return bytes === null ? most : bytes + Math.ceil(bytes / 1000) + 1024;
}

/** What was adopted: a file, or of an archive each member, by its name. */
export type Unpacked =
  | { readonly file: StoredOutput }
  | { readonly members: Readonly<Record<string, StoredOutput>> };

/**
 * Adopts a file's content, gunzipped in chunks, or that of an archive's members. Throws a TransferError: `content` if its hash is not the wanted one or the gzip is cut,
 * `permanent` if it is something else altogether, of which no more is unpacked than the file would have.
 */
export async function unpack(
  file: Deno.FsFile,
  { store, wanted, signal }: { store: Store; wanted: Wanted; signal: AbortSignal },
): Promise<Unpacked> {
  const { packed } = wanted;
  if (packed !== undefined) {
    const found = await hashPacked(file);
    if (found !== packed.md5) {
      throw transferError("content", (t) => t.otherPacked(packed.md5, found));
    }
  }
  if (packed?.members !== undefined) {
    const { openMember } = await import("./zip_member.ts");
    const members: [string, StoredOutput][] = [];
    for (const [name, path] of Object.entries(packed.members)) {
      members.push([name, await adopt(await openMember(file, path), { store, wanted, signal })]);
    }
    return { members: Object.fromEntries(members) };
  }
  return { file: await adopt(await openContent(file), { store, wanted, signal }) };
}

async function hashPacked(file: Deno.FsFile): Promise<string> {
  const hash = createHash("md5");
  await file.seek(0, Deno.SeekMode.Start);
  for (const buffer = new Uint8Array(CHUNK);;) {
    const count = await file.read(buffer);
    if (count === null) return hash.digest("hex");
    hash.update(buffer.subarray(0, count));
  }
}

async function adopt(
  content: ReadableStream<Uint8Array>,
  { store, wanted, signal }: { store: Store; wanted: Wanted; signal: AbortSignal },
): Promise<StoredOutput> {
  const { sha256 } = wanted;
  const temporary = await store.createTemporary();
  try {
    const written = await writeContent(content, { path: temporary, store, wanted, signal });
    if (sha256 !== null && written.sha256 !== sha256) throw otherContent(wanted, written.sha256);
    await store.adoptFile(temporary, written.sha256);
    return written;
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

/** SHA-256 of what unpack() would adopt. Throws a TransferError where the gzip is cut or damaged. */
export async function hashContent(file: Deno.FsFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readChunks(await openContent(file))) hash.update(chunk);
  return hash.digest("hex");
}

/** The file's content from its beginning, decompressed if its first bytes are gzip's. */
async function openContent(file: Deno.FsFile): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const magic = new Uint8Array(2);
  await file.seek(0, Deno.SeekMode.Start);
  await file.read(magic);
  await file.seek(0, Deno.SeekMode.Start);
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const buffer = new Uint8Array(CHUNK);
      const count = await file.read(buffer);
      if (count === null) controller.close();
      else controller.enqueue(buffer.subarray(0, count));
    },
  });
  return magic[0] === 0x1f && magic[1] === 0x8b
    ? stream.pipeThrough(new DecompressionStream("gzip"))
    : stream;
}

export function otherContent({ sha256 }: Wanted, found: string): TransferError {
  return transferError("content", (t) => t.otherContent(sha256, found));
}

/** Throws where a file begins as the page of a server that has it no more, or wants to know who asks. */
export function refuseHtml(head: Uint8Array): void {
  const text = new TextDecoder().decode(head.subarray(0, 1024));
  if (!/^(?:<\?xml[^>]*>|<!--[^]*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b/i.test(text)) return;
  throw transferError("permanent", (t) => t.html);
}

/** The most bytes that content with this beginning may have; `exact` where it has as many. */
function maxContent(head: Uint8Array, { bytes, most }: Wanted): { most: number; exact: boolean } {
  if (bytes !== null) return { most: bytes, exact: true };
  if (most !== undefined) return { most, exact: false };
  const dimensions = head.length < 4 || head[0] !== 0 || head[1] !== 0 || head[2] !== 8 ? 0 : head[3];
  if (dimensions === 0 || head.length < 4 + 4 * dimensions) return { most: MAX_OTHER, exact: false };
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let length = 1;
  for (let i = 0; i < dimensions; i++) length *= view.getUint32(4 + 4 * i);
  return { most: Math.min(MAX_IDX, length + 4 + 4 * dimensions), exact: true };
}

/** Writes a new file. Gives what it wrote, unless that may be more than is held. */
async function writeContent(
  content: ReadableStream<Uint8Array>,
  { path, store, wanted, signal }: { path: string; store: Store; wanted: Wanted; signal: AbortSignal },
): Promise<StoredOutput> {
  const hash = createHash("sha256");
  const target = { action: "write to", store } as const;
  using file = await guardStore(target, () => Deno.open(path, { write: true, createNew: true }));
  let size = 0;
  let synced = 0, syncing = Promise.resolve();
  let limit: ReturnType<typeof maxContent> | undefined;
  let held: Uint8Array<ArrayBuffer> | undefined;
  for await (const value of readChunks(content)) {
    signal.throwIfAborted();
    if (limit === undefined) refuseHtml(value);
    if (limit === undefined) {
      limit = maxContent(value, wanted);
      if (limit.exact && limit.most <= MAX_HELD) held = new Uint8Array(limit.most);
    }
    const { most } = limit;
    if (size + value.length > most) throw transferError("permanent", (t) => t.longContent(most));
    held?.set(value, size);
    size += value.length;
    hash.update(value);
    await guardStore(target, () => writeAll(file, value));
    if (size >= synced + SYNC_BYTES) {
      synced = size;
      syncing = syncing.then(() => syncFile(path));
      syncing.catch(() => {});
    }
  }
  await guardStore(target, () => syncing);
  signal.throwIfAborted();
  return { sha256: hash.digest("hex"), bytes: held?.length === size ? held : undefined };
}

/** What a stream gives; what is wrong with its gzip is a TransferError. */
async function* readChunks(content: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = content.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause) => {
        throw cause instanceof TypeError
          ? transferError("content", (t) => t.gzip, { cause })
          : new TransferError("content", String(cause), { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
