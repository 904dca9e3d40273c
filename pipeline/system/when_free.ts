import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../messages/messages.ts";
import { UserError } from "./errors.ts";
import { systemCode } from "./reasons.ts";

// Windows lets nobody rename, replace or remove a file that a program has open: what looks for viruses has new ones for moments, Excel has
// its tables until it closes them.

const IN_USE: ReadonlySet<string | null> = new Set(["EACCES", "EPERM", "EBUSY"]);
/** Milliseconds between tries; one second in all. */
const PAUSES = [10, 20, 40, 80, 150, 300, 400];

interface Host {
  readonly isWindows: boolean;
  readonly pauses: readonly number[];
}

const HOST: Host = { isWindows: Deno.build.os === "windows", pauses: PAUSES };

/** Does what changes the file at `path`. Throws a UserError where a program keeps the file. */
export async function whenFree<Result>(
  path: string,
  change: () => Promise<Result>,
  host = HOST,
): Promise<Result> {
  for (let tries = 0;; tries++) {
    try {
      return await change();
    } catch (error) {
      await sleep(pause(error, { path, tries, host }));
    }
  }
}

/** As whenFree(), and waits without letting anything else run. */
export function whenFreeSync<Result>(path: string, change: () => Result, host = HOST): Result {
  for (let tries = 0;; tries++) {
    try {
      return change();
    } catch (error) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause(error, { path, tries, host }));
    }
  }
}

/** How long to wait before the next try. Throws what there is to say where another one does not help. */
function pause(error: unknown, { path, tries, host }: { path: string; tries: number; host: Host }): number {
  if (!host.isWindows || !IN_USE.has(systemCode(error)) || error instanceof Deno.errors.NotCapable) {
    throw error;
  }
  const milliseconds = host.pauses[tries];
  if (milliseconds !== undefined) return milliseconds;
  if (!isFile(path)) throw error;
  throw new UserError(say((t) => t.errors.inUse(path)), { cause: error });
}

function isFile(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch {
    return false;
  }
}
