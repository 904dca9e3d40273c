import { gunzipSync } from "node:zlib";
import { CATALOGUE } from "../src/data/catalogue.ts";
import { type IdxImages, encodeIdxImages, encodeIdxLabels, parseIdxImages, parseIdxLabels } from "../src/data/idx.ts";
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
 * @param mnist folder of MNIST's training files, packed with gzip or not
 * @returns what they are, for the report
 */
export async function prepareData(folder: string, mnist: string | undefined): Promise<string> {
  const { images, labels } = mnist === undefined ? drawnDigits() : await readMnist(mnist);
  const { train } = splitTrainValidation({ count: images.count, validation: 0.2, seed: 0 });
  const features = images.rows * images.columns;
  const pixels = new Uint8Array(train.length * features);
  train.forEach((row, i) => pixels.set(images.pixels.subarray(row * features, (row + 1) * features), i * features));
  await Deno.writeFile(`${folder}/${IMAGES}`, encodeIdxImages({ ...images, count: train.length, pixels }));
  await Deno.writeFile(`${folder}/${LABELS}`, encodeIdxLabels(Uint8Array.from(train, (row) => labels[row])));
  return mnist === undefined ? "drawn digits (strokes; no MNIST folder was given)" : "MNIST";
}

/** Reads what prepareData() wrote. */
export async function loadImages(folder: string): Promise<LoadedImages> {
  const images = parseIdxImages(await Deno.readFile(`${folder}/${IMAGES}`));
  return { ...images, labels: parseIdxLabels(await Deno.readFile(`${folder}/${LABELS}`)) };
}

function drawnDigits() {
  const files = generateStrokes({ train: EPOCH_IMAGES / 0.8, test: 1 });
  return { images: parseIdxImages(files.train_images), labels: parseIdxLabels(files.train_labels) };
}

async function readMnist(folder: string) {
  const { train_images, train_labels } = CATALOGUE.mnist.files;
  return {
    images: parseIdxImages(await readPacked(folder, train_images.name)),
    labels: parseIdxLabels(await readPacked(folder, train_labels.name)),
  };
}

async function readPacked(folder: string, name: string): Promise<Uint8Array> {
  const packed = await Deno.readFile(`${folder}/${name}`).catch(() => null);
  return packed ? gunzipSync(packed) : await Deno.readFile(`${folder}/${name.replace(/\.gz$/, "")}`);
}
