import assert from "node:assert/strict";
import { connect } from "@nats-io/transport-node";
import { jetstreamManager, type StreamConfig } from "@nats-io/jetstream";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import { Exchange } from "../../../pipeline/machines/exchange.ts";
import { Names, PROJECT } from "../../../pipeline/machines/names.ts";
import { delay } from "../../../pipeline/system/delay.ts";
import { type NatsServer, testWithNats } from "../../nats_server.ts";

const NAMES = new Names(PROJECT);
const LITTLE_ROOM = new URL("../../end_to_end/machines/little_room.conf", import.meta.url).pathname;

testWithNats(
  "whoever comes first, however many at once and wherever one of them dies, the streams are of the same sizes",
  async ({ server }) => {
    const connection = await connect({ servers: server.url });
    const { streams } = await jetstreamManager(connection);
    const configs = async () => {
      const found: StreamConfig[] = [];
      for await (const { config } of streams.list()) found.push(config);
      return new Map(found.map((config) => [config.name, config]));
    };
    /** What so many who come at once find or make, where somebody has made some of it. */
    const sizes = async (comers: number, made: readonly StreamConfig[]) => {
      for (const name of (await configs()).keys()) await streams.delete(name);
      for (const config of made) await streams.add(config);
      await open(server, comers);
      return Object.fromEntries(
        [...await configs()].map(([name, { max_bytes }]) => [name, max_bytes]).sort(),
      );
    };
    const expected = await sizes(1, []);
    assert.deepEqual(Object.keys(expected), [...NAMES.streams].sort());
    const whole = await configs();
    const all = expected[NAMES.bucket] + expected[NAMES.states] + expected[NAMES.jobs];
    const unshrunk = { ...whole.get(NAMES.bucket)!, max_bytes: all };
    const order = [NAMES.bucket, NAMES.jobs, NAMES.states, NAMES.machines].map((name) => whole.get(name)!);
    const deaths = [[], [unshrunk], ...order.map((_, i) => order.slice(0, i + 1))];
    for (const made of deaths) {
      const what = JSON.stringify(made.map(({ name, max_bytes }) => [name, max_bytes]));
      for (const comers of [1, 2, 5]) assert.deepEqual(await sizes(comers, made), expected, what);
    }
    await connection.close();
  },
  { args: ["-c", LITTLE_ROOM] },
);

async function open(server: NatsServer, comers: number): Promise<void> {
  const access = { address: parseAddress(server.url), project: PROJECT };
  const { signal } = new AbortController();
  const opening = Array.from({ length: comers }, () => Exchange.open(access, { signal, tell() {} }));
  for (const exchange of await Promise.all(opening)) await exchange[Symbol.asyncDispose]();
}

testWithNats(
  "a stream whose subjects are another's for a moment, as those of two that are made at once, is asked for again",
  async ({ server }) => {
    const connection = await connect({ servers: server.url });
    const { streams } = await jetstreamManager(connection);
    const other = { name: "other", subjects: [`${NAMES.project}.jobs.>`], max_bytes: 1024 };
    await streams.add(other);
    await assert.rejects(open(server, 1), /subjects overlap with an existing stream/);
    const opened = open(server, 2);
    await delay(150);
    await streams.delete(other.name);
    await opened;
    const found = await streams.names().next();
    assert.ok(found.some((name) => name === NAMES.jobs));
    await connection.close();
  },
);
