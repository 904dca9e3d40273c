import assert from "node:assert/strict";
import { evaluateStep } from "../../../pipeline/steps/evaluate.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";
import { testMachines } from "./with_machines.ts";

testMachines(
  "two machines give the bytes of one, and the store's records are the same",
  async ({ folder, server, start }) => {
    start("one");
    start("two");
    const config = {
      ...await tinyExperiment(folder),
      seeds: [0, 1, 2],
      // The last of them diverges.
      sweep: { method: "grid", parameters: { "train.learning_rate": [0.1, 0.2, 1e300] } },
    };
    const local = await sweepIn(folder, { config, out: "local", store: "store-local" });
    const remote = await sweepIn(folder, {
      config,
      out: "remote",
      store: "store-remote",
      flags: ["--on", server.url],
    });
    assert.deepEqual([local.code, remote.code, remote.err], [0, 0, ""]);
    assert.match(await Deno.readTextFile(`${folder}/remote/results.csv`), /^2,0,diverged,/m);
    assert.deepEqual(await readResults(`${folder}/remote`), await readResults(`${folder}/local`));
    assert.deepEqual(
      filesBelow(`${folder}/store-remote/steps/train`),
      filesBelow(`${folder}/store-local/steps/train`),
    );
    assert.equal(remote.epochs, local.epochs);
    const starts = remote.events.flatMap((event) => event.type === "run_start" ? [event.worker] : []);
    assert.deepEqual([...new Set(starts)].sort(), [0, 1]);
  },
);

testMachines(
  "halving goes on from the rung before, and gives the bytes of one machine",
  async ({ folder, server, start }) => {
    start("one");
    start("two");
    const config = {
      ...await tinyExperiment(folder),
      train: { epochs: 4, batch_size: 10 },
      sweep: {
        method: "halving",
        min_epochs: 1,
        factor: 2,
        candidates: { method: "grid", parameters: { "train.learning_rate": [0.05, 0.1, 0.2, 0.4] } },
      },
    };
    const local = await sweepIn(folder, { config, out: "local", store: "store-local" });
    assert.equal(local.err, "");
    const remote = await sweepIn(folder, {
      config,
      out: "remote",
      store: "store-remote",
      flags: ["--on", server.url],
    });
    assert.deepEqual([remote.code, remote.err], [0, ""]);
    assert.deepEqual(await readResults(`${folder}/remote`), await readResults(`${folder}/local`));
    assert.equal(remote.epochs, local.epochs);
  },
);

testMachines(
  "what a training may set beside its optimizer, and what is measured of it, are the same on other machines",
  async ({ folder, server, start }) => {
    start("one");
    start("two");
    const config = {
      ...await tinyExperiment(folder),
      preprocess: { validation: 0.25 },
      model: { hidden: [5], activation: ["gelu"] },
      train: {
        epochs: 4,
        batch_size: 10,
        optimizer: { name: "adam", beta1: 0.8 },
        weight_decay: 0.01,
        clip_norm: 1,
        schedule: { method: "cosine", warmup: 1 },
        early_stopping: { patience: 1, restore_best: true },
        dropout: 0.2,
      },
      sweep: { method: "grid", parameters: { "train.shuffle": ["each_epoch", "once"] } },
      evaluate: { measures: ["top2_accuracy", "macro_f1", "calibration"] },
    };
    const local = await sweepIn(folder, { config, out: "local", store: "store-local" });
    const flags = ["--on", server.url];
    const remote = await sweepIn(folder, { config, out: "remote", store: "store-remote", flags });
    assert.deepEqual([local.code, local.err, remote.code, remote.err], [0, "", 0, ""]);
    assert.deepEqual(await readResults(`${folder}/remote`), await readResults(`${folder}/local`));
  },
);

testMachines(
  "what is asked for is measured where a run is trained, and by the sweep where another one has asked for less",
  async ({ folder, server, start }) => {
    start("one");
    const config = await tinyExperiment(folder);
    const evaluate = { measures: ["top2_accuracy", "macro_f1", "calibration"] };
    const flags = ["--on", server.url];
    const count = async (sweep: Parameters<typeof sweepIn>[1]) => {
      const { run } = evaluateStep;
      let evaluations = 0;
      evaluateStep.run = (call) => {
        evaluations++;
        return run(call);
      };
      try {
        const { code, err } = await sweepIn(folder, { ...sweep, store: `store-${sweep.out}` });
        assert.deepEqual([code, err], [0, ""]);
        return evaluations;
      } finally {
        evaluateStep.run = run;
      }
    };
    // Machines evaluate in this process too: two runs each.
    assert.equal(await count({ config: { ...config, evaluate }, out: "local" }), 2);
    assert.equal(await count({ config, out: "less", flags }), 2);
    assert.equal(await count({ config: { ...config, evaluate }, out: "more", flags }), 2);
    const others = { ...config, evaluate, seeds: [1] };
    assert.equal(await count({ config: others, out: "others", flags }), 2);
    assert.equal(await count({ config: { ...others, evaluate: undefined }, out: "fewer", flags }), 2);
    assert.equal(await count({ config: others, out: "others again", flags }), 0);
    assert.deepEqual(await readResults(`${folder}/more`), await readResults(`${folder}/local`));
    assert.deepEqual(await readResults(`${folder}/others again`), await readResults(`${folder}/others`));
  },
);

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`).map((rest) => `${name}/${rest}`) : [name]
  ).sort();
}
