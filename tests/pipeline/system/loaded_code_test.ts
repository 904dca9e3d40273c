import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { CODE } from "../../../pipeline/machines/launch_worker.ts";
import { LIBRARY } from "../../../pipeline/view/sweep_viewer.ts";

interface Graph {
  readonly roots: readonly string[];
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: { readonly specifier: string };
      readonly isDynamic?: boolean;
    }[];
  }[];
}

async function graphOf(module: string): Promise<Graph> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", fileURLToPath(import.meta.resolve(`../../../${module}`))],
  }).output();
  assert.ok(success);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The files that are loaded with a module: at once, and those that are not loaded before somebody needs them. */
async function loadedBy(module: string): Promise<{ atOnce: Set<string>; late: Set<string> }> {
  const { roots, modules } = await graphOf(module);
  const known = new Map(modules.map(({ specifier, dependencies = [] }) => [specifier, dependencies]));
  const atOnce = new Set<string>(), late = new Set<string>();
  const follow = (specifier: string, into: Set<string>) => {
    if (into.has(specifier) || atOnce.has(specifier)) return;
    into.add(specifier);
    for (const { code } of (known.get(specifier) ?? []).filter(({ isDynamic }) => !isDynamic)) {
      if (code) follow(code.specifier, into);
    }
  };
  follow(roots[0], atOnce);
  const loaded = [...atOnce];
  for (let specifier = loaded.pop(); specifier !== undefined; specifier = loaded.pop()) {
    for (const { code, isDynamic } of known.get(specifier) ?? []) {
      if (!code || !isDynamic || late.has(code.specifier)) continue;
      const before = new Set(late);
      follow(code.specifier, late);
      loaded.push(...late.difference(before));
    }
  }
  const files = (all: Set<string>) =>
    new Set(
      Array.from(all).filter((specifier) => specifier.startsWith("file:")).map((specifier) =>
        fileURLToPath(specifier)
      ),
    );
  return { atOnce: files(atOnce), late: files(late) };
}

function outside(files: Iterable<string>, places: readonly string[]): string[] {
  return Array.from(files).filter((file) => !places.some((place) => file.startsWith(`${place}/`)));
}

Deno.test("a machine's process may read all code that it loads", async () => {
  const { atOnce, late } = await loadedBy("pipeline/main.ts");
  assert.ok(atOnce.size > 10 && late.size > 300, `${atOnce.size}, ${late.size}`);
  // The config is named by itself.
  const config = fileURLToPath(import.meta.resolve("../../../deno.json"));
  assert.deepEqual(outside([...atOnce, ...late], CODE), [config]);
});

Deno.test("a sweep's viewer may read all code that it loads late", async () => {
  const { late } = await loadedBy("pipeline/view/viewer_worker.ts");
  assert.ok(late.size > 10, `${late.size}`);
  // A step loads it when it trains, and a viewer only looks at what was trained.
  const TRAINING = fileURLToPath(import.meta.resolve("../../../pipeline/steps/training_files.ts"));
  assert.deepEqual(outside(late, LIBRARY), [TRAINING]);
});
