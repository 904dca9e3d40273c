import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);
/** Of others, though bundled here. */
const PACKAGES = new URL("packages/", ROOT);

/** Where programs begin: everything else is imported from these. */
const ENTRIES = [
  "pipeline/main.ts",
  "pipeline/workers/worker.ts",
  "pipeline/view/viewer_worker.ts",
  "src/mod.ts",
  "src/lab/main.tsx",
  "src/lab/playground/worker/worker.ts",
  "src/view/list/main.tsx",
  "src/view/experiment/main.tsx",
  "src/view/followed/main.tsx",
];

/**
 * The rooms, and those that each may import from besides itself. A room of `pipeline/` may use all of `src/`; the order of the list is
 * the order in which they build on one another.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "src/random": [],
  "src/text": [],
  "src/numpy": [],
  "src/metrics": [],
  "src/data": ["random", "text"],
  "src/data/files": ["random", "text", "numpy", "data"],
  "src/nn": ["random", "data"],
  "src/settings": ["text", "nn", "data/standardise.ts"],
  "src/tables": ["metrics", "text", "settings"],
  "src/config/yaml": ["text"],
  "src/config/methods": ["random", "text", "settings", "config/yaml"],
  "src/config/schemas": ["tables", "settings", "data"],
  "src/config": ["text", "settings", "tables", "data"],
  "src/config/explain": [
    "text",
    "settings",
    "config/yaml",
    "config/schema.ts",
    "config/json_schema.ts",
  ],
  "src/sweep": ["config", "text", "settings"],
  "src/analysis": ["metrics", "tables", "text", "settings"],
  "src/report": ["analysis", "metrics", "tables", "numpy", "text", "settings", "data"],
  "src/grade": [
    "nn",
    "data",
    "metrics",
    "random",
    "text",
    "numpy",
    "settings",
    // What the value of a manifest must be, in words.
    "config/explain",
    "config/json_schema.ts",
    // What its pages share with the report: colours, axes, images, sections.
    "report/charts/palette.ts",
    "report/charts/scales.ts",
    "report/images/png.ts",
    "report/page/base.css",
    "report/page/parts.tsx",
  ],
  "src/view": ["report", "analysis", "tables", "text", "data"],
  "src/rules": ["random", "text"],
  "src/lab": [
    "nn",
    "data",
    "random",
    "rules",
    "metrics",
    "numpy",
    "text",
    // What its pages share with the report: colours, the base of every style.
    "report/charts/palette.ts",
    "report/page/base.css",
  ],
  "pipeline/messages": [],
  "pipeline/system": ["messages"],
  "pipeline/progress": ["messages", "system"],
  "pipeline/store": ["messages", "system"],
  "pipeline/workers": ["messages", "system", "store"],
  "pipeline/steps": ["messages", "system", "store", "workers", "progress"],
  "pipeline/runs": ["messages", "system", "store", "workers", "progress", "steps"],
  "pipeline/machines": ["messages", "system", "store", "workers", "progress", "steps", "runs"],
  "pipeline/results": ["messages", "system", "store", "progress", "steps", "runs"],
  "pipeline/report": ["messages", "system", "store", "steps", "runs", "results"],
  "pipeline/status": ["messages", "system", "store", "steps", "runs", "results"],
  "pipeline/verify": ["messages", "system", "store", "workers", "progress", "steps", "runs", "results"],
  "pipeline/gc": ["messages", "system", "store", "steps", "runs", "results", "status"],
  "pipeline/sweep": [
    "messages",
    "system",
    "store",
    "workers",
    "progress",
    "steps",
    "runs",
    "results",
    "report",
    "machines",
  ],
  "pipeline/grade": ["messages", "system", "store", "workers", "progress", "steps", "runs", "results"],
  "pipeline/lab": ["messages", "system", "results"],
  "pipeline/view": ["messages", "system", "store", "progress", "steps", "runs", "results", "report", "lab"],
  "pipeline/commands": [
    "messages",
    "system",
    "store",
    "progress",
    "machines",
    "results",
    "report",
    "status",
    "verify",
    "gc",
    "sweep",
    "grade",
    "view",
    "lab",
  ],
};

type Graph = ReadonlyMap<string, readonly string[]>;

/** What every module of the project imports from the project, by paths relative to the root, as `deno info` sees it. */
async function importGraph(): Promise<Graph> {
  const graph = new Map<string, string[]>();
  for (const entry of ENTRIES) {
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: ROOT })
      .output();
    for (const { specifier, dependencies = [] } of JSON.parse(new TextDecoder().decode(stdout)).modules) {
      const targets: string[] = dependencies.flatMap(
        ({ code, type }: Record<"code" | "type", { specifier?: string } | undefined>) =>
          code?.specifier ?? type?.specifier ?? [],
      );
      const isOurs = (url: string) => url.startsWith(ROOT.href) && !url.startsWith(PACKAGES.href);
      const relative = (url: string) => url.slice(ROOT.href.length);
      if (isOurs(specifier)) graph.set(relative(specifier), targets.filter(isOurs).map(relative));
    }
  }
  return graph;
}

/** The innermost room that a module lies in; null for one at the top of `src/` or `pipeline/`, or elsewhere. */
function roomOf(path: string): string | null {
  const rooms = Object.keys(ROOMS).filter((room) => path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Imports that no room's list allows, as `from -> to`. */
function forbiddenImports(graph: Graph): string[] {
  const wrong: string[] = [];
  for (const [path, targets] of graph) {
    const room = roomOf(path);
    if (room === null) continue;
    const half = room.split("/")[0];
    // An outer room holds its inner ones.
    const allowed = [room, ...ROOMS[room].map((other) => `${half}/${other}`)];
    for (const target of targets) {
      const toSource = half === "pipeline" && roomOf(target)?.startsWith("src/");
      const mayImport = allowed.some((place) => target === place || target.startsWith(`${place}/`));
      if (!toSource && !mayImport && target !== "deno.json") wrong.push(`${path} -> ${target}`);
    }
  }
  return wrong;
}

/** Circles of imports, each by the modules in it. */
function circles(graph: Graph): string[][] {
  const found: string[][] = [];
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (path: string) => {
    number.set(path, number.size);
    low.set(path, number.get(path)!);
    stack.push(path);
    for (const target of graph.get(path) ?? []) {
      if (!number.has(target)) visit(target);
      if (stack.includes(target)) low.set(path, Math.min(low.get(path)!, low.get(target)!));
    }
    if (low.get(path) !== number.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1) found.push(circle);
  };
  for (const path of graph.keys()) if (!number.has(path)) visit(path);
  return found;
}

const graph = await importGraph();

Deno.test("each room imports only from the rooms that it builds on", () => {
  assert.ok(graph.size > 100, `only ${graph.size} modules`);
  assert.deepEqual(forbiddenImports(graph), []);
});

Deno.test("each room builds on rooms that stand before it in the list", () => {
  const rooms = Object.keys(ROOMS);
  const later = rooms.flatMap((room, i) => {
    const half = room.split("/")[0];
    return ROOMS[room].filter((name) => {
      const place = `${half}/${name}`;
      const other = rooms.includes(place) ? place : roomOf(place);
      return other === null || rooms.indexOf(other) >= i;
    }).map((name) => `${room} on ${name}`);
  });
  assert.deepEqual(later, []);
});

Deno.test("no modules import one another in a circle, types included", () => {
  assert.deepEqual(circles(graph), []);
});

Deno.test("every module of src/ and pipeline/ lies in a room, but the two entries", () => {
  const homeless = [...graph.keys()].filter((path) =>
    /^(src|pipeline)\//.test(path) && roomOf(path) === null
  );
  assert.deepEqual(homeless.sort(), ["pipeline/main.ts", "src/mod.ts"]);
});

Deno.test("an import that is planted against the order of the rooms is found", () => {
  const [path, targets] = [...graph].find(([path]) => path.startsWith("src/tables/"))!;
  const planted = new Map([...graph, [path, [...targets, "src/report/report_model.ts"]]]);
  assert.deepEqual(forbiddenImports(planted), [`${path} -> src/report/report_model.ts`]);
  const upwards = new Map([...graph, ["src/nn/trainer.ts", ["pipeline/main.ts"]]]);
  assert.deepEqual(forbiddenImports(upwards), ["src/nn/trainer.ts -> pipeline/main.ts"]);
  const [from, [to]] = [...graph].find(([from, [to]]) => to !== undefined && from !== to)!;
  assert.equal(circles(new Map([...graph, [to, [from]]])).length > 0, true);
});

/** What moves the lab's pages, by the browser's clock. */
const CLOCKED = "src/lab/ui/play_bar.tsx";

Deno.test("src/ touches no file, network, console or process, nor any clock but that by which pages move", async () => {
  const forbidden =
    /\bDeno\.|\bconsole\.|\bperformance\.|\bfetch\(|\bDate\.now\(|new Date\(\)|\bprocess\.(?:argv|cwd|env|exit|stdin|stdout|stderr)\b|"node:/;
  const wrong: string[] = [];
  for (const path of graph.keys()) {
    if (!path.startsWith("src/") || !/\.tsx?$/.test(path) || path === CLOCKED) continue;
    const lines = (await Deno.readTextFile(new URL(path, ROOT))).split("\n");
    lines.forEach((line, i) => {
      if (forbidden.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line)) {
        wrong.push(`${path}:${i + 1}: ${line.trim()}`);
      }
    });
  }
  assert.deepEqual(wrong, []);
});

/** Python's own checks let it pass. */
Deno.test("of two functions or classes of one name in a Python module the later one takes the place of no other", async () => {
  const folders = ["pipeline/grade/template/", "pipeline/grade/notebook/python/"];
  const twice: string[] = [];
  for (const folder of folders) {
    for await (const { name } of Deno.readDir(new URL(folder, ROOT))) {
      if (!name.endsWith(".py")) continue;
      const text = await Deno.readTextFile(new URL(folder + name, ROOT));
      const names = Array.from(text.matchAll(/^(?:def|class) (\w+)/gm), ([, defined]) => defined);
      assert.ok(names.length > 0, name);
      twice.push(
        ...names.filter((defined, i) => names.indexOf(defined) < i).map((defined) => `${name}: ${defined}`),
      );
    }
  }
  assert.deepEqual(twice, []);
});
