import assert from "node:assert/strict";
import { NATS_SERVER, NatsServer } from "../../nats_server.ts";
import { inTemporaryFolder } from "../../pipeline/in_temporary_folder.ts";
import { readResults } from "../../pipeline/tiny_experiment.ts";
import { startSweep, startWorker, sweepToEnd } from "./machines.ts";
import { MAY_MAKE_NAMESPACES, Network } from "./namespaces.ts";
import type { Program } from "./program.ts";
import { slow } from "./small_experiments.ts";

/** Where each program runs; `cut` loses its network for so many seconds when two runs are done. */
interface Cut {
  readonly cut: readonly string[];
  readonly seconds: number;
}

function testWithNetwork(what: string, { cut, seconds }: Cut): void {
  const missing = NATS_SERVER === undefined
    ? "there is no nats-server (apt-get install nats-server)"
    : MAY_MAKE_NAMESPACES
    ? null
    : "network namespaces may not be made here";
  Deno.test({
    name: missing === null ? what : `${what}: skipped, as ${missing}`,
    ignore: missing !== null,
    fn: () =>
      inTemporaryFolder(async (folder) => {
        const config = await slow(folder, { epochs: 300, width: 600 });
        await sweepToEnd(null, { config, folder, out: "local" });
        await using network = await Network.build("hall", "desk1", "desk2", "office");
        const address = network.address("hall");
        const server = await NatsServer.start(folder, { address, within: network.on("hall") });
        const programs: Program[] = [];
        try {
          for (const name of ["desk1", "desk2"]) {
            programs.push(await startWorker(server.url, { name, folder, within: network.on(name) }));
          }
          const sweep = startSweep(server.url, { config, folder, out: "out", within: network.on("office") });
          programs.push(sweep);
          await sweep.says(/"run_end"/, 2);
          for (const machine of cut) await network.cut(machine);
          await wait(seconds);
          for (const machine of cut) await network.mend(machine);
          const { code } = await sweep.ended;
          assert.equal(code, 0, sweep.lines.slice(-10).join("\n"));
          assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/local`));
          assert.ok(
            programs.slice(0, 2).every((worker) => worker.running),
            "a worker that was cut off goes on",
          );
        } finally {
          for (const program of programs) await program.end();
          await server.stop();
        }
      }),
  });
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}

testWithNetwork("a machine of three that is cut off for 20 seconds while it trains changes no byte", {
  cut: ["desk1"],
  seconds: 20,
});

testWithNetwork("a machine and the sweep that are cut off for 60 seconds go on where they were", {
  cut: ["desk1", "office"],
  seconds: 60,
});
