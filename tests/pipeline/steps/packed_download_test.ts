import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync, zipSync } from "fflate";
import { join } from "node:path";
import { downloadStep } from "../../../pipeline/steps/download.ts";
import { locatePacked, mapFiles } from "../../../pipeline/steps/download/locate_files.ts";
import { performStep } from "../../../pipeline/steps/perform_step.ts";
import { preprocessStep } from "../../../pipeline/steps/preprocess.ts";
import { decodeDataset } from "../../../src/data/dataset_codec.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../src/data/idx.ts";
import type { PackedSource } from "../../../src/data/named_dataset.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { openDownload, sha256 } from "./download_fixture.ts";

/** Two images of 2 x 3 pixels on their side, of the classes 1 and 2. */
const images = encodeIdxImages({
  count: 2,
  rows: 3,
  columns: 2,
  pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
});
const labels = encodeIdxLabels(Uint8Array.of(1, 2));
const PARTS = { train_images: images, train_labels: labels, test_images: images, test_labels: labels };
const PACKED = mapFiles(PARTS, (content, name) => gzipSync(content, { mtime: 0, filename: name }));
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
const files = mapFiles(PARTS, (content, name) => ({ name: `${name}.gz`, bytes: content.length, count: 2 }));

async function serve(
  contents: Readonly<Record<string, Uint8Array>>,
  use: (address: string) => Promise<void>,
) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const content = contents[new URL(request.url).pathname.slice(1)];
    return content === undefined
      ? new Response("", { status: 404 })
      : new Response(Uint8Array.from(content), { headers: { etag: '"1"' } });
  });
  try {
    await use(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

function planOf(source: PackedSource, mirror?: string) {
  const origin = locatePacked({ en: "small", ja: "small" }, source, mirror);
  const members = origin.files.archive?.packed?.members;
  const hashes = mapFiles(origin.files, ({ packed }) => packed?.md5 ?? "");
  return { origin, parameters: members === undefined ? { md5: hashes } : { md5: hashes, members } };
}

const contents = Object.fromEntries(Object.entries(PACKED).map(([name, bytes]) => [`${name}.gz`, bytes]));

Deno.test("files that are known by their packed MD5 are checked by it, and their content's SHA-256 is recorded", () =>
  inTemporaryFolder((folder) =>
    serve(contents, async (address) => {
      const source: PackedSource = { mirrors: [address], packed: files, md5: mapFiles(PACKED, md5) };
      const { origin, parameters } = planOf(source);
      const context = await openDownload(join(folder, "store"), origin);
      const { outputs } = await performStep(downloadStep, { parameters, inputs: {}, context });
      const found = Object.fromEntries(Object.entries(outputs).map(([name, { sha256 }]) => [name, sha256]));
      assert.deepEqual(found, mapFiles(PARTS, sha256));
      const again = await performStep(downloadStep, {
        parameters,
        inputs: {},
        context: { ...context, origin: null },
      });
      assert.equal(again.cached, true);
    })
  ));

Deno.test("another packed file is refused with both MD5, from a server and in a folder", () =>
  inTemporaryFolder((folder) =>
    serve(contents, async (address) => {
      const other = { ...mapFiles(PACKED, md5), test_labels: "0".repeat(32) };
      const mirrored = join(folder, "mirror");
      await Deno.mkdir(mirrored);
      for (const [name, bytes] of Object.entries(contents)) await Deno.writeFile(join(mirrored, name), bytes);
      for (const mirror of [address, mirrored]) {
        const { origin, parameters } = planOf({ mirrors: [address], packed: files, md5: other }, mirror);
        const context = await openDownload(join(folder, "store"), origin);
        await assert.rejects(
          performStep(downloadStep, { parameters, inputs: {}, context }),
          (error: Error) => {
            assert.match(error.message, /^Cannot get small's test_labels\.gz from --mirror /);
            assert.match(
              error.message,
              new RegExp(`must have MD5 0{32} as it is downloaded, found ${md5(PACKED.test_labels)}`),
            );
            return true;
          },
        );
      }
    })
  ));

for (const level of [0, 6] as const) {
  Deno.test(`the files of an archive (deflated at level ${level}) are taken out of it, set upright and counted from 0`, () =>
    inTemporaryFolder((folder) => {
      const archive = zipSync(
        {
          ...Object.fromEntries(Object.entries(contents).map(([name, bytes]) => [`gzip/${name}`, bytes])),
          other: labels,
        },
        { level, mtime: new Date(2000, 1, 1) },
      );
      return serve({ "gzip.zip": archive }, async (address) => {
        const source: PackedSource = {
          mirrors: [address],
          packed: mapFiles(files, (file) => ({ ...file, name: `gzip/${file.name}` })),
          md5: { archive: "gzip.zip", md5: md5(archive), bytes: archive.length },
        };
        const { origin, parameters } = planOf(source);
        const context = await openDownload(join(folder, "store"), origin);
        const { outputs: inputs } = await performStep(downloadStep, { parameters, inputs: {}, context });
        const form = { transposed: true, first_label: 1 };
        const { outputs } = await performStep(preprocessStep, { parameters: { form }, inputs, context });
        const { rows, columns, classes, train } = decodeDataset((await outputs.dataset.read()).buffer);
        assert.deepEqual({ rows, columns, classes }, { rows: 2, columns: 3, classes: 2 });
        assert.ok(train.storage === "dense");
        assert.deepEqual([...train.pixels], [1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12]);
        assert.deepEqual([...train.labels], [0, 1]);
      });
    }));
}

Deno.test("an archive without a file that is wanted, and what is no archive, are told", () =>
  inTemporaryFolder(async (folder) => {
    for (
      const [archive, message] of [
        [zipSync({ other: labels }), /must hold gzip\/train_images\.gz, found no such file in it/],
        [Uint8Array.from(labels), /must be a zip file, found no directory in it/],
      ] as const
    ) {
      await serve({ "gzip.zip": archive }, async (address) => {
        const { origin, parameters } = planOf({
          mirrors: [address],
          packed: mapFiles(files, (file) => ({ ...file, name: `gzip/${file.name}` })),
          md5: { archive: "gzip.zip", md5: md5(archive), bytes: archive.length },
        });
        const context = await openDownload(join(folder, "store"), origin);
        await assert.rejects(performStep(downloadStep, { parameters, inputs: {}, context }), message);
      });
    }
  }));
