// deno task bench-machines: what a sweep over many machines costs, on this one: a server, a sweep and two worker processes.

import { Command, CommanderError } from "@commander-js/extra-typings";
import { markdownTable, right } from "../src/text/markdown.ts";
import { startSweep, startWorker, type SweepPlace } from "../tests/end_to_end/machines/machines.ts";
import type { Program } from "../tests/end_to_end/machines/program.ts";
import { writeExperiment } from "../tests/end_to_end/machines/small_experiments.ts";
import { freePort } from "../tests/free_port.ts";
import { NATS_SERVER, NatsServer } from "../tests/nats_server.ts";
import { outputOf, processorName } from "./machine.ts";
import { type Cost, limitsTable } from "./machine_limits.ts";

const RESULTS = new URL("./machines.md", import.meta.url);
const TRIVIAL_RUNS = [100, 1000, 10_000];
const COURSE_RUNS = 8;

const command = new Command("deno task bench-machines")
  .description(
    "Times sweeps over a server and two workers, on this machine, which should do nothing else: ten minutes or so, writes " +
      "bench/machines.md.",
  )
  .option("--quick", "fewer runs; nothing is written")
  .option("--mnist <dir>", "folder of MNIST's files; without it, drawn digits are trained on")
  .helpOption("-h, --help", "show this help")
  .exitOverride();

async function bench({ quick = false, mnist }: { quick?: boolean; mnist?: string }): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "bench-machines-" });
  const monitor = freePort();
  const server = await NatsServer.start(folder, { args: ["-m", String(monitor)] });
  const workers: Program[] = [];
  const work = async (count: number, place = "desk") => {
    for (let i = 0; i < count; i++) {
      workers.push(await startWorker(server.url, { name: `${place}${i}`, folder }));
    }
  };
  const stopWorkers = () => Promise.all(workers.splice(0).map((worker) => worker.end()));
  const measure = (url: string | null, place: SweepPlace) => measureSweep({ url, place, server, monitor });
  const data = mnist === undefined ? "drawn digits" : "MNIST";
  const course = {
    config: await courseConfig(folder, { drawn: mnist === undefined, epochs: quick ? 1 : 10 }),
    folder,
    args: mnist === undefined ? [] : ["--mirror", mnist],
  };
  const sections: string[] = [];
  const say = (text: string) => {
    console.log(`${text}\n`);
    sections.push(text);
  };
  try {
    say(
      `# Many machines\n\n${await processorName()}, ${navigator.hardwareConcurrency} cores; Deno ${Deno.version.deno}; ` +
        `${new Date().toISOString().slice(0, 10)}; load before: ${Deno.loadavg()[0].toFixed(2)}.`,
    );

    await work(2);
    const idle = await messageRate(monitor, 20);
    const rows: string[][] = [];
    for (const runs of quick ? TRIVIAL_RUNS.slice(0, 2) : TRIVIAL_RUNS) {
      const config = await trivialConfig(folder, runs);
      const local = await measure(null, {
        config,
        folder,
        out: `local${runs}`,
        args: ["--yes", "--workers", "2"],
      });
      const remote = await measure(server.url, { config, folder, out: `remote${runs}`, args: ["--yes"] });
      rows.push(
        [
          runs,
          ...[local, remote].map(({ seconds }) => (1000 * seconds / runs).toFixed(2)),
          (1000 * (remote.seconds - local.seconds) / runs).toFixed(2),
          (1000 * remote.sweepCpu / runs).toFixed(2),
          (1000 * remote.serverCpu / runs).toFixed(2),
          (remote.messages / runs).toFixed(1),
        ].map(String),
      );
    }
    const columns = [
      "runs",
      "two local workers, ms a run",
      "two worker processes, ms a run",
      "more, ms a run",
      "sweep's CPU, ms",
      "server's CPU, ms",
      "messages",
    ].map(right);
    say(
      `## A trivial run\n\n60 images of 6 x 6 pixels, one hidden unit, one epoch. Wall time from the plan to the last run's end.\n\n` +
        markdownTable(columns, rows),
    );

    await stopWorkers();
    await work(1, "one");
    const one = await measure(server.url, { ...course, out: "one" });
    await server.stop();
    await Deno.remove(`${folder}/nats`, { recursive: true });
    await server.restart();
    await stopWorkers();
    await work(2, "two");
    const two = await measure(server.url, { ...course, out: "two" });
    say(
      `## ${COURSE_RUNS} runs of the course's network\n\n784-400-200-10 on ${data}, ${
        quick ? 1 : 10
      } epochs: ` +
        `${one.seconds.toFixed(1)} s on a worker process, ${two.seconds.toFixed(1)} s on two: ` +
        `${(one.seconds / two.seconds).toFixed(2)} times as fast.`,
    );

    const arrival = (name: string, rate: number) =>
      firstEpoch(server.url, { name, course: { ...course, out: `arrival${rate}` }, rate });
    await stopWorkers();
    const [cold, warm] = [await arrival("new", 0.5), await arrival("new", 0.6)];
    say(
      `## ${data} reach a new worker\n\nFrom the worker's start to its first epoch's, ${
        cold.toFixed(2)
      } s with an empty folder, ` +
        `${warm.toFixed(2)} s with the data in it: ${(cold - warm).toFixed(2)} s for ${data}.`,
    );

    say(
      `## 1,000 workers: what is full first\n\n${
        limitsTable(two, { workerSeconds: one.seconds / one.runs, beats: idle / 2 })
      }\n\n` +
        "The data set's way to the server and to each machine, and its place in the store, are in what a run takes, an eighth " +
        "of it for each of the 8 runs: of a sweep of many runs network and store carry far less a run.",
    );
  } finally {
    await stopWorkers();
    await server.stop();
    await Deno.remove(folder, { recursive: true });
  }
  return sections.join("\n\n") + "\n";
}

/** Sweeps, and tells what it took from the plan to the end of the last run. Without a URL, on this machine alone. */
async function measureSweep({ url, place, server, monitor }: {
  url: string | null;
  place: SweepPlace;
  server: NatsServer;
  monitor: number;
}): Promise<Cost> {
  let runs = 0;
  const look = async (sweep: Program) => ({
    at: performance.now(),
    sweepCpu: await cpuSeconds(sweep.pid),
    serverCpu: await cpuSeconds(server.pid),
    traffic: await traffic(monitor),
  });
  const plan = Promise.withResolvers<void>(), last = Promise.withResolvers<void>();
  let ends = 0;
  const sweep = startSweep(url, {
    ...place,
    onLine(line) {
      // Not parsed, but for one: this process shares the processor with what it measures.
      if (line.startsWith('{"type":"plan"')) {
        runs = JSON.parse(line).legs;
        plan.resolve();
      } else if (line.startsWith('{"type":"run_end"') && ++ends === runs) last.resolve();
    },
  });
  const failed = sweep.ended.then(({ code }) => {
    if (code !== 0) throw new Error(`The sweep ended with ${code}:\n${sweep.lines.slice(-10).join("\n")}`);
  });
  await Promise.race([plan.promise, failed]);
  const before = await look(sweep);
  await Promise.race([last.promise, failed]);
  const after = await look(sweep);
  await failed;
  return {
    runs,
    seconds: (after.at - before.at) / 1000,
    sweepCpu: after.sweepCpu - before.sweepCpu,
    serverCpu: after.serverCpu - before.serverCpu,
    messages: after.traffic.messages - before.traffic.messages,
    bytes: after.traffic.bytes - before.traffic.bytes,
    stored: await folderBytes(`${place.folder}/${place.out}-store`),
  };
}

/** Seconds from the start of a worker, for which a run waits, to the start of its first epoch. */
async function firstEpoch(
  url: string,
  { name, course, rate }: { name: string; course: SweepPlace; rate: number },
): Promise<number> {
  const args = [
    ...course.args ?? [],
    "--set",
    "train.epochs=1",
    "--set",
    `sweep.parameters={train.learning_rate: [${rate}]}`,
  ];
  const sweep = startSweep(url, { ...course, args });
  await sweep.says(/"plan"/);
  const start = performance.now();
  const worker = await startWorker(url, { name, folder: course.folder });
  const { seconds } = JSON.parse(await sweep.says(/"epoch"/));
  const passed = (performance.now() - start) / 1000 - seconds;
  await sweep.ended;
  await worker.end();
  return passed;
}

/** Seeds of one trial, of an epoch that takes next to nothing. */
function trivialConfig(folder: string, runs: number): Promise<string> {
  return writeExperiment(folder, `trivial${runs}`, {
    model: { hidden: [1] },
    train: { epochs: 1, batch_size: 60 },
    seeds: { count: runs },
    sweep: undefined,
  });
}

/** Eight learning rates of the course's network. */
async function courseConfig(
  folder: string,
  { drawn, epochs }: { drawn: boolean; epochs: number },
): Promise<string> {
  const path = `${folder}/course.json`;
  await Deno.writeTextFile(
    path,
    JSON.stringify({
      name: "course",
      dataset: drawn ? "strokes" : "mnist",
      model: { hidden: [400, 200] },
      train: { epochs, batch_size: 20, shuffle: "once" },
      sweep: {
        parameters: { "train.learning_rate": Array.from({ length: COURSE_RUNS }, (_, i) => (i + 1) / 100) },
      },
    }),
  );
  return path;
}

/** Seconds of the processor that a process, or all of a group, and what they waited for have used, as Linux counts them: in hundredths. */
async function cpuSeconds(id: number): Promise<number> {
  // Deno reads nothing in /proc without all permissions.
  const stats = await outputOf("sh", "-c", "cat /proc/[0-9]*/stat 2>/dev/null; true") ?? "";
  let ticks = 0;
  for (const stat of stats.split("\n")) {
    // After the name, which may hold anything: state, parent, group ...
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(fields[2]) !== id && parseInt(stat) !== id) continue;
    for (const i of [11, 12, 13, 14]) ticks += Number(fields[i]);
  }
  return ticks / 100;
}

/** Messages and bytes that a server has taken and sent since it was started. */
async function traffic(monitor: number): Promise<{ messages: number; bytes: number }> {
  const counts = await (await fetch(`http://127.0.0.1:${monitor}/varz`)).json();
  return { messages: counts.in_msgs + counts.out_msgs, bytes: counts.in_bytes + counts.out_bytes };
}

/** Messages a second of whatever is going on now. */
async function messageRate(monitor: number, seconds: number): Promise<number> {
  const before = await traffic(monitor);
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  return ((await traffic(monitor)).messages - before.messages) / seconds;
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    bytes += isDirectory ? await folderBytes(path) : (await Deno.stat(path)).size;
  }
  return bytes;
}

if (NATS_SERVER === undefined) {
  console.error("Cannot measure: nats-server must be there (apt-get install nats-server)");
  Deno.exit(2);
}
try {
  command.parse(Deno.args, { from: "user" });
  const options = command.opts();
  const report = await bench(options);
  if (!options.quick) await Deno.writeTextFile(RESULTS, report);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  Deno.exit(error.exitCode === 0 ? 0 : 2);
}
