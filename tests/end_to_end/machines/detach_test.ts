import assert from "node:assert/strict";
import { testWithNats } from "../../nats_server.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { startWorker, sweepToEnd } from "./machines.ts";
import { ServerState } from "./server_state.ts";
import { grid, halving } from "./small_experiments.ts";
import { until } from "./until.ts";

const HOUR = 3600e9;

testWithNats(
  "runs that were submitted are collected later, with no worker, by another machine with an empty store",
  async ({ folder, server }) => {
    const config = await grid(folder);
    await sweepToEnd(null, { config, folder, out: "local" });
    const submitted = await sweepToEnd(server.url, { config, folder, out: "first", args: ["--detach"] });
    const said = submitted.lines.join("\n");
    assert.ok(said.includes(config) && said.includes("--on"), `it says what collects: ${said}`);

    const worker = await startWorker(server.url, { name: "desk", folder });
    await untilDone(server.url, 12);
    await worker.end();
    // An hour later, the same but for the clock: the server has been restarted, and nothing that it has ages within hours.
    await server.stop();
    await server.restart();
    await using state = await ServerState.open(server.url);
    const kept = (await state.streams()).filter(({ config }) => config.storage === "file");
    assert.ok(kept.length > 0);
    assert.deepEqual(kept.filter(({ config }) => config.max_age !== 0 && config.max_age < 24 * HOUR), []);

    const collected = await sweepToEnd(server.url, { config, folder, out: "second" });
    assert.deepEqual(await readResults(`${folder}/second`), await readResults(`${folder}/local`));
    assert.equal(collected.lines.filter((line) => /"run_end"/.test(line)).length, 12);
  },
);

testWithNats(
  "successive halving, submitted rung by rung by the same command, ends with the same bytes",
  async ({ folder, server }) => {
    const config = await halving(folder);
    await sweepToEnd(null, { config, folder, out: "local" });
    const worker = await startWorker(server.url, { name: "desk", folder });
    for (const [i, done] of [9, 12, 13].entries()) {
      // A machine with an empty store each time.
      await sweepToEnd(server.url, { config, folder, out: `call${i}`, args: ["--detach"] });
      await untilDone(server.url, done);
    }
    await worker.end();
    await sweepToEnd(server.url, { config, folder, out: "out" });
    assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
  },
);

/** Waits until there are so many results on the server. */
async function untilDone(url: string, count: number): Promise<void> {
  await using state = await ServerState.open(url);
  await until(async () => await state.results() === count);
}
