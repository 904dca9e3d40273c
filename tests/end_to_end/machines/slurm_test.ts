import assert from "node:assert/strict";
import { testWithNats } from "../../nats_server.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { startSweep, sweepToEnd } from "./machines.ts";
import { ServerState } from "./server_state.ts";
import { SLURM, Slurm } from "./slurm.ts";
import { slow } from "./small_experiments.ts";
import { until } from "./until.ts";

const DOCS = new URL("../../../docs/machines.md", import.meta.url);

/** The batch script that the documentation shows, for two nodes of one processor and five minutes; its workers' folders are in `workers`. */
async function documentedScript(url: string, folder: string, workers: string): Promise<string> {
  const [script] = /^#!\/bin\/bash\n#SBATCH.*?(?=^```)/ms.exec(await Deno.readTextFile(DOCS)) ?? [""];
  const changes: [RegExp, string][] = [
    [/--array=[\d-]+/, `--array=1-2\n#SBATCH --output=${folder}/slurm-%a.out`],
    [/--cpus-per-task=\d+/, "--cpus-per-task=1"],
    [/--time=[\d:]+/, "--time=5"],
    [/nats:\S+/, url],
    [/--workers \d+/, "--workers 1"],
    [/"worker-/, `"${workers}/worker-`],
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
  const config = await slow(folder, { epochs: 7000, runs: 2 });
  await sweepToEnd(null, { config, folder, out: "local" });
  await Deno.mkdir(`${folder}/slurm`);
  await using slurm = await Slurm.start(`${folder}/slurm`);
  await using state = await ServerState.open(server.url);
  let arrays = 0;
  // Each array has folders of its own: what it goes on from, it has from the server.
  const submit = async () => {
    const script = `${folder}/array-${++arrays}.sh`;
    const text = await documentedScript(server.url, folder, `${folder}/array-${arrays}`);
    await Deno.writeTextFile(script, text);
    return (await slurm.run("sbatch", "--parsable", script)).trim();
  };
  const end = async (job: string) => {
    await slurm.run("scancel", job);
    await until(async () => !await slurm.isThere(job));
  };
  // Of each run, the epochs that were told and the seconds that they took, as the workers tell whoever listens.
  const told = new Map<string, { epochs: number[]; seconds: number }>();
  state.connection.subscribe("*.progress.>", {
    callback: (_, message) => {
      const { subject } = message;
      const { type, epoch, seconds } = message.json<{ type: string; epoch: number; seconds: number }>();
      if (type !== "epoch") return;
      const former = told.get(subject) ?? { epochs: [], seconds: 0 };
      told.set(subject, { epochs: [...former.epochs, epoch], seconds: former.seconds + seconds });
    },
  });
  const sweep = startSweep(server.url, { config, folder, out: "out" });
  try {
    const first = await submit();
    // Both have got as far as a checkpoint.
    await until(() =>
      Promise.resolve([...told.values()].filter(({ seconds }) => seconds > 3.5).length === 2)
    );
    // By the same signals as at the time limit: Slurm kills after KillWait, 30 seconds, what has not ended by itself.
    await end(first);
    assert.ok(sweep.running);
    for (const i of [1, 2]) {
      assert.match(await Deno.readTextFile(`${folder}/slurm-${i}.out`), /given back at epoch [1-9]/);
    }
    // On a busy machine an array may come to its time limit: then the next goes on.
    let last = await submit();
    while (sweep.running) {
      if (!await slurm.isThere(last)) last = await submit();
      await Promise.race([sweep.ended, new Promise((resolve) => setTimeout(resolve, 1000))]);
    }
    await end(last);
    assert.equal((await sweep.ended).code, 0, sweep.lines.slice(-10).join("\n"));
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
    for (const { epochs } of told.values()) {
      const goingOn = epochs.find((epoch, i) => i > 0 && epoch <= epochs[i - 1]);
      assert.ok(goingOn === undefined || goingOn > 1, `it was begun anew, at epoch ${goingOn}`);
    }
  } finally {
    await sweep.end();
  }
}
