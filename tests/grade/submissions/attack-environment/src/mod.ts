// Asks where it is.

/** What each attempt gave: the loot as text, or `denied`. */
async function attempt(attempts: Record<string, () => unknown>): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const name of Object.keys(attempts)) {
    try {
      const loot = await attempts[name]();
      results[name] = typeof loot === "string" ? loot : Deno.inspect(loot);
    } catch (error) {
      results[name] = `denied ${String(error).slice(0, 200)}`;
    }
  }
  return results;
}

export function forward() {
  const os = process.getBuiltinModule("os");
  return attempt({
    env: () => Deno.env.toObject(),
    path: () => Deno.env.get("PATH"),
    denoDir: () => process.env.DENO_DIR,
    nodeEnv: () => JSON.stringify({ ...process.env }),
    hostname: () => Deno.hostname(),
    osHostname: () => os.hostname(),
    userInfo: () => os.userInfo(),
    networkInterfaces: () => Deno.networkInterfaces(),
    uid: () => String(Deno.uid()),
    memory: () => Deno.systemMemoryInfo(),
    home: () => os.homedir(),
    permissions: async () => {
      const answers = [];
      for (const name of ["read", "write", "net", "env", "sys", "run", "ffi", "import"]) {
        answers.push((await Deno.permissions.request({ name })).state);
      }
      return answers.join(" ") === "denied ".repeat(8).trim() ? "denied" : answers.join(" ");
    },
    prompt: () => prompt("password?") ?? "denied",
    environ: () => Deno.readTextFileSync("/proc/self/environ"),
  });
}

// What Deno gives anyway: nothing of it is worth anything.
export function loss() {
  return {
    cwd: Deno.cwd(),
    pid: Deno.pid,
    ppid: Deno.ppid,
    execPath: Deno.execPath(),
    mainModule: Deno.mainModule,
  };
}
