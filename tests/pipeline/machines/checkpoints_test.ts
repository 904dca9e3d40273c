import assert from "node:assert/strict";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { Objm } from "@nats-io/obj";
import { Names, PROJECT } from "../../../pipeline/machines/names.ts";
import { decodeParcel } from "../../../pipeline/machines/parcel.ts";
import { delay } from "../../../pipeline/system/delay.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";
import { testMachines } from "./with_machines.ts";

const FULL = `${PROJECT}.checkpoints.full`;
const LITTLE_ROOM = new URL("../../end_to_end/machines/little_room.conf", import.meta.url).pathname;

testMachines(
  "checkpoints that find no room wait one at a time, are stored in their order, and are gone when the run has ended",
  async ({ folder, server, start }) => {
    const connection = await connect({ servers: server.url });
    const { streams } = await jetstreamManager(connection);
    const names = new Names(PROJECT);
    /** The epochs of the checkpoints that somebody tried to store, in their order. */
    const tried: number[] = [];
    connection.subscribe(names.checkpoint(">"), {
      callback: (_, { subject, data }) => {
        if (!subject.startsWith(FULL)) tried.push(epochOf(data));
      },
    });
    const first = start("first", { checkpointSeconds: 0, publishSeconds: 0.01 });
    while (!await streams.info(names.states).then(() => true, () => false)) await delay(20);
    await fill(connection, names.states);
    const sweeping = sweepIn(folder, { config: await longRun(folder), flags: ["--on", server.url] });
    while (tried.length < 3) await delay(20);
    assert.equal(new Set(tried).size, 1, tried.join());
    await streams.purge(names.states, { filter: `${FULL}.*` });
    while (tried.at(-1) === tried[0]) await delay(20);
    await first.stop();
    assert.deepEqual(tried, tried.toSorted((a, b) => a - b));
    const epoch = Number(/given back at epoch (\d+)/.exec(first.told.join("\n"))?.[1]);
    const { data } = (await streams.getMessage(names.states, { last_by_subj: names.checkpoint(">") }))!;
    assert.deepEqual([epochOf(data), tried.at(-1)], [epoch, epoch]);

    const second = start("second");
    const { code, err } = await sweeping;
    assert.deepEqual([code, err], [0, ""]);
    await second.stop();
    const left = await (await new Objm(jetstream(connection)).open(names.objects)).list();
    assert.deepEqual(left.filter(({ name, deleted }) => name.includes(".") && !deleted), []);
    await connection.close();
  },
  { args: ["-c", LITTLE_ROOM] },
);

/** One run of 1200 epochs, which takes seconds on any machine; its weights are an object of their own. */
async function longRun(folder: string): Promise<object> {
  return {
    ...await tinyExperiment(folder),
    model: { hidden: [1000, 200] },
    train: { epochs: 1200, batch_size: 20 },
    sweep: undefined,
  };
}

/** Leaves no room for a checkpoint in a stream of which each subject has one message. */
async function fill(connection: NatsConnection, stream: string): Promise<void> {
  const { streams } = await jetstreamManager(connection);
  for (let i = 0;; i++) {
    const { config: { max_bytes }, state: { bytes } } = await streams.info(stream);
    const size = Math.min(max_bytes - bytes - 200, 1_000_000);
    if (size < 0) return;
    await jetstream(connection).publish(`${FULL}.${i}`, new Uint8Array(size));
  }
}

function epochOf(message: Uint8Array): number {
  const body = decodeParcel(message).inline.get("body");
  return JSON.parse(new TextDecoder().decode(body)).train.history.length;
}
