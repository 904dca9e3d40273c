import assert from "node:assert/strict";
import { connect } from "@nats-io/transport-node";
import { jetstreamManager } from "@nats-io/jetstream";
import { main } from "../../../pipeline/main.ts";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { tinyExperiment } from "../tiny_experiment.ts";
import { NATS_SERVER, NatsServer } from "../../nats_server.ts";

Deno.test({
  name: "a sweep whose runs find no room on the server says so, waits, and goes on when there is room",
  ignore: NATS_SERVER === undefined,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/server.conf`, "jetstream { max_file_store: 60MB }\n");
      await using server = await NatsServer.start(folder, { args: ["-c", `${folder}/server.conf`] });
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
      const { config: { max_bytes } } = await jsm.streams.info("nn-experiments-jobs");
      assert.ok(max_bytes > 0 && max_bytes < 2 ** 20, String(max_bytes));
      const filler = "nn-experiments.jobs.other.full";
      connection.publish(filler, new Uint8Array(max_bytes - 200));
      await connection.flush();

      const sweeping = run([...args, "--detach"], streams);
      while (!streams.out.includes("has no room")) await new Promise((resolve) => setTimeout(resolve, 50));
      await jsm.streams.purge("nn-experiments-jobs");
      assert.equal((await sweeping).code, 0);
      assert.match(streams.out, /The server has room again/);
      await connection.close();
    }),
});

async function run(args: string[], streams = new RecordedStreams({})) {
  const code = await main(args, { signal: new AbortController().signal, streams }, [sweepCommand]);
  return { code, err: streams.err };
}
