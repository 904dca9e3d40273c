import { dirname } from "node:path";

// To begin an asynchronous operation takes Deno longer than to write a small file, which is in memory then. What changes a folder is
// asynchronous: it may have to wait for the file system's journal, which on a busy disk takes long.
/** Bytes that are written at once. */
const SMALL = 1 << 20;

/** Writes a new file and waits until its bytes are on the disk. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true });
  if (bytes.length > SMALL) await writeAll(file, bytes);
  else for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  await file.syncData();
}

export async function syncFile(path: string): Promise<void> {
  using file = await Deno.open(path, { read: true, write: true });
  await file.syncData();
}

/** A single write may take fewer. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Renames a file whose bytes are on the disk, over what is there, and waits for the name; makes missing folders below `root`. */
export async function renameDurably(path: string, target: string, root: string): Promise<void> {
  const folder = dirname(target);
  try {
    await Deno.rename(path, target);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await makeFolder(folder, root);
    await Deno.rename(path, target);
  }
  await syncFolder(folder);
}

/** Waits until the names of the folders that it makes are on the disk. */
async function makeFolder(folder: string, root: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (let made = folder; made.startsWith(root) && made !== root; made = dirname(made)) {
    await syncFolder(dirname(made));
  }
}

/** A rename outlives a power cut only once its folder is on the disk. Windows opens no folder, and writes names down by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using handle = Deno.openSync(folder, { read: true });
  await handle.sync();
}
