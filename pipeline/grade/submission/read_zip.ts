import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import type { Fault } from "../../../src/grade/fault.ts";
import type { SubmissionProblem } from "../../../src/grade/submission.ts";
import { clashingPaths, type HandedIn, isLeftover, refusePath, type SubmissionLimits } from "./handed_in.ts";
import { listZip, type ZipEntry } from "./zip_directory.ts";

const MIB = 1024 * 1024;
const [STORED, DEFLATED] = [0, 8];
/** Packed bytes unpacked at once: a deflated byte gives 1032 at most, so that little is ever held beyond a file's size. */
const CHUNK = 4096;

/**
 * Unpacks a zip in memory. No entry is unpacked beyond the size that the zip gives it, and none that it should not have is unpacked at all.
 * @throws FaultError if it is no zip or has too many entries: then nothing of it can be believed
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
    const fault = refusal ?? clashes.get(path) ?? refuseEntry(entry, limits) ??
      (overlapping.has(entry) ? ["sharesBytes"] as const : null) ??
      (size > room ? ["noRoom", limits.totalBytes] as const : null);
    const content = fault === null ? unpack(bytes, entry) : null;
    if (content === null) {
      problems.push({ file: path, fault: fault ?? ["damaged"] });
    } else {
      files.set(path, content);
      room -= size;
    }
  }
  return { files, problems };
}

/** Why an entry is not unpacked, or null. */
function refuseEntry(entry: ZipEntry, { fileBytes, ratio }: SubmissionLimits): Fault | null {
  const { kind, encrypted, method, packed, size, content } = entry;
  if (kind === "link") return ["symbolicLink"];
  if (kind !== "file") return ["neitherFileNorFolder"];
  if (encrypted) return ["encrypted"];
  if (method !== STORED && method !== DEFLATED) return ["otherCompression"];
  if (size > fileBytes) return ["tooLarge", fileBytes, size];
  if (size > MIB && size > ratio * packed) return ["ratio", ratio, { size, packed }];
  return content === null ? ["misplaced"] : null;
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

/** The content of an entry; null where it is damaged. */
function unpack(bytes: Uint8Array, { content, method, size, crc32: sum }: ZipEntry): Uint8Array | null {
  const packed = bytes.subarray(content?.start, content?.end);
  const unpacked = method === STORED ? packed.slice() : inflate(packed, size);
  const damaged = unpacked === null || unpacked.length !== size || crc32(unpacked) !== sum;
  return damaged ? null : unpacked;
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
