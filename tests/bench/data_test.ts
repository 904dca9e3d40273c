import assert from "node:assert/strict";
import { prepareData } from "../../bench/data.ts";
import { UserError } from "../../pipeline/system/errors.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../src/data/idx.ts";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";

Deno.test("training files of MNIST that do not fit each other are refused", () =>
  inTemporaryFolder(async (folder) => {
    const pixels = new Uint8Array(5 * 28 * 28);
    const images = (count: number) =>
      encodeIdxImages({ count, rows: 28, columns: 28, pixels: pixels.subarray(0, count * 28 * 28) });
    const refused = async (images: Uint8Array, labels: Uint8Array, message: RegExp) => {
      await Deno.writeFile(`${folder}/train-images-idx3-ubyte`, images);
      await Deno.writeFile(`${folder}/train-labels-idx1-ubyte`, labels);
      await assert.rejects(prepareData(folder, { mnist: folder }), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      });
    };
    const labels = (count: number) => encodeIdxLabels(new Uint8Array(count));
    await refused(
      images(5),
      labels(3),
      /as many labels as images, two or more, found 5 images and 3 labels$/,
    );
    await refused(images(1), labels(1), /found 1 images and 1 labels$/);
    await refused(
      images(5).subarray(0, 99),
      labels(5),
      /^Cannot read \S+images-idx3-ubyte: Cannot read IDX images: /,
    );
  }));
