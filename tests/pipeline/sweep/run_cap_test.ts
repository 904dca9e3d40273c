import assert from "node:assert/strict";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { sweepIn } from "../sweep_in_process.ts";

const small = {
  dataset: "strokes",
  name: "many",
  preprocess: { limit: 50 },
  model: { hidden: [] },
  train: { epochs: 1 },
};

Deno.test("a sweep of more runs than its run_cap starts with --yes only, and the number is told first", async () => {
  await inTemporaryFolder(async (folder) => {
    const sweep = { parameters: { "train.learning_rate": [0.1, 0.2] }, run_cap: 3 };
    const config = { ...small, seeds: { count: 2 }, sweep };
    const refused = await sweepIn(folder, { config });
    assert.deepEqual([refused.code, refused.events], [2, []]);
    assert.equal(
      refused.err,
      "error: Cannot start many: it must have at most 3 runs, its run_cap, found 2 trials x 2 seeds = 4 runs; " +
        "pass --yes to start them all, or raise sweep.run_cap\n",
    );
    // Nothing was made.
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["results.json"]);
    const started = await sweepIn(folder, { config, flags: ["--yes"] });
    assert.equal(started.code, 0, started.err);
    assert.deepEqual(started.events[0], { type: "note", message: "2 trials x 2 seeds = 4 runs" });
    assert.equal(started.epochs, 4);
  });
});

Deno.test("two hundred thousand runs are counted and refused at once, and fewer of them without --yes", async () => {
  await inTemporaryFolder(async (folder) => {
    const parameters = {
      "train.learning_rate": { uniform: [0.1, 1] },
      "train.batch_size": { int_uniform: [1, 1024] },
    };
    const { code, err } = await sweepIn(folder, {
      config: { ...small, seeds: { count: 2 }, sweep: { method: "random", count: 100_000, parameters } },
    });
    assert.equal(code, 2);
    assert.match(
      err,
      /^error: Cannot start many: it must have at most 100,000 runs, found 100,000 trials x 2 seeds = 200,000 runs\n$/,
    );
    const fewer = await sweepIn(folder, {
      config: { ...small, sweep: { method: "random", count: 100_000, parameters } },
    });
    assert.match(
      fewer.err,
      /at most 1,000 runs, its run_cap, found 100,000 trials x 1 seed = .*; pass --yes/,
    );
  });
});

Deno.test("--sweep on the command line sweeps, and the report's command has it", async () => {
  await inTemporaryFolder(async (folder) => {
    const { code, err, epochs } = await sweepIn(folder, {
      config: small,
      flags: [
        "--sweep",
        "train.learning_rate=0.1,0.2",
        "--sweep",
        "model.hidden=[],[3]",
        "--set",
        "train.epochs=2",
      ],
    });
    assert.equal(code, 0, err);
    assert.equal(epochs, 8);
    const manifest = JSON.parse(await Deno.readTextFile(`${folder}/results/manifest.json`));
    assert.match(
      manifest.command,
      / --set 'train\.epochs=2' --sweep 'train\.learning_rate=0\.1,0\.2' --sweep 'model\.hidden=\[\],\[3\]'$/,
    );
    assert.equal((await sweepIn(folder, { config: small, flags: ["--sweep", "train.lr=1"] })).code, 2);
    const wrong = await sweepIn(folder, { config: small, flags: ["--sweep", "nothing"] });
    assert.match(wrong.err, /^error: option '--sweep <path=values>' argument 'nothing' is invalid\./);
  });
});
