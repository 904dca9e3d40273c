// Reaches out in every way there is, to this machine and to others.

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

export function forward({ port = 80 }) {
  const node = (name) => process.getBuiltinModule(name);
  const listening = (server) =>
    new Promise((resolve, reject) => {
      server.on("error", reject);
      server.listen(0, () => resolve("listening"));
    });
  return attempt({
    fetch: async () => (await fetch(`http://127.0.0.1:${port}/`)).text(),
    connect: () => Deno.connect({ port }),
    listen: () => Deno.listen({ port: 0 }).addr,
    serve: () => Deno.serve({ port: 0 }, () => new Response("x")).addr,
    resolveDns: () => Deno.resolveDns("example.com", "A"),
    lookup: () =>
      new Promise((resolve, reject) => node("dns").lookup("localhost", (e, a) => e ? reject(e) : resolve(a))),
    socket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
        socket.onopen = () => resolve("open");
        socket.onerror = (event) => reject(event.message);
      }),
    node: () => listening(node("net").createServer()),
    http: () => listening(node("http").createServer()),
    importHttp: () => import(`http://127.0.0.1:${port}/mod.ts`),
    importHttps: () => import("https://deno.land/std/version.ts"),
    importNpm: () => import("npm:zod@4.6.7"),
    importJsr: () => import("jsr:@std/assert"),
    importBare: () => import("zod"),
    broadcast: () => {
      new BroadcastChannel("loot").postMessage("x");
      return "denied outside this process";
    },
  });
}
