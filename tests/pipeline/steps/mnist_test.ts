import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { downloadStep, planDownload } from "../../../pipeline/steps/download.ts";
import { performStep } from "../../../pipeline/steps/perform_step.ts";
import { preprocessStep } from "../../../pipeline/steps/preprocess.ts";
import { DATASETS } from "../../../src/data/catalogue.ts";
import { decodeDataset } from "../../../src/data/dataset_codec.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { openDownload } from "./download_fixture.ts";
import { FileServer, withRanges } from "./file_server.ts";

const FOLDER = Deno.env.get("MNIST_DIR") ??
  fileURLToPath(new URL("../../../../shared/data/mnist", import.meta.url));
const present = await Deno.stat(FOLDER).then(() => true, () => false);

/** A test of the real files, which are not in the repository. */
function testMnist(name: string, fn: () => Promise<void>): void {
  Deno.test({
    name: present
      ? name
      : `${name}: SKIPPED, no folder ${FOLDER}; set MNIST_DIR to one with MNIST's four files`,
    ignore: !present,
    fn,
  });
}

testMnist(
  "MNIST comes from a server that breaks off and answers 503 in between, and from a folder, with the published hashes",
  () =>
    inTemporaryFolder(async (folder) => {
      await using server = new FileServer((request) => {
        const body = Deno.readFileSync(FOLDER + request.path);
        if (request.turn === 0) return { ...withRanges(request, body), cutAt: Math.floor(body.length / 2) };
        return request.turn === 1 ? { status: 503 } : withRanges(request, body);
      });
      for (const mirror of [server.url, FOLDER]) {
        const { parameters, origin } = planDownload("mnist", { mirror, configFolder: "." });
        const context = await openDownload(`${folder}/${mirror === FOLDER}`, origin);
        const { outputs } = await performStep(downloadStep, { parameters, inputs: {}, context });
        for (const [name, { sha256, bytes }] of Object.entries(DATASETS.mnist.source.files)) {
          assert.equal(outputs[name as keyof typeof outputs].sha256, sha256);
          assert.equal(await context.store.isArtifactIntact(sha256), true);
          assert.equal((await Deno.stat(context.store.artifactPath(sha256))).size, bytes);
        }
      }
      const packed = Array.from(Deno.readDirSync(FOLDER), ({ name }) =>
        Deno.statSync(`${FOLDER}/${name}`).size);
      assert.equal(
        server.bytesSent,
        packed.reduce((sum, size) =>
          sum + size, 0),
      );
    }),
);

testMnist(
  "MNIST is preprocessed to 60,000 + 10,000 sparse rows of 784",
  () =>
    inTemporaryFolder(async (folder) => {
      const { parameters, origin } = planDownload("mnist", { mirror: FOLDER, configFolder: "." });
      const context = await openDownload(folder, origin);
      const { outputs: inputs } = await performStep(downloadStep, { parameters, inputs: {}, context });
      const call = { parameters: null, inputs, context };
      const { outputs } = await performStep(preprocessStep, call);
      const { train, test, features, classes } = decodeDataset((await outputs.dataset.read()).buffer);
      assert.deepEqual([train.storage, train.count, test.count], ["sparse", 60_000, 10_000]);
      assert.deepEqual([features, classes], [784, 10]);
      // The first labels of both parts, as every tutorial prints them.
      assert.deepEqual([...train.labels.subarray(0, 10)], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
      assert.deepEqual([...test.labels.subarray(0, 10)], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
      assert.ok(train.storage === "sparse");
      // np.count_nonzero of the training pixels, and their sum.
      assert.equal(train.values.length, 8_994_156);
      assert.equal(train.values.reduce((sum, value) => sum + value, 0), 1_567_298_545);
    }),
);
