import { gunzipSync } from "node:zlib";
import { UserError } from "../pipeline/system/errors.ts";
import { DATASETS } from "../src/data/catalogue.ts";
import {
  encodeIdxImages,
  encodeIdxLabels,
  type IdxImages,
  parseIdxImages,
  parseIdxLabels,
} from "../src/data/idx.ts";
import { splitTrainValidation } from "../src/data/split.ts";
import { generateStrokes } from "../src/data/strokes.ts";
import { EPOCH_IMAGES } from "./cases.ts";

const IMAGES = "train-images-idx3-ubyte";
const LABELS = "train-labels-idx1-ubyte";

/** What prepareData() wrote, or loadImages() read. */
export interface LoadedImages extends IdxImages {
  labels: Uint8Array;
}

/**
 * Writes the images of an epoch to `folder` as IDX files, in the order in which they are trained on: 48,000 of MNIST's, a split as the
 * pipeline makes it, or where there is no `mnist` folder the project's own drawn digits, of the same size and about as many zeros.
 *
 * @param options.mnist folder of MNIST's training files, packed with gzip or not
 * @param options.drawn how many digits to draw
 * @returns what they are, for the report
 */
export async function prepareData(
  folder: string,
  { mnist, drawn = EPOCH_IMAGES }: { mnist?: string | undefined; drawn?: number } = {},
): Promise<string> {
  const { images, labels } = mnist === undefined ? drawDigits(drawn / 0.8) : await readMnist(mnist);
  if (labels.length !== images.count || images.count < 2) {
    throw refusal(
      `Cannot read MNIST: its training files must have as many labels as images, two or more, found ${images.count} images and ` +
        `${labels.length} labels`,
    );
  }
  const { train } = splitTrainValidation({ count: images.count, validation: 0.2, seed: 0 });
  const features = images.rows * images.columns;
  const pixels = new Uint8Array(train.length * features);
  train.forEach((row, i) =>
    pixels.set(images.pixels.subarray(row * features, (row + 1) * features), i * features)
  );
  await Deno.writeFile(`${folder}/${IMAGES}`, encodeIdxImages({ ...images, count: train.length, pixels }));
  await Deno.writeFile(`${folder}/${LABELS}`, encodeIdxLabels(Uint8Array.from(train, (row) => labels[row])));
  return mnist === undefined ? "drawn digits (strokes; no MNIST folder was given)" : "MNIST";
}

/** Reads what prepareData() wrote. */
export async function loadImages(folder: string): Promise<LoadedImages> {
  const images = parseIdxImages(await Deno.readFile(`${folder}/${IMAGES}`));
  return { ...images, labels: parseIdxLabels(await Deno.readFile(`${folder}/${LABELS}`)) };
}

function drawDigits(count: number) {
  const files = generateStrokes({ train: count, test: 1 });
  return { images: parseIdxImages(files.train_images), labels: parseIdxLabels(files.train_labels) };
}

async function readMnist(folder: string) {
  const { train_images, train_labels } = DATASETS.mnist.source.files;
  return {
    images: await readPacked(folder, train_images.name, parseIdxImages),
    labels: await readPacked(folder, train_labels.name, parseIdxLabels),
  };
}

async function readPacked<T>(folder: string, name: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  for (const path of [`${folder}/${name}`, `${folder}/${name.replace(/\.gz$/, "")}`]) {
    const bytes = await Deno.readFile(path).catch(() => null);
    if (bytes === null) continue;
    try {
      return parse(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw refusal(`Cannot read ${path}: ${error.message}`, error);
    }
  }
  throw refusal(`Cannot read MNIST: ${folder} must hold ${name}, packed or not, found none`);
}

/** In English alone, as all that a tool of the developers' prints. */
function refusal(message: string, cause?: unknown): UserError {
  return new UserError({ en: message, ja: message }, { cause });
}
