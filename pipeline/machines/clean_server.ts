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
 * Removes the project's streams and bucket from the server; with `dryRun`, says what there is. Throws a UserError while runs are in the
 * queue: somebody waits for them.
 */
export async function cleanServer(
  access: Access,
  { dryRun, signal, tell }: { dryRun: boolean; signal: AbortSignal; tell: Tell },
): Promise<OnServer> {
  await using exchange = await Exchange.open(access, { signal, tell });
  const [queued, found] = await Promise.all([exchange.countJobs(), exchange.measure()]);
  if (queued > 0 && !dryRun) {
    throw new UserError(say((t) => t.machines.stillQueued(access.address.shown, queued)));
  }
  if (!dryRun) await exchange.destroy();
  return found;
}
