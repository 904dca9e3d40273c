import assert from "node:assert/strict";
import { Store } from "../../../pipeline/store/store.ts";
import { listArtifacts, listRecordFiles } from "../../../pipeline/store/inventory.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";

Deno.test("a byte flipped in any artifact or record of a store is found and healed, and the results are the same", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const longer = { ...config, train: { ...config.train, epochs: 3 } };
    // Into a new folder each time, which reads everything that it gets from the store.
    const sweep = async (config: object, store: string) => {
      const { code, err, events } = await sweepIn(folder, { config, out: "results", store, workers: 1 });
      assert.equal(code, 0, err);
      const results = await readResults(`${folder}/results`);
      await Deno.remove(`${folder}/results`, { recursive: true });
      return {
        results,
        warnings: events.flatMap((event) => event.type === "warning" ? [event.message] : []),
      };
    };
    const expected = await sweep(config, "pristine");
    const expectedLonger = (await performIn(folder, { config: longer, store: "another" })).tables;

    const pristine = await Store.open(`${folder}/pristine`);
    const artifacts = [...listArtifacts(pristine)], records = [...listRecordFiles(pristine)];
    // 4 IDX files, the data set, then of each run weights, optimizer, diagnostics and predictions, and the report's.
    assert.ok(artifacts.length >= 4 + 1 + 2 * 4, `${artifacts.length} artifacts`);
    assert.ok(records.length >= 2 + 2 * 2, `${records.length} records`);
    const files = [...artifacts, ...records].map(({ path }) => path.slice(pristine.folder.length + 1));
    for (const [i, file] of files.entries()) {
      const store = `store-${i}`, path = `${folder}/${store}/${file}`;
      await copyFolder(`${folder}/pristine`, `${folder}/${store}`);
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(
        path,
        bytes.map((byte, at) => at === (i * 7919) % bytes.length ? byte ^ (1 << i % 8) : byte),
      );
      // Nobody reads the images once they are preprocessed, unless that has to be done again.
      if (!file.includes(dataset(records))) await Deno.remove(`${folder}/${store}/${dataset(records)}`);

      // More epochs read the data set, and the weights and optimizer that they go on from.
      const same = await sweep(config, store);
      const more = await performIn(folder, { config: longer, store });
      assert.deepEqual(same.results, expected.results, file);
      assert.deepEqual(more.tables, expectedLonger, file);
      const warnings = [...same.warnings, ...more.messages].join("\n");
      assert.ok(
        file.startsWith("steps/") ? /is damaged/.test(warnings) : warnings.includes(path),
        `${file}: ${warnings}`,
      );
      const healed = await Store.open(`${folder}/${store}`, { onWarning: assert.fail });
      for (const { sha256 } of listArtifacts(healed)) assert.ok(await healed.isArtifactIntact(sha256), file);
      for (const { step } of listRecordFiles(healed)) assert.ok([...healed.listRecords(step)].length > 0);
      await Deno.remove(healed.folder, { recursive: true });
    }

    function dataset(of: typeof records): string {
      const record = of.find(({ step }) => step === "preprocess");
      const outputs = record && pristine.readRecord(record.step, record.key)?.outputs;
      return pristine.artifactPath(outputs?.dataset ?? "").slice(pristine.folder.length + 1);
    }
  }));
