import { randomUUID } from "node:crypto";
import { say } from "../messages/messages.ts";
import { Store } from "../store/store.ts";
import type { Access, Tell } from "./connect.ts";
import { Exchange, LEASE } from "./exchange.ts";
import { MachineAtWork } from "./machine.ts";

export interface MachineOptions {
  readonly access: Access;
  readonly workers: number;
  /** Where data sets are kept that came from the server. */
  readonly folder: string;
  readonly name: string;
  /** In seconds: see Exchange.queue(). */
  readonly lease?: number | undefined;
  /** Another module than worker.ts to run in the workers. */
  readonly worker?: URL | undefined;
}

/** Works for whoever sweeps over the server, until the signal is aborted; what is under way then is given back. */
export async function serveMachine(
  { access, workers, folder, name, lease = LEASE, worker }: MachineOptions,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<void> {
  const store = await Store.open(folder);
  // What is given back at the end still needs the connection.
  const ended = new AbortController();
  await using exchange = await Exchange.open(access, {
    wait: true,
    signal: AbortSignal.any([ended.signal]),
    tell,
  });
  const id = `${name.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 60)}-${randomUUID().slice(0, 8)}`;
  const machine = new MachineAtWork({ exchange, store, workers, id, name, lease, signal, tell, worker });
  tell(say((t) => t.machines.working(name, workers, access.address.shown)));
  try {
    await machine.work();
  } finally {
    ended.abort();
  }
}
