import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { buildDataset, type Dataset } from "../../src/data/dataset.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";

const FOLDER = Deno.env.get("MNIST_DIR") ??
  fileURLToPath(new URL("../../../shared/data/mnist", import.meta.url));

/** Why the real MNIST cannot be tested with, or null where it can. */
export const MNIST_MISSING: string | null = whatIsMissing();

/** The 60,000 and 10,000 images. */
export function readMnist(): Dataset {
  const part = (name: string) => ({
    images: parseIdxImages(unpack(`${name}-images-idx3-ubyte.gz`)),
    labels: parseIdxLabels(unpack(`${name}-labels-idx1-ubyte.gz`)),
  });
  return buildDataset({ train: part("train"), test: part("t10k") });
}

function unpack(file: string): Uint8Array {
  return new Uint8Array(gunzipSync(Deno.readFileSync(`${FOLDER}/${file}`)));
}

function whatIsMissing(): string | null {
  try {
    const names = [...Deno.readDirSync(FOLDER)].map(({ name }) => name);
    if (names.filter((name) => name.endsWith("-ubyte.gz")).length >= 4) return null;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory)) throw error;
  }
  return `MNIST was not found in ${FOLDER}; MNIST_DIR names the folder of its four .gz files`;
}
