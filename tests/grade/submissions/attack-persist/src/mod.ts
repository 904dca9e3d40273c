// Leaves something for the next submission to find.

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
  return attempt({
    localStorage: () => {
      const found = localStorage.getItem("loot");
      localStorage.setItem("loot", "left");
      return found ?? "kept";
    },
    session: () => {
      const found = sessionStorage.getItem("loot");
      sessionStorage.setItem("loot", "left");
      return found ?? "denied to others: it is this process's own";
    },
    caches: async () => {
      const cache = await caches.open("loot");
      await cache.put("https://a.example/", new Response("left"));
      return "kept";
    },
    temporary: () => Deno.makeTempFileSync(),
    folder: () => Deno.writeTextFileSync("loot", "x"),
    kv: () => Deno.openKv(),
  });
}
