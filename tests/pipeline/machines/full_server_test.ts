import assert from "node:assert/strict";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { jetstreamManager } from "@nats-io/jetstream";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { delay } from "../../../pipeline/system/delay.ts";
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
