import assert from "node:assert/strict";
import { testWithNats } from "../../nats_server.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { startSweep, sweepToEnd } from "./machines.ts";
import { ServerState } from "./server_state.ts";
import { SLURM, Slurm } from "./slurm.ts";
import { slow } from "./small_experiments.ts";
import { until } from "./until.ts";

const DOCS = new URL("../../../docs/machines.md", import.meta.url);

/** The batch script that the documentation shows, for two nodes of one processor and a minute. */
async function documentedScript(url: string, folder: string): Promise<string> {
  const [script] = /^#!\/bin\/bash\n#SBATCH.*?(?=^```)/ms.exec(await Deno.readTextFile(DOCS)) ?? [""];
  const changes: [RegExp, string][] = [
    [/--array=[\d-]+/, `--array=1-2\n#SBATCH --output=${folder}/slurm-%a.out`],
    [/--cpus-per-task=\d+/, "--cpus-per-task=1"],
    [/--time=[\d:]+/, "--time=1"],
    [/nats:\S+/, url],
    [/--workers \d+/, "--workers 1"],
    [/"worker-/, `"${folder}/worker-`],
  ];
  return changes.reduce((text, [pattern, by]) => {
    assert.match(text, pattern);
    return text.replace(pattern, by);
  }, script);
}

const WHAT =
  "workers in an array of Slurm's give their runs back at its time limit, and the next array goes on";

if (SLURM) testWithNats(WHAT, slurmTest);
else {
  const name = `${WHAT}: skipped, as there is no Slurm to start (apt-get install slurm-wlm munge, as root)`;
  Deno.test({ name, ignore: true, fn() {} });
}

async function slurmTest(
  { folder, server }: Parameters<Parameters<typeof testWithNats>[1]>[0],
): Promise<void> {
  // Longer than a time limit.
  const config = await slow(folder, { epochs: 1000, width: 1000, runs: 2 });
  await sweepToEnd(null, { config, folder, out: "local" });
  await Deno.mkdir(`${folder}/slurm`);
  await using slurm = await Slurm.start(`${folder}/slurm`);
  const script = `${folder}/workers.sh`;
  await Deno.writeTextFile(script, await documentedScript(server.url, folder));
  const sweep = startSweep(server.url, { config, folder, out: "out" });
  await using state = await ServerState.open(server.url);
  // Of each run, the epochs that were told, as the workers tell whoever listens.
  const epochs = new Map<string, number[]>();
  state.connection.subscribe("*.progress.>", {
    callback: (_, message) => {
      const { type, epoch } = message.json<{ type: string; epoch: number }>();
      if (type === "epoch") epochs.set(message.subject, [...epochs.get(message.subject) ?? [], epoch]);
    },
  });
  try {
    for (let arrays = 0; sweep.running; arrays++) {
      assert.ok(arrays < 10, "the sweep makes no headway");
      const job = (await slurm.run("sbatch", "--parsable", script)).trim();
      const isOver = async () => !await slurm.isThere(job);
      await Promise.race([until(isOver, 200), sweep.ended]);
      if (!sweep.running) await slurm.run("scancel", job);
      await until(isOver);
      if (arrays > 0) continue;
      assert.ok(sweep.running, "both runs take longer than the time limit");
      for (const i of [1, 2]) {
        // Slurm kills after KillWait, of 5 seconds here, what has not ended by itself; then nobody says so.
        const out = await Deno.readTextFile(`${folder}/slurm-${i}.out`);
        assert.match(out, /given back at epoch [1-9]/);
      }
    }
    assert.equal((await sweep.ended).code, 0, sweep.lines.slice(-10).join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
    assert.equal(epochs.size, 2);
    for (const told of epochs.values()) {
      const again = told.filter((epoch, i) => i > 0 && epoch <= told[i - 1]);
      assert.ok(again.every((epoch) => epoch > 1), `none was begun anew: ${again}`);
    }
  } finally {
    await sweep.end();
  }
}
