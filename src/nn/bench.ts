import type { Dataset } from "../data/dataset.ts";
import { decodeDataset, encodeDataset } from "../data/dataset_codec.ts";
import { Checker } from "./range.ts";
import { Arena, MOST_BYTES, openMemory, wasmWorkspace, type Workspace } from "./memory.ts";

/** kernels.wasm compiled, or what makes a workspace of other kernels, such as the reference, over a memory. */
export type Engine = WebAssembly.Module | ((buffer: ArrayBufferLike) => Workspace);

/** Bytes of a memory: from start, a multiple of 64, to end. */
export interface Room {
  /** The first of them. */
  readonly start: number;
  /** The one after the last. */
  readonly end: number;
}

/** A data set in a workspace's memory, and room for networks that are trained or evaluated on it. */
export interface Bench {
  /** The memory and its kernels. */
  readonly workspace: Workspace;
  /** Its arrays are views of the memory: their `byteOffset`s are the kernels' pointers. */
  readonly dataset: Dataset;
  /** The bench's own bytes. */
  readonly room: Room;
}

/** How many rooms of so many bytes fit behind an encoded data set into the 4 GiB that WebAssembly can address. */
export function mostRooms(encoded: Uint8Array, bytes: number): number {
  const arena = new Arena(0);
  arena.allocate(encoded.length);
  const behind = arena.next;
  arena.allocate(bytes);
  return Math.max(0, Math.floor((MOST_BYTES - behind) / (arena.next - behind)));
}

/**
 * A memory that begins with an encoded data set, and as many rooms behind it as there are trainings at a time. Throws RangeError
 * where all that does not fit: see mostRooms().
 */
export function layOut(
  encoded: Uint8Array,
  { rooms, bytes }: { rooms: number; bytes: number },
): { memory: WebAssembly.Memory; rooms: Room[] } {
  const arena = new Arena(0);
  arena.allocate(encoded.length);
  const places = Array.from({ length: rooms }, () => ({ start: arena.allocate(bytes), end: arena.next }));
  if (arena.next > MOST_BYTES) {
    throw new RangeError(
      "Cannot lay out memory: a data set and the room for its networks must take at most 4 GiB together, " +
        `found ${inGiB(arena.next)} GiB`,
    );
  }
  const memory = openMemory(arena.next);
  new Uint8Array(memory.buffer).set(encoded);
  return { memory, rooms: places };
}

const check: Checker = new Checker("open a bench");

/** What the kernels are given they do not look at: a label or a column that is not there would be one of what lies behind. */
function checkRows(dataset: Dataset, part: "train" | "test"): void {
  const { features, classes, [part]: rows } = dataset;
  const { count, labels } = rows;
  const length = (name: string, found: number, expected: number) => {
    if (found !== expected) check.refuse(`${part}.${name}`, `${expected} numbers`, found);
  };
  length("labels", labels.length, count);
  const label = labels.find((label) => label >= classes);
  if (label !== undefined) check.refuse(`${part}.labels`, `below ${classes}`, label);
  if (rows.storage === "real") length("numbers", rows.numbers.length, count * features);
  if (rows.storage === "dense") length("pixels", rows.pixels.length, count * features);
  if (rows.storage !== "sparse") return;
  const { rowStarts, columns, values } = rows;
  length("rowStarts", rowStarts.length, count + 1);
  length("values", values.length, columns.length);
  if (
    rowStarts[0] !== 0 || rowStarts[count] !== columns.length ||
    rowStarts.some((start, i) => start > rowStarts[i + 1])
  ) {
    check.refuse(`${part}.rowStarts`, `ascending from 0 to ${columns.length}`, "others");
  }
  const column = columns.find((column) => column >= features);
  if (column !== undefined) check.refuse(`${part}.columns`, `below ${features}`, column);
}

/** Rounded up to a tenth, so that what is too much does not look like the most that there may be. */
export function inGiB(bytes: number): string {
  return (Math.ceil(bytes / 2 ** 30 * 10) / 10).toFixed(1);
}

export function joinBench(
  { kernels, memory, room }: { kernels: Engine; memory: WebAssembly.Memory; room: Room },
): Bench {
  const workspace = typeof kernels === "function" ? kernels(memory.buffer) : wasmWorkspace(kernels, memory);
  return { workspace, dataset: decodeDataset(memory.buffer), room };
}

/**
 * Copies a data set into a memory of its own, with `bytes` bytes of room behind it.
 *
 * @throws RangeError unless `bytes` is a whole number of 0 or more, both take at most 4 GiB together, and the data set's arrays are as long
 * as its counts say, with labels and columns that it has
 */
export function openBench(dataset: Dataset, { kernels, bytes }: { kernels: Engine; bytes: number }): Bench {
  check.number("bytes", bytes, { min: 0, integer: true });
  checkRows(dataset, "train");
  checkRows(dataset, "test");
  const { memory, rooms: [room] } = layOut(encodeDataset(dataset), { rooms: 1, bytes });
  return joinBench({ kernels, memory, room });
}
