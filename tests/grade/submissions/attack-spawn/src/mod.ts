// Starts programs, loads native code, and ends the grader.

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

export function forward({ ppid = Deno.ppid }) {
  const node = (name) => process.getBuiltinModule(name);
  const { ops } = Deno[Deno.internal].core;
  return attempt({
    command: () => new Deno.Command("sh", { args: ["-c", "id"] }).outputSync(),
    self: () => new Deno.Command(Deno.execPath(), { args: ["eval", "-A", "1"] }).outputSync(),
    exec: () => node("child_process").execSync("id"),
    spawn: () =>
      new Promise((resolve, reject) => {
        const child = node("child_process").spawn("id");
        child.on("error", reject);
        child.on("spawn", () => resolve("spawned"));
      }),
    fork: () => node("child_process").fork("x.js"),
    kill: () => Deno.kill(ppid, "SIGKILL"),
    nodeKill: () => process.kill(ppid, "SIGKILL"),
    killGroup: () => process.kill(0, "SIGKILL"),
    dlopen: () => Deno.dlopen("libc.so.6", {}),
    nodeDlopen: () => process.dlopen({ exports: {} }, "libc.so.6"),
    pointer: () => Deno.UnsafePointer.create(1n),
    readMemory: () => ops.op_ffi_read_u64(null, 4096),
    natives: () => {
      node("v8").setFlagsFromString("--allow-natives-syntax");
      return String(new Function("return %GetOptimizationStatus(() => 1)")());
    },
    wasmBounds: () => {
      node("v8").setFlagsFromString("--no-wasm-bounds-checks");
      const code = "AGFzbQEAAAABBgFgAX8BfwMCAQAFAwEAAQcFAQFyAAAKCQEHACAAKAIACw==";
      const bytes = Uint8Array.from(atob(code), (c) => c.charCodeAt(0));
      return String(new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.r(65536));
    },
    inspector: () => {
      const session = new (node("inspector").Session)();
      session.connect();
      return "connected";
    },
    setuid: () => process.setuid(0),
    write: () => Deno.writeTextFileSync("loot.txt", "x"),
    writeTmp: () => node("fs").writeFileSync("/tmp/loot.txt", "x"),
    report: () => process.report.writeReport("/tmp/loot.json") || "denied",
  });
}
