import { createHash } from "node:crypto";
import type { Store } from "../../store/store.ts";
import { writeAll } from "../../store/durable_write.ts";
import { guardStore } from "../../store/store_failure.ts";
import { TransferError } from "./transfer_error.ts";

const CHUNK = 1 << 16;

/** Adopts a file's content, gunzipped in chunks. Throws a TransferError of kind `content` if its hash is not `sha256` or the gzip is cut. */
export async function unpack(
  file: Deno.FsFile,
  { store, sha256, signal }: { store: Store; sha256: string; signal: AbortSignal },
): Promise<void> {
  const temporary = await store.createTemporary();
  try {
    const found = await writeContent(await openContent(file), { path: temporary, root: store.root, signal });
    if (found !== sha256) {
      throw new TransferError("content", `its content must have SHA-256 ${sha256}, found ${found}`);
    }
    await store.adoptFile(temporary, sha256);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
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

/** Returns the SHA-256 of what it wrote to a new file. */
async function writeContent(
  content: ReadableStream<Uint8Array>,
  { path, root, signal }: { path: string; root: string; signal: AbortSignal },
): Promise<string> {
  const hash = createHash("sha256");
  const target = { action: "write to", root };
  using file = await guardStore(target, () => Deno.open(path, { write: true, createNew: true }));
  const reader = content.getReader();
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read().catch((cause) => {
        const reason = cause instanceof TypeError ? "its gzip data is cut or damaged" : String(cause);
        throw new TransferError("content", reason, { cause });
      });
      if (done) return hash.digest("hex");
      hash.update(value);
      await guardStore(target, () => writeAll(file, value));
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
