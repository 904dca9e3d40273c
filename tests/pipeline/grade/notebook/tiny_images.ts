import type { Dataset, Rows } from "../../../../src/data/dataset.ts";

/** A few images in which each class has a bright row of its own. */
export function tinyImages(): Dataset {
  const part = (count: number): Rows => {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    const pixels = new Uint8Array(count * 784);
    labels.forEach((label, i) => pixels.fill(250, 784 * i + 28 * label, 784 * i + 28 * label + 28));
    return { storage: "dense", count, labels, pixels };
  };
  return { features: 784, classes: 10, rows: 28, columns: 28, train: part(200), test: part(50) };
}
