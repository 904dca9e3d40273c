import { parseAddress } from "../../../pipeline/machines/address.ts";
import { type MachineOptions, serveMachine } from "../../../pipeline/machines/serve_machine.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { hasNatsServer, NatsServer } from "./nats_server.ts";

export interface Machines {
  readonly folder: string;
  readonly server: NatsServer;
  /** A machine of one worker that works until the test ends, or its result is called; what it told. */
  start(
    name: string,
    options?: Pick<MachineOptions, "checkpointSeconds" | "lease">,
  ): { stop(): Promise<void>; readonly told: string[] };
}

const missing = !hasNatsServer();
if (missing) console.log("tests of many machines are skipped: there is no nats-server here");

/** A test with a server of its own, and machines that work in this process. */
export function testMachines(
  name: string,
  test: (machines: Machines) => Promise<void>,
  { args }: { args?: readonly string[] } = {},
): void {
  Deno.test({
    name,
    ignore: missing,
    fn: () =>
      inTemporaryFolder(async (folder) => {
        await using server = await NatsServer.start(folder, { ...(args ? { args } : {}) });
        const stops: (() => Promise<void>)[] = [];
        const start: Machines["start"] = (name, options) => {
          const end = new AbortController();
          const told: string[] = [];
          const done = serveMachine({
            access: { address: parseAddress(server.url), project: "nn-experiments" },
            workers: 1,
            folder: `${folder}/${name}`,
            name,
            ...options,
          }, { signal: end.signal, tell: ({ en }) => void told.push(en) });
          const stop = async () => {
            end.abort();
            await done;
          };
          stops.push(stop);
          return { stop, told };
        };
        try {
          await test({ folder, server, start });
        } finally {
          for (const stop of stops) await stop();
        }
      }),
  });
}
