import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn, type SweepOutcome } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** How each run ended, and whether it was told before that it starts. */
function ends({ events }: SweepOutcome) {
  const started = new Set<number>();
  return events.flatMap((event) => {
    if (event.type === "run_start") started.add(event.trial);
    if (event.type !== "run_end") return [];
    const { trial, status, label, cached, reason = "" } = event;
    return [{ trial, status, label, cached, reason, started: started.has(trial) }];
  }).sort((a, b) => a.trial - b.trial);
}

Deno.test("which settings diverged is said while they are trained, when that was stored, and of more epochs; a run that ends has started", () =>
  inTemporaryFolder(async (folder) => {
    const config = (epochs: number) =>
      tinyExperiment(folder).then((experiment) => ({
        ...experiment,
        train: { ...experiment.train, epochs },
        sweep: { parameters: { "train.learning_rate": [0.1, 1e250] } },
      }));
    const reason = "a loss or a weight was not finite in epoch 1";
    const run = (trial: number, cached: boolean) => ({
      trial,
      status: ["ok", "diverged"][trial],
      label: ["lr=0.1", "lr=1e+250"][trial],
      cached,
      reason: trial === 1 ? reason : "",
      started: true,
    });
    const sweep = async (epochs: number) => ends(await sweepIn(folder, { config: await config(epochs) }));
    assert.deepEqual(await sweep(2), [run(0, false), run(1, false)]);
    assert.deepEqual(await sweep(2), [run(0, true), run(1, true)]);

    const paths = [`${folder}/results.json`, "--out", `${folder}/results`, "--store", `${folder}/store`];
    const print = async (args: string[], options: { terminal?: boolean } = {}) => {
      const streams = new RecordedStreams(options);
      await main(args, { signal: new AbortController().signal, streams });
      return streams;
    };
    const plan = await print(["status", ...paths, "--set", "train.epochs=5"]);
    assert.match(plan.out, /run 1-0 \(lr=1e\+250\): \w+: epochs 2 -> 5: diverged before, which stays so\n/);
    const stored = `run 1-0 diverged (lr=1e+250) earlier, cached: ${reason}\n`;
    for (const [flags, terminal] of [[[], true], [[], false], [["--quiet"], false]] as const) {
      const { out, err } = await print(["sweep", ...paths, ...flags], { terminal });
      assert.ok(err.includes(`warning: ${stored}`), err);
      assert.match(out, /^Results: .* \(2 runs, 2 cached, 1 diverged, /m);
    }

    assert.deepEqual(await sweep(5), [run(0, false), run(1, false)]);
  }));

Deno.test("weights that overflow while losses are finite end a training at their epoch, wherever it was stopped before", () =>
  inTemporaryFolder(async (folder) => {
    // Features so large that W1 overflows in epoch 2, where its units are saturated already: no loss shows it until epoch 4.
    const rows = Array.from({ length: 40 }, (_, i) => `${0.5 + i % 7 / 5}e30,${"ab"[3 * i % 2]}`);
    await Deno.writeTextFile(`${folder}/table.csv`, ["a,label", ...rows].join("\n"));
    const config = (epochs: number) => ({
      name: "overflow",
      dataset: { csv: { path: "table.csv" } },
      model: { hidden: [2], init: { sigma: 1e-32 } },
      train: { epochs, batch_size: "full", learning_rate: 1e9 },
    });
    const history = async (epochs: number, store: string) => {
      const outcome = await sweepIn(folder, { config: config(epochs), store });
      const [end] = ends(outcome);
      assert.equal(end.reason, "a loss or a weight was not finite in epoch 2");
      return await Deno.readTextFile(`${folder}/results/history.csv`);
    };
    const once = await history(5, "once");
    assert.equal(once.trim().split("\n").length, 2);
    assert.equal(await history(2, "twice"), once);
    assert.equal(await history(5, "twice"), once);
  }));
