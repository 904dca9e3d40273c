// What a run costs that many machines train, beside one of this machine alone: `deno run -A bench/machines.ts [RUNS...]`.
// The runs are trivial, an epoch of 60 images, so that what is left is the way there and back, over the loopback interface.

import { NatsServer } from "../tests/pipeline/machines/nats_server.ts";
import { tinyExperiment } from "../tests/pipeline/tiny_experiment.ts";

const ROOT = new URL("../", import.meta.url);
const MAIN = "pipeline/main.ts";
const counts = Deno.args.length > 0 ? Deno.args.map(Number) : [100, 1000, 10_000];

/** Seconds from the plan to the last run's end, as the sweep tells them. */
async function timeRuns(config: string, folder: string, more: string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "-P=sweep",
      MAIN,
      "sweep",
      config,
      "--out",
      `${folder}/out`,
      "--store",
      `${folder}/store`,
    ]
      .concat(["--yes", "--json", "--workers", "2", ...more]),
    cwd: ROOT,
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let [begun, ended] = [0, 0];
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    if (text.includes('"type":"plan"')) begun = performance.now();
    if (text.includes('"type":"run_end"')) ended = performance.now();
  }
  const { success } = await child.status;
  if (!success) throw new Error("the sweep failed");
  return (ended - begun) / 1000;
}

function startWorker(url: string, folder: string): Deno.ChildProcess {
  const args = ["run", "-q", "-P=worker", MAIN, "worker", url, "--workers", "1", "--folder", folder];
  return new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stderr: "null" }).spawn();
}

const folder = await Deno.makeTempDir({ prefix: "bench-machines-" });
const server = await NatsServer.start(folder);
const workers = ["one", "two"].map((name) => startWorker(server.url, `${folder}/${name}`));
try {
  console.log("runs     here, ms a run   two worker processes, ms a run   difference");
  for (const count of counts) {
    const config = `${folder}/${count}.json`;
    const tiny = await tinyExperiment(folder);
    const experiment = { ...tiny, train: { epochs: 1, batch_size: 10 }, seeds: { count }, sweep: undefined };
    await Deno.writeTextFile(config, JSON.stringify(experiment));
    const here = 1000 * await timeRuns(config, `${folder}/here-${count}`, []) / count;
    const there = 1000 * await timeRuns(config, `${folder}/there-${count}`, ["--on", server.url]) / count;
    const cells = [here, there, there - here].map((value) => value.toFixed(2).padStart(8));
    console.log(`${String(count).padEnd(8)} ${cells.join("   ")}`);
  }
} finally {
  for (const worker of workers) {
    worker.kill("SIGTERM");
    await worker.status;
  }
  await server[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
}
