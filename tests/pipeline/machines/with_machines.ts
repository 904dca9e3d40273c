import { parseAddress } from "../../../pipeline/machines/address.ts";
import { type MachineOptions, serveMachine } from "../../../pipeline/machines/serve_machine.ts";
import { type NatsOptions, type NatsServer, testWithNats } from "../../nats_server.ts";

export interface Machines {
  readonly folder: string;
  readonly server: NatsServer;
  /** A machine of one worker that works until the test ends, or its result is called; what it told. */
  start(
    name: string,
    options?: Pick<MachineOptions, "checkpointSeconds" | "publishSeconds" | "lease" | "worker">,
  ): { stop(): Promise<void>; readonly told: string[] };
}

/** A test with a server of its own, and machines that work in this process. */
export function testMachines(
  name: string,
  test: (machines: Machines) => Promise<void>,
  options?: NatsOptions,
): void {
  testWithNats(name, async ({ folder, server }) => {
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
  }, options);
}
