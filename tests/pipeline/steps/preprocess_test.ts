import assert from "node:assert/strict";
import { performStep } from "../../../pipeline/steps/perform_step.ts";
import { type PreprocessFacts, preprocessStep } from "../../../pipeline/steps/preprocess.ts";
import type { Artifact, StepResult } from "../../../pipeline/steps/step.ts";
import type { DatasetFiles } from "../../../src/data/named_dataset.ts";
import { decodeDataset } from "../../../src/data/dataset_codec.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { openContext } from "./step_fixture.ts";

// IDX by hand: magic, then big-endian dimensions, then bytes.
const images = (count: number, ...pixels: number[]) =>
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2, ...pixels);
const labels = (...values: number[]) => Uint8Array.of(0, 0, 8, 1, 0, 0, 0, values.length, ...values);

const FILES: DatasetFiles<Uint8Array<ArrayBuffer>> = {
  train_images: images(3, 0, 9, 0, 0, /**/ 0, 0, 0, 0, /**/ 255, 0, 0, 1),
  train_labels: labels(2, 0, 1),
  test_images: images(1, 1, 2, 3, 4),
  test_labels: labels(2),
};

async function preprocess(
  folder: string,
  files: Partial<typeof FILES> = {},
): Promise<StepResult<"dataset", PreprocessFacts>> {
  const context = await openContext(folder);
  const inputs = Object.fromEntries(
    Object.entries({ ...FILES, ...files }).map(([name, bytes]) => [
      name,
      { sha256: name.padEnd(64, "0"), read: () => Promise.resolve(bytes) },
    ]),
  ) as unknown as Record<keyof DatasetFiles<unknown>, Artifact>;
  return await performStep(preprocessStep, { parameters: null, inputs, context });
}

Deno.test("four IDX files become one artifact with the rows and their labels", () =>
  inTemporaryFolder(async (folder) => {
    const { outputs, facts } = await preprocess(folder);
    assert.deepEqual(facts, { features: 4, classes: 3, train: 3, test: 1 });
    const { train, test, ...rest } = decodeDataset((await outputs.dataset.read()).buffer);
    assert.deepEqual(rest, { features: 4, classes: 3, rows: 2, columns: 2 });
    assert.deepEqual(train, {
      storage: "sparse",
      count: 3,
      labels: Uint8Array.of(2, 0, 1),
      rowStarts: Uint32Array.of(0, 1, 1, 3),
      columns: Uint16Array.of(1, 0, 3),
      values: Uint8Array.of(9, 255, 1),
    });
    assert.deepEqual(test, {
      storage: "sparse",
      count: 1,
      labels: Uint8Array.of(2),
      rowStarts: Uint32Array.of(0, 4),
      columns: Uint16Array.of(0, 1, 2, 3),
      values: Uint8Array.of(1, 2, 3, 4),
    });
  }));

Deno.test("a file that is not what its name says is the user's error, told with its name", () =>
  inTemporaryFolder(async (folder) => {
    await assert.rejects(preprocess(folder, { train_images: FILES.train_labels }), {
      name: "UserError",
      message:
        "train_images: Cannot read IDX images: the file must begin with a header of 16 bytes, found 11 bytes",
    });
    await assert.rejects(preprocess(folder, { test_labels: labels(1).subarray(0, 8) }), {
      name: "UserError",
      message: "test_labels: Cannot read IDX labels: a file of 1 must be 9 bytes, found 8",
    });
    await assert.rejects(preprocess(folder, { train_labels: labels(1, 2) }), {
      name: "UserError",
      message:
        "dataset: Cannot build the data set: there must be a label for each of the 3 training images, found 2 labels",
    });
  }));
