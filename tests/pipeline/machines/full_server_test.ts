import assert from "node:assert/strict";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { PROJECT } from "../../../pipeline/machines/names.ts";
import { hashBytes } from "../../../pipeline/store/hash.ts";
import { delay, settlesWithin } from "../../../pipeline/system/delay.ts";
import { main } from "../../../pipeline/main.ts";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { tinyExperiment } from "../tiny_experiment.ts";
import { testWithNats } from "../../nats_server.ts";

const LITTLE_ROOM = new URL("../../end_to_end/machines/little_room.conf", import.meta.url).pathname;

testWithNats(
  "a sweep whose runs find no room on the server says so, waits, and goes on when there is room",
  async ({ folder, server }) => {
    const config = { ...await tinyExperiment(folder), sweep: undefined };
    const path = `${folder}/config.json`;
    await Deno.writeTextFile(path, JSON.stringify(config));
    const streams = new RecordedStreams({});
    const args = [
      "sweep",
      path,
      "--out",
      `${folder}/out`,
      "--store",
      `${folder}/store`,
      "--json",
      "--on",
      server.url,
    ];
    // Makes the streams, as large as there is room.
    const away = await run([...args, "--detach"]);
    assert.equal(away.code, 0, away.err);

    const connection = await connect({ servers: server.url });
    const jsm = await jetstreamManager(connection);
    await jsm.streams.purge("nn-experiments-jobs");
    await fillQueue(connection);

    const sweeping = run([...args, "--detach"], streams);
    while (!streams.out.includes("has no room")) await delay(50);
    await jsm.streams.purge("nn-experiments-jobs");
    assert.equal((await sweeping).code, 0);
    assert.match(streams.out, /The server has room again/);
    await connection.close();
  },
  { args: ["-c", LITTLE_ROOM] },
);

testWithNats(
  "that there is room again is told when what found none is stored, not when something else goes well",
  async ({ server }) => {
    const told: string[] = [];
    const access = { address: parseAddress(server.url), project: "nn-experiments" };
    const { signal } = new AbortController();
    await using exchange = await Exchange.open(access, { signal, tell: ({ en }) => void told.push(en) });
    await fillQueue(exchange.connection);
    const publishing = exchange.publish("nn-experiments.jobs.other.run", new Uint8Array(1000));
    while (exchange.full === null) await delay(10);
    assert.equal(await exchange.find("nn-experiments.results.none"), null);
    assert.equal(told.length, 1);
    assert.match(told[0], /has no room: maximum bytes exceeded/);
    const jsm = await jetstreamManager(exchange.connection);
    await jsm.streams.purge("nn-experiments-jobs");
    await publishing;
    assert.deepEqual([told.slice(1), exchange.full], [["The server has room again."], null]);
  },
  { args: ["-c", LITTLE_ROOM] },
);

testWithNats(
  "what waits for room keeps nothing from being read or taken back, however much there is of it",
  async ({ server }) => {
    const access = { address: parseAddress(server.url), project: PROJECT };
    const end = new AbortController();
    await using exchange = await Exchange.open(access, { signal: end.signal, tell() {} });
    const { names } = exchange;
    await exchange.publish(`${PROJECT}.results.run`, "a state");
    const bytes = new Uint8Array(100);
    const sha256 = hashBytes(bytes);
    await exchange.putObject(sha256, () => Promise.resolve(bytes));
    await fillQueue(exchange.connection);
    await fillBucket(exchange);
    const waiting = [
      ...Array.from(
        { length: 300 },
        (_, i) => exchange.publish(`${PROJECT}.jobs.other.${i}`, new Uint8Array(1000)),
      ),
      ...Array.from(
        { length: 10 },
        (_, i) => exchange.putObject(`${i}`, () => Promise.resolve(new Uint8Array(2 ** 20))),
      ),
    ];
    const ended = Promise.allSettled(waiting);
    while (exchange.full === null) await delay(10);
    await delay(500);
    const reading = Promise.all([
      exchange.find(`${PROJECT}.results.run`),
      exchange.getObject(sha256, { sha256, bytes: bytes.length, inline: false }),
      exchange.remove(names.jobs, `${PROJECT}.jobs.other.none`, { once: true }),
    ]);
    const isRead = await settlesWithin(10_000, reading);
    end.abort(new Error("ended"));
    await ended;
    assert.ok(isRead);
    assert.deepEqual((await reading)[1], bytes);
  },
  { args: ["-c", LITTLE_ROOM] },
);

/** Leaves no room for an object of a mebibyte. */
async function fillBucket({ connection, names }: Exchange): Promise<void> {
  const { streams } = await jetstreamManager(connection);
  const subject = `$O.${names.objects}.C.full`;
  for (;;) {
    const { config: { max_bytes }, state } = await streams.info(names.bucket);
    const room = max_bytes - state.bytes;
    if (room < 2 ** 20) return;
    await jetstream(connection).publish(subject, new Uint8Array(Math.min(room / 2, 1_000_000)));
  }
}

/** Leaves less room in the queue than a job takes. */
async function fillQueue(connection: NatsConnection): Promise<void> {
  const jsm = await jetstreamManager(connection);
  const { config: { max_bytes } } = await jsm.streams.info("nn-experiments-jobs");
  assert.ok(max_bytes > 0 && max_bytes < 2 ** 20, String(max_bytes));
  connection.publish("nn-experiments.jobs.other.full", new Uint8Array(max_bytes - 200));
  await connection.flush();
}

async function run(args: string[], streams = new RecordedStreams({})) {
  const code = await main(args, { signal: new AbortController().signal, streams }, [sweepCommand]);
  return { code, err: streams.err };
}
