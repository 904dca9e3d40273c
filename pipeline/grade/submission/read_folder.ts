import { join } from "node:path";
import type { Fault } from "../../../src/grade/fault.ts";
import type { SubmissionProblem } from "../../../src/grade/submission.ts";
import { clashingPaths, type HandedIn, isLeftover, refusePath, type SubmissionLimits } from "./handed_in.ts";

const MAX_DEPTH = 16;

/** Reads the files of a folder. Links are not followed, and devices and pipes not opened. */
export async function readFolder(folder: string, limits: SubmissionLimits): Promise<HandedIn> {
  const reader = new FolderReader(folder, limits);
  await reader.list("", 0);
  return await reader.read();
}

class FolderReader {
  readonly #folder: string;
  readonly #limits: SubmissionLimits;
  readonly #paths: string[] = [];
  readonly #problems: SubmissionProblem[] = [];
  #entries = 0;

  constructor(folder: string, limits: SubmissionLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  async list(inside: string, depth: number): Promise<void> {
    const entries = await Array.fromAsync(Deno.readDir(join(this.#folder, inside)));
    for (const { name, isDirectory, isFile, isSymlink } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
      const path = inside + name;
      if (isLeftover(name)) continue;
      if (++this.#entries > this.#limits.entries) {
        if (this.#entries === this.#limits.entries + 1) {
          this.#refuse(path, ["tooManyEntries", this.#limits.entries]);
        }
        continue;
      }
      const refusal = refusePath(path);
      if (refusal !== null) this.#refuse(path, refusal);
      else if (isSymlink) this.#refuse(path, ["symbolicLink"]);
      else if (isFile) this.#paths.push(path);
      else if (!isDirectory) this.#refuse(path, ["neitherFileNorFolder"]);
      else if (depth === MAX_DEPTH) this.#refuse(path, ["tooDeep", MAX_DEPTH]);
      else await this.#listInside(path, depth + 1);
    }
  }

  async #listInside(path: string, depth: number): Promise<void> {
    try {
      await this.list(`${path}/`, depth);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      this.#refuse(path, ["systemRefuses", String(error.code)]);
    }
  }

  async read(): Promise<HandedIn> {
    const files = new Map<string, Uint8Array>();
    const clashes = clashingPaths(this.#paths);
    let room = this.#limits.totalBytes;
    for (const path of this.#paths) {
      const clash = clashes.get(path);
      if (clash !== undefined) {
        this.#refuse(path, clash);
        continue;
      }
      const bytes = await this.#readFile(path, room);
      if (bytes === null) continue;
      files.set(path, bytes);
      room -= bytes.length;
    }
    return { files, problems: this.#problems };
  }

  async #readFile(path: string, room: number): Promise<Uint8Array | null> {
    const { fileBytes, totalBytes } = this.#limits;
    const full = join(this.#folder, path);
    try {
      const listed = await Deno.lstat(full);
      using file = await Deno.open(full);
      const opened = await file.stat();
      // Somebody may have put a link in its place since it was listed.
      if (!listed.isFile || opened.ino !== listed.ino || opened.dev !== listed.dev) {
        return this.#refuse(path, ["replaced"]);
      }
      if (opened.size > fileBytes) {
        return this.#refuse(path, ["tooLarge", fileBytes, opened.size]);
      }
      if (opened.size > room) {
        return this.#refuse(path, ["noRoom", totalBytes]);
      }
      const bytes = new Uint8Array(opened.size);
      let length = 0;
      while (length < bytes.length) {
        const count = await file.read(bytes.subarray(length));
        if (count === null) break;
        length += count;
      }
      return bytes.subarray(0, length);
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error)) throw error;
      return this.#refuse(path, ["systemRefuses", String(error.code)]);
    }
  }

  #refuse(file: string, fault: Fault): null {
    this.#problems.push({ file, fault });
    return null;
  }
}
