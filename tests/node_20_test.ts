import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);

/** What Node 20 has of the language: ECMAScript 2023, and strings' `toWellFormed()`. */
const NODE_20 = ["es2023", "es2024.string", "dom", "dom.iterable", "dom.asynciterable"];

Deno.test("src/ uses nothing of the language that Node 20 lacks", async () => {
  const { compilerOptions, unstable, imports, exclude } = JSON.parse(
    await Deno.readTextFile(new URL("deno.json", ROOT)),
  );
  const absolute = Object.entries<string>(imports).map(([name, target]) => [
    name,
    target.startsWith("./") ? new URL(target, ROOT).href : target,
  ]);
  const config = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(
      config,
      JSON.stringify({
        compilerOptions: { ...compilerOptions, lib: NODE_20 },
        unstable,
        imports: Object.fromEntries(absolute),
        exclude: exclude.map((path: string) => fileURLToPath(new URL(path, ROOT))),
      }),
    );
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, "src"],
      cwd: ROOT,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
  } finally {
    await Deno.remove(config);
  }
});
