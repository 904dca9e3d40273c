import type { LabelledImages } from "../../src/data/dataset.ts";
import { RandomState } from "../../src/random/random_state.ts";

const ROWS = 7;
const COLUMNS = 9;
const CLASSES = 10;

/** The images of tests/fixtures/nn_goldens.py: see make_images() there. */
export function patternImages(kind: "sparse" | "dense"): { train: LabelledImages; test: LabelledImages } {
  const random = new RandomState(5);
  const features = ROWS * COLUMNS;
  const samples = (n: number) => Float64Array.from({ length: n }, () => random.random());
  const patterns = samples(CLASSES * features).map((u) => u < 0.3 ? 0.55 : 0.1);

  const part = (count: number): LabelledImages => {
    const labels = Uint8Array.from(samples(count), (u) => Math.floor(CLASSES * u));
    const shown = samples(count * features);
    const ink = samples(count * features);
    const pixels = Uint8Array.from(shown, (u, i) => {
      const share = patterns[labels[Math.floor(i / features)] * features + i % features];
      const pixel = u < share ? 1 + Math.floor(255 * ink[i]) : 0;
      return kind === "dense" ? 255 - pixel : pixel;
    });
    return { images: { count, rows: ROWS, columns: COLUMNS, pixels }, labels };
  };
  return { train: part(1600), test: part(300) };
}
