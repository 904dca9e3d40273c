import type { Arena, Workspace } from "../../src/nn/memory.ts";
import type { Rows } from "../../src/data/dataset.ts";
import { RandomNumbers } from "./random_numbers.ts";

/** Labelled rows of pixels, one after another. */
export interface Images {
  readonly features: number;
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** Images of random pixels and labels, of which the first show every class. */
export function randomImages(
  { count, features, classes, density = 0.4, seed }: {
    count: number;
    features: number;
    classes: number;
    density?: number;
    seed: number;
  },
): Images {
  const random = new RandomNumbers(seed);
  const pixels = random.pixels(count * features, density);
  const labels = Uint8Array.from({ length: count }, (_, i) => i < classes ? i : random.below(classes));
  return { features, pixels, labels };
}

/** Copies images into a workspace's memory, stored as one likes whatever their density; as real numbers they are from 0 to 1. */
export function placeRows(
  { bytes: { buffer } }: Workspace,
  arena: Arena,
  { features, pixels, labels }: Images,
  storage: Rows["storage"],
): Rows {
  const count = labels.length;
  const bytes = (values: ArrayLike<number>) => {
    const placed = new Uint8Array(buffer, arena.allocate(values.length), values.length);
    placed.set(values);
    return placed;
  };
  if (storage === "dense") return { storage, count, labels: bytes(labels), pixels: bytes(pixels) };
  if (storage === "real") {
    const numbers = new Float32Array(buffer, arena.allocate(4 * pixels.length), pixels.length);
    numbers.set(Array.from(pixels, (pixel) => pixel / 255));
    return { storage, count, labels: bytes(labels), numbers };
  }
  const starts = [0];
  const set: number[] = [];
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] !== 0) set.push(i);
    if ((i + 1) % features === 0) starts.push(set.length);
  }
  const rowStarts = new Uint32Array(buffer, arena.allocate(4 * starts.length), starts.length);
  const columns = new Uint16Array(buffer, arena.allocate(2 * set.length), set.length);
  rowStarts.set(starts);
  columns.set(set.map((i) => i % features));
  const values = bytes(set.map((i) => pixels[i]));
  return { storage, count, labels: bytes(labels), rowStarts, columns, values };
}
