import { cpus } from "node:os";

/** The core that everything is measured on: the last one that this process may use. Null where it cannot be chosen. */
export async function measuringCore(): Promise<string | null> {
  const affinity = await outputOf("taskset", "-cp", String(Deno.pid)); // ...'s current affinity list: 0-3,6
  return affinity?.match(/(\d+)\s*$/)?.[1] ?? null;
}

/** Keeps a process, with all the threads that it has, on a core. */
export async function pinToCore(pid: number, core: string | null): Promise<void> {
  if (core !== null && await outputOf("taskset", "-acp", core, String(pid)) === null) {
    throw new Error(`Cannot pin process ${pid} to core ${core}`);
  }
}

/** The processor, as the system names it, and what Linux tells of its generation where the name alone tells little. */
export async function processorName(): Promise<string> {
  const name = cpus()[0]?.model.trim() || Deno.build.arch;
  const details = await outputOf("lscpu");
  const [family, model] = ["CPU family", "Model"].map((key) =>
    details?.match(new RegExp(`^${key}:\\s*(\\d+)$`, "m"))?.[1]
  );
  return family && model ? `${name} (family ${family}, model ${model})` : name;
}

/** What a command prints; null where there is no such command or it fails. */
export async function outputOf(command: string, ...args: string[]): Promise<string | null> {
  try {
    const env = { LC_ALL: "C" };
    const { success, stdout } = await new Deno.Command(command, { args, env, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch {
    return null;
  }
}
