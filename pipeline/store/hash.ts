import { createHash } from "node:crypto";
import { refuseIrregular } from "../system/files.ts";

const CHUNK = 1 << 20;

/** SHA-256 of the bytes, in hex; synchronous, and seven times as fast as `crypto.subtle` in Deno 2.9. */
export function hashBytes(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** SHA-256, in hex, of a file's content, held a mebibyte at a time. Throws a UserError where it is no regular file. */
export async function hashFile(path: string): Promise<string> {
  refuseIrregular(path);
  using file = await Deno.open(path, { read: true });
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK);
  for (let count = await file.read(buffer); count !== null; count = await file.read(buffer)) {
    hash.update(buffer.subarray(0, count));
  }
  return hash.digest("hex");
}
