import { createHash } from "node:crypto";
import { encodeIdxImages, encodeIdxLabels } from "../../src/data/idx.ts";

/** Every result of a sweep that is a matter of bytes. */
const RESULT_FILES = /^(results|history|summary)\.csv$|^runs\/.*\.(npz|csv)$/;

/**
 * Writes four IDX files of 60 + 20 images of 6 x 6 pixels into `<folder>/data`, and returns an experiment on them of two trials and two
 * epochs: milliseconds to train. Its labels are multiples of `step`.
 */
export async function tinyExperiment(folder: string, { step = 1, classes = 10 } = {}) {
  await Deno.mkdir(`${folder}/data`, { recursive: true });
  const write = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    await Deno.writeFile(`${folder}/data/${name}`, bytes);
    return { path: `data/${name}`, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  const [train, test] = [60, 20].map((count, part) => ({
    images: encodeIdxImages({ count, rows: 6, columns: 6, pixels: pixels(count * 36, part) }),
    labels: encodeIdxLabels(Uint8Array.from({ length: count }, (_, i) => step * (i % classes))),
  }));
  return {
    name: "tiny",
    dataset: {
      idx: {
        train_images: await write("train_images", train.images),
        train_labels: await write("train_labels", train.labels),
        test_images: await write("test_images", test.images),
        test_labels: await write("test_labels", test.labels),
      },
    },
    model: { hidden: [5] },
    train: { epochs: 2, batch_size: 10, optimizer: "momentum" },
    sweep: { parameters: { "train.learning_rate": [0.1, 0.2] } },
  };
}

/** The files of a results folder whose bytes an experiment decides, by their names. */
export async function readResults(folder: string): Promise<Record<string, string>> {
  const { files } = JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`));
  const hashes: Record<string, string> = {};
  for (const name of Object.keys(files).filter((name) => RESULT_FILES.test(name))) {
    hashes[name] = createHash("sha256").update(await Deno.readFile(`${folder}/${name}`)).digest("hex");
  }
  return hashes;
}

/** Numbers from 0 to 255 that look like chance, three quarters of them 0. */
function pixels(count: number, seed: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 30 === 0 ? state >>> 8 : 0;
  });
}
