import type { JournalLine } from "../results/journal.ts";

const LINE_END = 10;
/** More is read in the next look, so that no journal keeps the server from its other work. */
const BLOCK = 1 << 20;
/** So much of a journal's beginning tells it from another one: its first line begins with the time of its sweep. */
const HEAD = 256;
/** No line of a sweep is longer: what is, is passed over. */
const MAX_LINE = 1 << 24;

/** What has come into a journal since the last look. */
export interface TailNews {
  /** Whether this is another file than at the last look, or its first: what was known of the former one no longer holds. */
  readonly fresh: boolean;
  readonly lines: readonly JournalLine[];
  /** Whether there is more to read at once. */
  readonly more: boolean;
}

/** Reads a journal on as it grows: whole lines, each once. Of a line that is no JSON of an event it reads nothing. */
export class JournalTail {
  readonly #path: string;
  /** Which file it is, and how many of its bytes were read as lines. */
  #file: { readonly dev: number; readonly ino: number | null } | null = null;
  #offset = 0;
  /** What it began with, as far as it was read: a file system gives a number that was freed to the next file. */
  #head: Uint8Array = new Uint8Array(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** By what is known of the journal: two looks that found the same have the same. */
  get position(): string {
    return `${this.#file?.ino ?? 0}:${this.#offset}`;
  }

  /** Forgets the file: there is none, and whatever comes is another one. */
  forget(): void {
    this.#file = null;
    this.#offset = 0;
  }

  /** Throws what the system says where the file cannot be read, NotFound where it is gone. */
  read(): TailNews {
    using file = Deno.openSync(this.#path);
    const { dev, ino, size } = file.statSync();
    const fresh = this.#file === null || this.#file.ino !== ino || this.#file.dev !== dev ||
      size < this.#offset || !isSame(readBlock(file, 0, this.#head.length), this.#head);
    if (fresh) this.#offset = 0;
    this.#file = { dev, ino };
    const news = this.#readLines(file, { size, fresh });
    this.#head = readBlock(file, 0, Math.min(HEAD, this.#offset));
    return news;
  }

  #readLines(file: Deno.FsFile, { size, fresh }: { size: number; fresh: boolean }): TailNews {
    if (size === this.#offset) return { fresh, lines: [], more: false };
    const block = readBlock(file, this.#offset, Math.min(size - this.#offset, BLOCK));
    const end = block.lastIndexOf(LINE_END) + 1;
    if (end > 0) {
      this.#offset += end;
      return {
        fresh,
        lines: parseLines(block.subarray(0, end)),
        more: this.#offset < size && block.length === BLOCK,
      };
    }
    return { fresh, ...this.#readLongLine(file, size) };
  }

  /** A line that is longer than a block, as the first one of a large experiment; nothing while it is not whole. */
  #readLongLine(file: Deno.FsFile, size: number): Omit<TailNews, "fresh"> {
    const bytes = readBlock(file, this.#offset, Math.min(size - this.#offset, MAX_LINE));
    const end = bytes.indexOf(LINE_END) + 1;
    if (end > 0) {
      this.#offset += end;
      return { lines: parseLines(bytes.subarray(0, end)), more: this.#offset < size };
    }
    if (bytes.length === MAX_LINE) this.#offset += MAX_LINE;
    return { lines: [], more: false };
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function readBlock(file: Deno.FsFile, from: number, length: number): Uint8Array {
  const block = new Uint8Array(length);
  file.seekSync(from, Deno.SeekMode.Start);
  let filled = 0;
  while (filled < length) {
    const read = file.readSync(block.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return block.subarray(0, filled);
}

function parseLines(bytes: Uint8Array): JournalLine[] {
  const lines: JournalLine[] = [];
  for (const text of new TextDecoder().decode(bytes).split("\n")) {
    if (text === "") continue;
    const line = parseLine(text);
    if (line !== null) lines.push(line);
  }
  return lines;
}

/** A journal is a file that anybody may have written: of a line only its type and time are known to be there. */
function parseLine(text: string): JournalLine | null {
  try {
    const line = JSON.parse(text);
    return typeof line?.type === "string" && Number.isFinite(line.at) ? line : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
