import type { Access, Tell } from "./connect.ts";
import { Exchange } from "./exchange.ts";

/** What a project had on a server, and what it has there now. */
export interface Cleaned {
  readonly results: number;
  readonly bytes: number;
  /** Runs in the queue or under way, which stay there with their data sets. */
  readonly queued: number;
}

/**
 * Removes what the project has on the server, or with `dryRun`, says what there is. Runs in the queue stay, unless they are to be taken out
 * too: somebody waits for them, perhaps because there was no room for their results. A sweep that still waits puts its own in again.
 */
export async function cleanServer(
  access: Access,
  { dryRun, queued: withQueued, signal, tell }: {
    dryRun: boolean;
    queued: boolean;
    signal: AbortSignal;
    tell: Tell;
  },
): Promise<Cleaned> {
  await using exchange = await Exchange.open(access, { signal, tell });
  const [queued, { results, bytes }] = await Promise.all([exchange.countJobs(), exchange.measure()]);
  const staying = withQueued ? 0 : queued;
  if (dryRun) return { results, bytes, queued: staying };
  if (staying === 0) {
    await exchange.clear();
    return { results, bytes, queued: 0 };
  }
  await exchange.makeRoom();
  return { results, bytes: bytes - (await exchange.measure()).bytes, queued };
}
