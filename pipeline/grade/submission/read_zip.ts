import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import type { SubmissionProblem } from "../../../src/grade/submission.ts";
import { clashingPaths, type HandedIn, isLeftover, refusePath, type SubmissionLimits } from "./handed_in.ts";
import { listZip, type ZipEntry } from "./zip_directory.ts";

const MIB = 1024 * 1024;
const [STORED, DEFLATED] = [0, 8];
/** Packed bytes unpacked at once: a deflated byte gives 1032 at most, so that little is ever held beyond a file's size. */
const CHUNK = 4096;

/**
 * Unpacks a zip in memory. No entry is unpacked beyond the size that the zip gives it, and none that it should not have is unpacked at all.
 * @throws SyntaxError if it is no zip or has too many entries: then nothing of it can be believed
 */
export function readZip(bytes: Uint8Array, limits: SubmissionLimits): HandedIn {
  const entries = listZip(bytes, limits.entries);
  const files = new Map<string, Uint8Array>();
  const problems: SubmissionProblem[] = [];
  const clashes = clashingPaths(
    entries.filter(({ path, kind }) => kind !== "folder" && refusePath(path) === null).map(({ path }) =>
      path
    ),
  );
  const overlapping = findOverlaps(entries);
  let room = limits.totalBytes;
  for (const entry of entries) {
    const { path, kind, size } = entry;
    const refusal = refusePath(kind === "folder" ? path.replace(/\/$/, "") : path);
    if (refusal === null && (isLeftover(path) || kind === "folder")) continue;
    const problem = refusal ?? clashes.get(path) ?? refuseEntry(entry, limits) ??
      (overlapping.has(entry) ? "shares its bytes with another file" : null) ??
      (size > room ? `is too much: a submission has at most ${limits.totalBytes} bytes` : null);
    const content = problem === null ? unpack(bytes, entry) : problem;
    if (typeof content === "string") {
      problems.push({ file: path, message: content });
    } else {
      files.set(path, content);
      room -= size;
    }
  }
  return { files, problems };
}

/** Why an entry is not unpacked, or null. */
function refuseEntry(entry: ZipEntry, { fileBytes, ratio }: SubmissionLimits): string | null {
  const { kind, encrypted, method, packed, size, content } = entry;
  if (kind === "link") return "is a symbolic link; hand in the file itself";
  if (kind !== "file") return "is neither a file nor a folder";
  if (encrypted) return "is encrypted";
  if (method !== STORED && method !== DEFLATED) {
    return "must be stored or deflated, found another compression";
  }
  if (size > fileBytes) return `must be at most ${fileBytes} bytes, found ${size}`;
  if (size > MIB && size > ratio * packed) {
    return `must be at most ${ratio} times its packed size, found ${size} bytes from ${packed}`;
  }
  return content === null ? "is not where the zip says it is" : null;
}

/** Entries that share packed bytes with another: a few bytes can stand for many files so. */
function findOverlaps(entries: readonly ZipEntry[]): ReadonlySet<ZipEntry> {
  const overlapping = new Set<ZipEntry>();
  const located = entries.flatMap((entry) => entry.content === null ? [] : [{ entry, ...entry.content }]);
  located.sort((a, b) => a.start - b.start || a.end - b.end);
  for (let i = 1, reach = located[0]; i < located.length; i++) {
    const next = located[i];
    if (next.start < reach.end) overlapping.add(reach.entry).add(next.entry);
    if (next.end > reach.end) reach = next;
  }
  return overlapping;
}

/** The content of an entry, or why there is none. */
function unpack(bytes: Uint8Array, { content, method, size, crc32: sum }: ZipEntry): Uint8Array | string {
  const packed = bytes.subarray(content?.start, content?.end);
  const unpacked = method === STORED ? packed.slice() : inflate(packed, size);
  const damaged = unpacked === null || unpacked.length !== size || crc32(unpacked) !== sum;
  return damaged ? "is damaged: it is not what the zip says it is" : unpacked;
}

/** Null where it is no deflated data, or is of more than `size` bytes. */
function inflate(packed: Uint8Array, size: number): Uint8Array | null {
  const unpacked = new Uint8Array(size);
  let length = 0;
  const inflator = new Inflate((part) => {
    if (length + part.length <= size) unpacked.set(part, length);
    length += part.length;
  });
  try {
    for (let at = 0; at < packed.length && length <= size; at += CHUNK) {
      inflator.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
    }
  } catch {
    return null; // fflate's errors say nothing that helps
  }
  return length > size ? null : unpacked.subarray(0, length);
}
