/** What a command printed and how it ended. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** The repository's root. */
export const ROOT = new URL("../../", import.meta.url);

/** Runs `deno ARGS` in the repository's root or another folder, without colours and in English. */
export async function deno(
  args: string[],
  { env = {}, cwd = ROOT }: { env?: Record<string, string>; cwd?: string | URL } = {},
): Promise<Outcome> {
  // A task keeps the INIT_CWD that it finds: that of the task that runs the tests says nothing of those that they run.
  const { INIT_CWD: _, ...inherited } = Deno.env.toObject();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    clearEnv: true,
    env: { ...inherited, NO_COLOR: "1", LC_ALL: "C.UTF-8", ...env },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

/** `deno task sweep ARGS`: with the V8 flags that the task passes. */
export function sweep(...args: string[]): Promise<Outcome> {
  return deno(["task", "--quiet", "sweep", ...args]);
}

/** `deno task sweep ARGS`, but without any V8 flag. */
export function sweepWithoutFlags(...args: string[]): Promise<Outcome> {
  return deno(["run", "--quiet", "-P=sweep", "pipeline/main.ts", "sweep", ...args]);
}
