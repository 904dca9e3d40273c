import assert from "node:assert/strict";
import type { Exchange } from "../../../pipeline/machines/exchange.ts";
import { MachineWatch } from "../../../pipeline/machines/machine_watch.ts";
import { delay } from "../../../pipeline/system/delay.ts";

const BEAT = {
  format: 1,
  id: "desk",
  name: "desk",
  workers: 1,
  core: "c",
  versions: {},
  images_per_second: 0,
  doing: [null],
};

/** A server that was told of one machine some seconds ago, and answers as `flush` does. */
function exchangeOf(seconds: number, flush: () => Promise<void>): Exchange {
  const now = Date.now();
  const data = new TextEncoder().encode(JSON.stringify(BEAT));
  return {
    connection: { flush },
    followMachines: () => () => {},
    machines: () => Promise.resolve({ now, messages: [{ data, time: now - 1000 * seconds }] }),
  } as unknown as Exchange;
}

Deno.test("a machine that is not heard of is silent only as far as the server answers", async () => {
  const answers = exchangeOf(10, () => Promise.resolve());
  const cutOff = exchangeOf(10, () => Promise.reject(new Error("disconnected")));
  const waits = exchangeOf(10, () => new Promise(() => {}));
  const changes = { answers: 0, cutOff: 0, waits: 0 };
  using heard = await MachineWatch.start(answers, () => void changes.answers++);
  using unheard = await MachineWatch.start(cutOff, () => void changes.cutOff++);
  using waiting = await MachineWatch.start(waits, () => void changes.waits++);
  await delay(2500);
  const silent = [heard, unheard, waiting].map(({ machines: [machine] }) => machine.silent);
  assert.deepEqual(silent, [true, false, false]);
  assert.deepEqual(changes, { answers: 1, cutOff: 0, waits: 0 });
});

Deno.test("after the sweep's own absence, a machine has as long as ever to be heard of", async () => {
  let connected = false;
  const exchange = exchangeOf(10, () => connected ? Promise.resolve() : Promise.reject(new Error("away")));
  using watch = await MachineWatch.start(exchange, () => assert.fail("nothing has changed"));
  await delay(1500);
  connected = true;
  watch.connectedAgain();
  await delay(1500);
  assert.equal(watch.machines[0].silent, false);
});
