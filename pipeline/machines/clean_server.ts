import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import type { Access, Tell } from "./connect.ts";
import { Exchange } from "./exchange.ts";

/** What a project has, or had, on a server. */
export interface OnServer {
  readonly results: number;
  readonly bytes: number;
}

/**
 * Removes what the project has on the server; with `dryRun`, says what there is. Throws a UserError while runs are in the queue, unless they
 * are to be taken out too: a sweep that still waits puts its own in again.
 */
export async function cleanServer(
  access: Access,
  { dryRun, queued: withQueued, signal, tell }: {
    dryRun: boolean;
    queued: boolean;
    signal: AbortSignal;
    tell: Tell;
  },
): Promise<OnServer> {
  await using exchange = await Exchange.open(access, { signal, tell });
  const [queued, found] = await Promise.all([exchange.countJobs(), exchange.measure()]);
  if (queued > 0 && !dryRun && !withQueued) {
    throw new UserError(say((t) => t.machines.stillQueued(access.address.shown, queued)));
  }
  if (!dryRun) await exchange.clear();
  return found;
}
