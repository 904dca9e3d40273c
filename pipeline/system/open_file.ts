import { setTimeout as sleep } from "node:timers/promises";
import { resolve } from "node:path";

/**
 * The command that opens a file or an address in the program that somebody has chosen for such. Of an address with a query, as
 * `?token=...`, Windows' Explorer shows a folder instead, and the other takes no file whose name is in another script than the system's.
 */
export function openCommand(place: string, os = Deno.build.os): readonly [string, ...string[]] {
  if (os === "windows") {
    return isAddress(place) ? ["rundll32", "url.dll,FileProtocolHandler", place] : ["explorer", place];
  }
  return [os === "darwin" ? "open" : "xdg-open", place];
}

function isAddress(path: string): boolean {
  return /^https?:/.test(path);
}

/** How long a failure may take to show; what shows the file may run as long as it likes. */
const LOOK_MILLISECONDS = 1000;

/**
 * Shows a file, or an address such as `http://127.0.0.1:8001/`, in the program that the system opens such with; false where that may not
 * be done or does not work. No task may start programs: whoever sits at the terminal is asked here and now whether this one may be.
 * (npm's `open` looks into /proc, which in Deno takes all permissions that there are.)
 */
export async function openFile(path: string): Promise<boolean> {
  const [command, ...args] = openCommand(isAddress(path) ? path : resolve(path));
  const { state } = await Deno.permissions.request({ name: "run", command });
  if (state !== "granted") return false;
  try {
    const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const child = new Deno.Command(command, { args, ...streams }).spawn();
    child.unref();
    const status = await Promise.race([child.status, sleep(LOOK_MILLISECONDS, null, { ref: false })]);
    // Explorer ends with 1 whatever it did.
    return status === null || status.success || Deno.build.os === "windows";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
