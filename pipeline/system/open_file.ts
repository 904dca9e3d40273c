import { setTimeout as sleep } from "node:timers/promises";
import { resolve } from "node:path";

/** What opens a file in the program that somebody has chosen for such files. */
const OPENER: Partial<Record<typeof Deno.build.os, string>> = { darwin: "open", windows: "explorer" };

/** How long a failure may take to show; what shows the file may run as long as it likes. */
const LOOK_MILLISECONDS = 1000;

/**
 * Shows a file, or a page at an address, in the program that the system opens such with; false where that may not be done or does not work. No task may start
 * programs: whoever sits at the terminal is asked here and now whether this one may be. (npm's `open` looks into /proc, which in Deno
 * takes all permissions that there are.)
 */
export async function openFile(path: string): Promise<boolean> {
  const what = /^https?:\/\//.test(path) ? path : resolve(path);
  const command = OPENER[Deno.build.os] ?? "xdg-open";
  const { state } = await Deno.permissions.request({ name: "run", command });
  if (state !== "granted") return false;
  try {
    const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const child = new Deno.Command(command, { args: [what], ...streams }).spawn();
    child.unref();
    const status = await Promise.race([child.status, sleep(LOOK_MILLISECONDS, null, { ref: false })]);
    // Explorer ends with 1 whatever it did.
    return status === null || status.success || Deno.build.os === "windows";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
