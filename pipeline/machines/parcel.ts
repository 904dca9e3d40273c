import { hashBytes } from "../store/hash.ts";
import { firstIssue } from "../system/first_issue.ts";
import { type Header, headerSchema, type Part } from "./schemas.ts";

// A message of a header in JSON and bytes: the header's length in 4 bytes, little endian, the header, and the parts that are inline.

/** What the parts of one message may take together; larger ones travel as objects. A server takes 1 MiB by default. */
const MAX_INLINE = 256 * 1024;
const MAX_HEADER = 64 * 1024;

type Blobs = Readonly<Record<string, Uint8Array>>;

/** Which parts go along, the small ones first, and which as objects. */
export function planParts<Named extends Blobs>(blobs: Named): { [Name in keyof Named]: Part } {
  const bySize = Object.entries(blobs).sort(([, a], [, b]) => a.length - b.length);
  let room = MAX_INLINE;
  const parts = bySize.map(([name, blob]) => {
    const { length: bytes } = blob;
    room -= bytes;
    return [name, { sha256: hashBytes(blob), bytes, inline: room >= 0 }];
  });
  return Object.fromEntries(parts);
}

export function encodeParcel(header: Header, blobs: Blobs = {}): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const inline = partsOf(header).filter(([, part]) => part.inline).map(([name]) => blobs[name]);
  const size = inline.reduce((sum, { length }) => sum + length, 4 + json.length);
  const message = new Uint8Array(size);
  new DataView(message.buffer).setUint32(0, json.length, true);
  message.set(json, 4);
  let at = 4 + json.length;
  for (const bytes of inline) {
    message.set(bytes, at);
    at += bytes.length;
  }
  return message;
}

/** The header and the parts that came along, each of the hash that it must have. Throws an Error that says what is wrong with the message. */
export function decodeParcel(
  message: Uint8Array,
): { header: Header; inline: Map<string, Uint8Array<ArrayBuffer>> } {
  const length = message.length < 4
    ? 0
    : new DataView(message.buffer, message.byteOffset, message.length).getUint32(0, true);
  if (length === 0 || length > MAX_HEADER || 4 + length > message.length) {
    throw new RangeError(`its header must be of 1 to ${MAX_HEADER} bytes, found ${length}`);
  }
  const json: unknown = JSON.parse(new TextDecoder().decode(message.subarray(4, 4 + length)));
  const { error, data: header } = headerSchema.safeParse(json);
  if (error !== undefined) throw new SyntaxError(`in its header ${firstIssue(error)}`);
  const inline = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = 4 + length;
  for (const [name, part] of partsOf(header)) {
    if (!part.inline) continue;
    // A copy: the message's own buffer is the connection's.
    const bytes = new Uint8Array(message.subarray(at, at + part.bytes));
    at += part.bytes;
    inline.set(name, checkPart(bytes, { name, part }));
  }
  if (at !== message.length) throw new RangeError(`it must have ${at} bytes, found ${message.length}`);
  return { header, inline };
}

export function checkPart<Bytes extends Uint8Array>(
  bytes: Bytes,
  { name, part }: { name: string; part: Part },
): Bytes {
  const found = hashBytes(bytes);
  if (found === part.sha256) return bytes;
  throw new RangeError(`the SHA-256 of its ${name} must be ${part.sha256}, found ${found}`);
}

/** In the order of their names, which is that of their bytes. */
export function partsOf(header: Header): [string, Part][] {
  if (header.kind === "failed") return [];
  const parts = Object.entries(header.parts).sort(([a], [b]) => a < b ? -1 : 1);
  return parts.flatMap(([name, part]) => part === undefined ? [] : [[name, part]]);
}
