import assert from "node:assert/strict";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { parseAddress } from "../../../pipeline/machines/address.ts";
import type { MachineOptions } from "../../../pipeline/machines/serve_machine.ts";
import { delay } from "../../../pipeline/system/delay.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";
import { testMachines } from "./with_machines.ts";

const PROJECT = "nn-experiments";
/** A state on the way after each epoch. */
const OFTEN = { checkpointSeconds: 0, publishSeconds: 0.1, lease: 2 };

// The bytes are the same where a run is begun anew: only the epochs that are told show it.

testMachines(
  "a run that was given back goes on at a machine that has nothing of it, at the epoch after",
  async ({ folder, server, start }) => {
    const connection = await connect({ servers: server.url });
    const epochs = listen(connection);
    const first = start("first", OFTEN);
    const sweeping = sweepIn(folder, {
      config: await longRun(folder),
      out: "away",
      flags: ["--on", server.url],
    });
    while ((epochs.get("first")?.length ?? 0) < 3) await delay(20);
    await first.stop();
    const givenBack = Number(/given back at epoch (\d+)/.exec(first.told.join("\n"))?.[1]);
    const second = start("second");
    assert.equal((await sweeping).code, 0);
    assert.equal(epochs.get("second")?.[0], givenBack + 1, second.told.join("\n"));
    assert.doesNotMatch(second.told.join("\n"), /cannot be read/);
    await connection.close();
  },
);

testMachines(
  "a killed machine's run goes on at a machine that has nothing of it, from its last checkpoint",
  async ({ folder, server, start }) => {
    const config = await longRun(folder);
    const connection = await connect({ servers: server.url });
    const epochs = listen(connection);
    const mortal = new Worker(new URL("./mortal_machine.ts", import.meta.url), { type: "module" });
    const options: MachineOptions = {
      access: { address: parseAddress(server.url), project: PROJECT },
      workers: 1,
      folder: `${folder}/mortal`,
      name: "mortal",
      ...OFTEN,
    };
    mortal.postMessage(options);
    const sweeping = sweepIn(folder, { config, out: "away", flags: ["--on", server.url] });
    const { streams } = await jetstreamManager(connection);
    const checkpoints = async () =>
      (await streams.info(`${PROJECT}-states`, { subjects_filter: `${PROJECT}.checkpoints.>` })).state
        .subjects ?? {};
    while (Object.keys(await checkpoints().catch(() => ({}))).length === 0) await delay(20);
    mortal.terminate();
    const second = start("second");
    assert.equal((await sweeping).code, 0);
    const [began] = epochs.get("second") ?? [];
    assert.ok(began > 1, `it was begun anew at epoch ${began}\n${second.told.join("\n")}`);
    assert.doesNotMatch(second.told.join("\n"), /cannot be read/);
    await connection.close();

    await sweepIn(folder, { config, out: "local", store: "local-store" });
    assert.deepEqual(await readResults(`${folder}/away`), await readResults(`${folder}/local`));
  },
);

/** One run of 300 epochs, which takes seconds on any machine; its weights are an object of their own. */
async function longRun(folder: string): Promise<object> {
  return {
    ...await tinyExperiment(folder),
    model: { hidden: [1000, 200] },
    train: { epochs: 300, batch_size: 20 },
    sweep: undefined,
  };
}

/** The epochs that machines tell of, by the machine's name. */
function listen(connection: NatsConnection): ReadonlyMap<string, readonly number[]> {
  const epochs = new Map<string, number[]>();
  connection.subscribe(`${PROJECT}.progress.>`, {
    callback(_error, message) {
      const { type, machine, epoch } = message.json<
        { type: string; machine: { name: string }; epoch: number }
      >();
      if (type !== "epoch") return;
      epochs.set(machine.name, [...epochs.get(machine.name) ?? [], epoch]);
    },
  });
  return epochs;
}
