import { fileURLToPath } from "node:url";
import { median } from "./statistics.ts";

/** Where the project's files are. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A whole command, as a person types it; what GNU's time tells is null where there is none. */
export interface Waited {
  readonly seconds: number;
  /** Seconds of processor, of all cores together. */
  readonly processor: number | null;
  /** MiB: the most that the command and what it started have held. */
  readonly memory: number | null;
}

/** Runs `deno task` in the project at `root` to its end. Throws Error where that fails. */
export function waitFor(args: readonly string[], root = ROOT): Promise<Waited> {
  return waitForProgram([Deno.execPath(), "task", "-q", ...args], { cwd: root });
}

/** Runs a program to its end. Throws Error where that fails. */
export async function waitForProgram(
  command: readonly string[],
  options: Pick<Deno.CommandOptions, "cwd" | "env">,
): Promise<Waited> {
  const [name, ...args] = await hasTime() ? ["/usr/bin/time", "-f", "%U %S %M", ...command] : command;
  const start = performance.now();
  const { success, stderr } = await new Deno.Command(name, { args, stdout: "null", ...options }).output();
  const seconds = (performance.now() - start) / 1000;
  const said = new TextDecoder().decode(stderr).trimEnd();
  if (!success) throw new Error(`Cannot time ${command.join(" ")}: ${said}`);
  const told = /(?:^|\n)([\d.]+) ([\d.]+) (\d+)$/.exec(said)?.slice(1).map(Number);
  if (told === undefined) return { seconds, processor: null, memory: null };
  const [user, system, kilobytes] = told;
  return { seconds, processor: user + system, memory: kilobytes / 1024 };
}

/** Runs commands in turn, so many rounds; with `warm` a round before them that does not count. What each has taken, by the commands. */
export async function inTurn(
  commands: readonly (() => Promise<Waited>)[],
  { rounds, warm = false }: { rounds: number; warm?: boolean },
): Promise<Waited[][]> {
  const times = commands.map((): Waited[] => []);
  for (let round = warm ? -1 : 0; round < rounds; round++) {
    for (const [i, command] of commands.entries()) {
      const taken = await command();
      if (round >= 0) times[i].push(taken);
    }
  }
  return times;
}

/** The median of a measure with so many decimals, as a table shows it; a dash where it was never taken. */
export function medianOf(
  times: readonly Waited[],
  measure: (taken: Waited) => number | null,
  decimals: number,
): string {
  const taken = times.flatMap((one) => measure(one) ?? []);
  return taken.length === 0 ? "–" : median(taken).toFixed(decimals);
}

/** Whether GNU's time is there. */
async function hasTime(): Promise<boolean> {
  try {
    return (await new Deno.Command("/usr/bin/time", { args: ["-f", "%M", "true"], stderr: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
