import assert from "node:assert/strict";
import { connect } from "@nats-io/transport-node";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { agreement, FORMAT } from "../../../pipeline/machines/agreement.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { PROJECT } from "../../../pipeline/machines/names.ts";
import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import { main } from "../../../pipeline/main.ts";
import { readExperiment } from "../../../pipeline/sweep/read_experiment.ts";
import { runSweep } from "../../../pipeline/sweep/sweep.ts";
import { delay } from "../../../pipeline/system/delay.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";
import { type Machines, testMachines } from "./with_machines.ts";

const LITTLE_ROOM = new URL("../../end_to_end/machines/little_room.conf", import.meta.url).pathname;

testMachines(
  "a detached sweep's run is given back by a machine that ends, goes on at another, and is collected into an empty store",
  async (machines) => {
    const { folder, server, start } = machines;
    const config = await longRun(folder);
    const first = start("first", { checkpointSeconds: 0 });
    const begun = heard(machines, "epoch", 3);
    const detached = await sweepIn(folder, { config, out: "away", flags: ["--on", server.url, "--detach"] });
    assert.deepEqual([detached.code, detached.err], [0, ""]);
    const said = detached.events.flatMap((event) => event.type === "note" ? [event.message] : []);
    assert.ok(
      said.some((text) => /^1 run in the queue.*\n {2}deno task sweep .*--on nats:/.test(text)),
      said.join("\n"),
    );
    await begun;
    await first.stop();
    const [, epoch] = /given back at epoch (\d+)/.exec(first.told.join("\n")) ?? [];
    assert.ok(Number(epoch) > 0, first.told.join("\n"));

    start("second");
    const [collected, local] = await Promise.all([
      sweepIn(folder, { config, out: "home", store: "another", flags: ["--on", server.url] }),
      sweepIn(folder, { config, out: "local", store: "local-store" }),
    ]);
    assert.deepEqual([collected.code, collected.err, local.code], [0, "", 0]);
    assert.deepEqual(await readResults(`${folder}/home`), await readResults(`${folder}/local`));
  },
);

testMachines("two sweeps of the same runs at once compute each once", async (machines) => {
  const { folder, server, start } = machines;
  const config = { ...await tinyExperiment(folder), seeds: [0, 1, 2] };
  const starts = countStarts(machines);
  start("one");
  const sweeps = ["a", "b"].map((out) =>
    sweepIn(folder, { config, out, store: `store-${out}`, flags: ["--on", server.url] })
  );
  for (const { code } of await Promise.all(sweeps)) assert.equal(code, 0);
  assert.deepEqual(await readResults(`${folder}/a`), await readResults(`${folder}/b`));
  const counts = [...(await starts()).values()];
  assert.deepEqual(counts, new Array(6).fill(1));
});

testMachines(
  "a run that was given to three workers in vain has failed, and says so; the same command tries again",
  async ({ folder, server, start }) => {
    const config = { ...await tinyExperiment(folder), sweep: undefined };
    const away = await sweepIn(folder, { config, flags: ["--on", server.url, "--detach"] });
    assert.equal(away.code, 0);
    // Three workers that take it and are not heard of again.
    const connection = await connect({ servers: server.url });
    const jsm = await jetstreamManager(connection);
    const durable_name = `core-${agreement()}`;
    const filter_subject = `${PROJECT}.jobs.${agreement()}.>`;
    await jsm.consumers.add(`${PROJECT}-jobs`, { durable_name, filter_subject, ack_policy: "explicit" });
    const consumer = await jetstream(connection).consumers.get(`${PROJECT}-jobs`, durable_name);
    for (let i = 0; i < 3; i++) (await consumer.next({ expires: 5000 }))!.nak();
    await connection.flush();

    // A failure that is older than the command would be tried again: the machine comes when the sweep listens.
    const collected = sweepIn(folder, { config, flags: ["--on", server.url] });
    while ((await jsm.streams.info(`${PROJECT}-states`)).state.consumer_count === 0) await delay(10);
    await connection.close();
    start("one");
    const failed = await collected;
    assert.equal(failed.code, 1);
    const ends = failed.events.flatMap((event) => event.type === "run_end" ? [event] : []);
    assert.match(ends[0].reason ?? "", /^on one: it was given to a worker 3 times/);
    const again = await sweepIn(folder, { config, flags: ["--on", server.url] });
    assert.deepEqual([again.code, again.epochs], [0, 2]);
  },
);

testMachines(
  "a run whose workers die on a machine is done by another, and given up when three machines have lost theirs",
  async ({ folder, server, start }) => {
    const worker = new URL("../workers/dying_worker.ts", import.meta.url);
    const config = {
      ...await tinyExperiment(folder),
      // That of which the worker dies after each epoch.
      sweep: { parameters: { "train.learning_rate": [0.2] } },
      train: { epochs: 60, batch_size: 10 },
    };
    const flags = ["--on", server.url];
    const machines = [start("one", { worker })];
    const lost = () =>
      machines.flatMap(({ told }) => told.filter((line) => /^run .* failed: the worker died/.test(line)));
    const sweeping = sweepIn(folder, { config, flags });
    while (lost().length === 0) await delay(20);
    const well = start("well");
    const { code, err } = await sweeping;
    assert.deepEqual([code, err, lost().length], [0, "", 1]);
    await well.stop();

    machines.push(start("two", { worker }), start("three", { worker }));
    const failed = await sweepIn(folder, { config: { ...config, seeds: [1] }, out: "again", flags });
    assert.equal(failed.code, 1);
    const [end] = failed.events.flatMap((event) => event.type === "run_end" ? [event] : []);
    assert.match(end.reason ?? "", /^on \w+: the worker died: /);
    assert.equal(lost().length, 4);
  },
);

testMachines("a server that dies and comes back loses nothing", async (machines) => {
  const { folder, server, start } = machines;
  const config = {
    ...await tinyExperiment(folder),
    model: { hidden: [100] },
    train: { epochs: 300, batch_size: 10 },
    seeds: [0, 1, 2, 3],
  };
  start("one");
  start("two");
  const begun = heard(machines, "start", 2);
  const sweeping = sweepIn(folder, { config, out: "remote", flags: ["--on", server.url] });
  await begun;
  await server.stop("SIGKILL");
  await server.restart();
  const remote = await sweeping;
  assert.deepEqual([remote.code, remote.err], [0, ""]);
  const notes = remote.events.flatMap((event) => event.type === "note" ? [event.message] : []);
  assert.ok(notes.some((note) => note.endsWith("connected again")), notes.join("\n"));
  await sweepIn(folder, { config, out: "local", store: "local-store" });
  assert.deepEqual(await readResults(`${folder}/remote`), await readResults(`${folder}/local`));
});

for (const [what, epochs] of [["trains", 10_000], ["has a result for it", 2]] as const) {
  testMachines(`a machine that ${what} ends though the server is away`, async (machines) => {
    const { folder, server, start } = machines;
    // Weights of a mebibyte, which are an object of their own.
    const config = {
      ...await tinyExperiment(folder),
      sweep: undefined,
      model: { hidden: [500, 500] },
      train: { epochs, batch_size: 10 },
    };
    const one = start("one", { checkpointSeconds: 0 });
    const begun = heard(machines, "start", 1);
    const detached = await sweepIn(folder, { config, flags: ["--on", server.url, "--detach"] });
    assert.deepEqual([detached.code, detached.err], [0, ""]);
    await begun;
    await server.stop("SIGKILL");
    // Longer than two epochs take.
    await delay(1500);
    const asked = performance.now();
    await one.stop();
    // Alone seven seconds, and no longer than the server is away.
    assert.ok(performance.now() - asked < 30_000, `${performance.now() - asked} ms`);
    assert.match(
      one.told.at(-1) ?? "",
      /^run [0-9a-f]{12}: the server did not answer, so it could not be given back;/,
    );
  });
}

testMachines(
  "a sweep that is interrupted while it offers its data to a server that is away ends",
  async ({ folder, server }) => {
    const path = `${folder}/tiny.json`;
    await Deno.writeTextFile(path, JSON.stringify(await tinyExperiment(folder)));
    const end = new AbortController();
    const streams = new RecordedStreams({});
    const planned = Promise.withResolvers<Promise<void>>();
    const told = streams.stdout;
    streams.stdout = (text) => {
      told(text);
      // It is told before anything is offered.
      if (text.includes('"plan"')) planned.resolve(server.stop("SIGKILL"));
    };
    const places = ["--out", `${folder}/results`, "--store", `${folder}/store`, "--on", server.url];
    const sweeping = main(["sweep", path, ...places, "--json"], { signal: end.signal, streams }, [
      sweepCommand,
    ]);
    await planned.promise;
    await delay(500);
    end.abort(new Error("interrupted"));
    const asked = performance.now();
    assert.equal(await sweeping, 130);
    assert.ok(performance.now() - asked < 30_000, `${performance.now() - asked} ms`);
  },
);

testMachines(
  "a lease is that of the machines that are at work: whoever joins with another one is told, and takes no run away",
  async (machines) => {
    const { folder, server, start } = machines;
    const connection = await connect({ servers: server.url });
    const { consumers } = await jetstreamManager(connection);
    const queue = () => consumers.info(`${PROJECT}-jobs`, `core-${agreement()}`);
    const seconds = async () => ((await queue()).config.ack_wait ?? 0) / 1e9;
    const waiting = async (count: number) => {
      while ((await queue().catch(() => null))?.num_waiting !== count) await delay(50);
    };
    const first = start("one", { lease: 3600 });
    await waiting(1);
    const begun = heard(machines, "start", 1);
    const sweeping = sweepIn(folder, { config: await longRun(folder), flags: ["--on", server.url] });
    await begun;
    const others = [start("two"), start("three", { lease: 2 })];
    await waiting(2);
    assert.equal(await seconds(), 3600);
    const { code, err } = await sweeping;
    assert.deepEqual([code, err, (await queue()).delivered.consumer_seq], [0, "", 1]);
    const told = others.map(({ told }) =>
      told.slice(1).map((line) => line.replace(/by which .* works?, and/, "..., and"))
    );
    assert.deepEqual(told, [[], [
      "The lease is 3,600 seconds, ..., and not 2: to change it, end all workers first",
    ]]);
    for (const { stop } of [first, ...others]) await stop();

    // Nobody is at work any more.
    const last = start("four", { lease: 5 });
    await waiting(1);
    assert.deepEqual([await seconds(), last.told.length], [5, 1]);
    await last.stop();
    start("five");
    await waiting(1);
    assert.equal(await seconds(), 5);
    await connection.close();
  },
);

testMachines(
  "a machine whose queue is gone says that it is not answered, and works when somebody has made it anew",
  async ({ folder, server, start }) => {
    const machine = start("one");
    const connection = await connect({ servers: server.url });
    const { streams, consumers } = await jetstreamManager(connection);
    const waits = () => consumers.info(`${PROJECT}-jobs`, `core-${agreement()}`).catch(() => null);
    while ((await waits())?.num_waiting !== 1) await delay(50);
    await streams.delete(`${PROJECT}-jobs`);
    await connection.close();
    while (machine.told.length === 1) await delay(50);
    assert.match(machine.told[1], /^The server does not answer \(stream not found\); trying again$/);
    const config = { ...await tinyExperiment(folder), sweep: undefined };
    const swept = await sweepIn(folder, { config, flags: ["--on", server.url] });
    assert.deepEqual([swept.code, swept.err], [0, ""]);
    assert.equal(machine.told.length, 2);
  },
);

testMachines(
  "messages that are none are refused in a line, and harm nobody",
  async ({ folder, server, start }) => {
    const config = await tinyExperiment(folder);
    // Makes the streams.
    const machine = start("one");
    const before = await sweepIn(folder, { config, out: "before", flags: ["--on", server.url] });
    assert.equal(before.code, 0);
    const connection = await connect({ servers: server.url });
    const js = jetstream(connection);
    const core = agreement();
    const key = `${"ab".repeat(32)}.3`;
    const bad = [
      "",
      "{}",
      "[1",
      "null",
      JSON.stringify({ format: FORMAT, fingerprint: "ab".repeat(32), stage: 3 }),
    ];
    for (const [i, text] of bad.entries()) {
      await js.publish(`${PROJECT}.jobs.${core}.${key}${i}`, text);
      await js.publish(`${PROJECT}.results.${key}${i}`, text);
      connection.publish(`${PROJECT}.progress.${key}${i}`, text);
      connection.publish(`${PROJECT}.machines.m${i}`, text);
    }
    await js.publish(`${PROJECT}.jobs.${core}.nonsense`, "{}");
    await connection.flush();
    const after = await sweepIn(folder, {
      config: { ...config, seeds: [1] },
      out: "after",
      flags: ["--on", server.url],
    });
    assert.deepEqual([after.code, after.err], [0, ""]);
    const jobs = await (await jetstreamManager(connection)).streams.info(`${PROJECT}-jobs`);
    assert.equal(jobs.state.messages, 0);
    await connection.close();
    assert.equal(
      machine.told.filter((line) => line.startsWith("run abababababab failed: ")).length,
      bad.length,
    );
  },
);

testMachines(
  "a result that is not what its hash says is computed again",
  async ({ folder, server, start }) => {
    const config = { ...await tinyExperiment(folder), sweep: undefined };
    const machine = start("one");
    const first = await sweepIn(folder, { config, out: "first", flags: ["--on", server.url] });
    assert.equal(first.code, 0);
    await machine.stop();
    const connection = await connect({ servers: server.url });
    const jsm = await jetstreamManager(connection);
    const { state } = await jsm.streams.info(`${PROJECT}-states`, {
      subjects_filter: `${PROJECT}.results.>`,
    });
    const [subject] = Object.keys(state.subjects ?? {});
    const { data } = (await jsm.streams.getMessage(`${PROJECT}-states`, { last_by_subj: subject }))!;
    const spoiled = data.slice();
    spoiled[spoiled.length - 1] ^= 1;
    await jetstream(connection).publish(subject, spoiled);
    await connection.close();
    start("two");
    const again = await sweepIn(folder, {
      config,
      out: "again",
      store: "empty",
      flags: ["--on", server.url],
    });
    assert.equal(again.code, 0);
    const warnings = again.events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.match(warnings.join("\n"), /cannot be read, and the run is computed again: the SHA-256/);
    assert.deepEqual(await readResults(`${folder}/again`), await readResults(`${folder}/first`));
  },
);

testMachines(
  "machines that waited for a run while the server was restarted refuse none: each is given once",
  async ({ folder, server, start }) => {
    const config = { ...await tinyExperiment(folder), seeds: [0, 1, 2, 3] };
    const waiting = ["one", "two", "three", "four", "five"].map((name) => start(name));
    const connection = await connect({
      servers: server.url,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    const { consumers } = await jetstreamManager(connection);
    const queue = () => consumers.info(`${PROJECT}-jobs`, `core-${agreement()}`);
    while ((await queue().catch(() => null))?.num_waiting !== waiting.length) await delay(50);
    await server.stop("SIGKILL");
    await server.restart();
    while (!waiting.every(({ told }) => told.at(-1)?.endsWith("connected again"))) await delay(50);
    const swept = await sweepIn(folder, { config, flags: ["--on", server.url] });
    assert.deepEqual([swept.code, swept.err], [0, ""]);
    const { delivered } = await queue();
    assert.equal(delivered.consumer_seq, 8);
    await connection.close();
  },
);

testMachines(
  "a run that is being trained is not given up, however often its lease was lost meanwhile",
  async (machines) => {
    const { folder, server, start } = machines;
    const config = await longRun(folder);
    const connection = await connect({ servers: server.url });
    const acknowledged = connection.subscribe(`$JS.ACK.${PROJECT}-jobs.>`);
    start("one", { lease: 1 });
    const begun = heard(machines, "start", 1);
    const sweeping = sweepIn(folder, { config, flags: ["--on", server.url] });
    await begun;
    // As after a server's long absence: the run goes to others while its machine is at it.
    for await (const { subject } of acknowledged) {
      connection.publish(subject, "-NAK");
      break;
    }
    const consumer = await jetstream(connection).consumers.get(`${PROJECT}-jobs`, `core-${agreement()}`);
    for (let i = 0; i < 2; i++) (await consumer.next({ expires: 5000 }))!.nak();
    await connection.flush();
    start("two", { lease: 1 });
    const { code, err, epochs } = await sweeping;
    assert.deepEqual([code, err, epochs], [0, "", 600]);
    await connection.close();
  },
);

/** A run that takes seconds on any machine, of 600 epochs. */
async function longRun(folder: string): Promise<object> {
  return {
    ...await tinyExperiment(folder),
    model: { hidden: [1000, 200] },
    train: { epochs: 600, batch_size: 20 },
    sweep: undefined,
  };
}

/** Resolves when so many runs have been begun, or epochs have ended. */
async function heard({ server }: Machines, type: "start" | "epoch", count: number): Promise<void> {
  const connection = await connect({ servers: server.url });
  const subscription = connection.subscribe(`${PROJECT}.progress.>`);
  await connection.flush();
  let seen = 0;
  for await (const message of subscription) {
    if (message.json<{ type: string }>().type === type && ++seen === count) break;
  }
  await connection.close();
}

/** Counts how often each run is begun, until the result is called. */
function countStarts({ server }: Machines): () => Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const opened = connect({ servers: server.url }).then((connection) => {
    connection.subscribe(`${PROJECT}.progress.>`, {
      callback(_error, message) {
        const { subject } = message;
        if (message.json<{ type: string }>().type !== "start") return;
        counts.set(subject, (counts.get(subject) ?? 0) + 1);
      },
    });
    return connection;
  });
  return async () => {
    await (await opened).close();
    return counts;
  };
}

testMachines(
  "runs that cannot be taken out of the queue are told of",
  async ({ folder, server }) => {
    const sweep = await startInterruptible(folder, { config: await tinyExperiment(folder), server });
    while (await sweep.queued() < 2) await delay(20);
    // What the server has taken, it has told the sweep of a moment later.
    await delay(200);
    await sweep.interrupt(async () => {
      await sweep.close();
      await server.stop("SIGKILL");
      return false;
    });
    const warnings = sweep.events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /^2 runs could not be taken out of the queue \(.+\): machines train/);
  },
);

testMachines(
  "what waits to come into a full queue does not come into it when the sweep has taken its runs out",
  async ({ folder, server }) => {
    const config = { ...await tinyExperiment(folder), seeds: Array.from({ length: 200 }, (_, seed) => seed) };
    const sweep = await startInterruptible(folder, { config, server, room: 20_000 });
    while (!sweep.events.some((event) => event.type === "note" && /has no room/.test(event.message))) {
      await delay(20);
    }
    assert.ok(await sweep.queued() > 1);
    await sweep.interrupt(async () => {
      await sweep.makeRoom();
      // Longer than until what waits is tried again.
      await delay(3000);
      return false;
    });
    assert.equal(await sweep.queued(), 0);
    await sweep.close();
  },
  { args: ["-c", LITTLE_ROOM] },
);

const FILLER_BYTES = 10_000;

/** Sweeps until it is interrupted, in a queue that has so much `room` in bytes. */
async function startInterruptible(
  folder: string,
  { config, server, room }: { config: object; server: Machines["server"]; room?: number },
) {
  const path = `${folder}/config.json`;
  await Deno.writeTextFile(path, JSON.stringify(config));
  // Makes the streams.
  const exchange = await Exchange.open({ address: parseAddress(server.url), project: PROJECT }, {
    signal: new AbortController().signal,
    tell() {},
  });
  const { streams } = await jetstreamManager(exchange.connection);
  const { names } = exchange;
  const full = `${PROJECT}.jobs.other.full`;
  if (room !== undefined) {
    const { config: { max_bytes } } = await streams.info(names.jobs);
    // Not as one, which nats-server 2.9.10 may drop when another message comes.
    for (let bytes = 0, i = 0; bytes < max_bytes - room; bytes += FILLER_BYTES, i++) {
      await exchange.publish(`${full}.${i}`, new Uint8Array(FILLER_BYTES));
    }
  }
  const stop = new AbortController();
  const events: PipelineEvent[] = [];
  let keepQueued = () => Promise.resolve(true);
  const sweeping = runSweep({
    ...{ config: path, set: [], out: `${folder}/out`, store: `${folder}/store`, workers: 1, on: server.url },
    yes: true,
  }, {
    signal: stop.signal,
    experiment: await readExperiment({ config: path, set: [] }),
    reporter: { handle: (event) => void events.push(event), close() {} },
    keepQueued: () => keepQueued(),
  });
  const ended = assert.rejects(sweeping, { name: "AbortError" });
  return {
    events,
    queued: () => exchange.queued().then(({ size }) => size),
    makeRoom: async () => {
      await streams.purge(names.jobs, { filter: `${full}.*` });
    },
    /** Ends it; `keep` is what is answered when it asks whether runs are to stay in the queue. */
    async interrupt(keep: () => Promise<boolean>) {
      keepQueued = keep;
      stop.abort();
      await ended;
    },
    close: () => exchange[Symbol.asyncDispose](),
  };
}

testMachines(
  "an interrupted sweep leaves its runs in the queue, or takes them out where that is answered",
  async ({ folder, server }) => {
    const config = await tinyExperiment(folder);
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(config));
    const experiment = await readExperiment({ config: `${folder}/config.json`, set: [] });
    const connection = await connect({ servers: server.url });
    const jsm = await jetstreamManager(connection);
    const queued = async () => {
      return (await jsm.streams.info(`${PROJECT}-jobs`)).state.messages;
    };
    for (const keep of [undefined, true, false]) {
      const stop = new AbortController();
      const asked: number[] = [];
      const keepQueued = keep === undefined ? undefined : (runs: number) => {
        asked.push(runs);
        return Promise.resolve(keep);
      };
      const sweeping = runSweep({
        config: `${folder}/config.json`,
        set: [],
        out: `${folder}/out`,
        store: `${folder}/store`,
        workers: 1,
        on: server.url,
      }, {
        signal: stop.signal,
        experiment,
        reporter: { handle() {}, close() {} },
        ...(keepQueued ? { keepQueued } : {}),
      });
      const ended = assert.rejects(sweeping, { name: "AbortError" });
      while (await queued().catch(() => 0) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      // What the server has taken, it has told the sweep of a moment later.
      await new Promise((resolve) => setTimeout(resolve, 200));
      stop.abort();
      await ended;
      assert.deepEqual([await queued(), asked], [keep === false ? 0 : 2, keep === undefined ? [] : [2]]);
      await jsm.streams.purge(`${PROJECT}-jobs`);
    }
    await connection.close();
  },
);
