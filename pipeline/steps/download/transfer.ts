import { setTimeout } from "node:timers/promises";
import type { PartialFile } from "./partial_file.ts";
import { receive, type ReceiveOptions } from "./receive.ts";
import { TransferError } from "./transfer_error.ts";

/** How patient a transfer is. */
export interface Patience {
  /** Attempts in a row that bring nothing new before an address is given up. */
  attempts: number;
  stallSeconds: number;
  /** Rejects with the signal's reason when it is aborted. */
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

export const DEFAULT_PATIENCE: Patience = {
  attempts: 4,
  stallSeconds: 30,
  async sleep(seconds, signal) {
    await setTimeout(seconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
  },
};

/**
 * Brings `part` to all that lies at `url`, in as many attempts as it takes: after a failure that may pass, it
 * waits 0.5, 1, 2, ... seconds. Throws the last attempt's TransferError, or the signal's reason.
 */
export async function transfer(
  url: string,
  part: PartialFile,
  { attempts, sleep, ...options }: Patience & Omit<ReceiveOptions, "stallSeconds">,
): Promise<void> {
  const progress = () => part.originAt(url) ? part.size : 0;
  let furthest = progress();
  for (let failures = 0; !part.isComplete(url);) {
    try {
      await receive(url, part, options);
      return;
    } catch (error) {
      if (!(error instanceof TransferError) || error.kind === "permanent") throw error;
      // A server that breaks off again and again still brings the file, so only attempts without gain count.
      failures = progress() > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, progress());
      if (failures >= attempts) {
        throw new TransferError("transient", `${error.message}, tried ${attempts} times`, { cause: error });
      }
    }
    await sleep(0.5 * 2 ** (failures - 1), options.signal);
  }
}
