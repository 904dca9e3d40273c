import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);

/** Where the program begins: everything else is imported from these. */
const ENTRIES = ["pipeline/main.ts", "pipeline/workers/worker.ts"];

/** Which folders of src/ each may import from, besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  config: ["random"],
  random: [],
  metrics: [],
  sweep: ["config"],
  data: ["random"],
  nn: ["random"],
  report: ["metrics"],
  grade: ["nn", "data", "metrics", "random", "report"],
};

/** What every module of the project imports from the project, by paths relative to the root, as `deno info` sees it. */
async function importGraph(): Promise<Map<string, string[]>> {
  const graph = new Map<string, string[]>();
  for (const entry of ENTRIES) {
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", entry], cwd: ROOT })
      .output();
    for (const { specifier, dependencies = [] } of JSON.parse(new TextDecoder().decode(stdout)).modules) {
      const targets: string[] = dependencies.flatMap(
        ({ code, type }: Record<"code" | "type", { specifier?: string } | undefined>) =>
          code?.specifier ?? type?.specifier ?? [],
      );
      if (isOurs(specifier)) graph.set(relative(specifier), targets.filter(isOurs).map(relative));
    }
  }
  return graph;
}

function isOurs(specifier: string): boolean {
  return specifier.startsWith(ROOT.href);
}

function relative(specifier: string): string {
  return specifier.slice(ROOT.href.length);
}

/** The folder of src/ that a module is in, null for one elsewhere. */
function folderOf(path: string): string | null {
  return /^src\/(\w+)\//.exec(path)?.[1] ?? null;
}

Deno.test("imports point one way: pipeline to src, and inside src as the design says", async () => {
  const graph = await importGraph();
  assert.ok(graph.size > 100, `only ${graph.size} modules`);
  const wrong: string[] = [];
  for (const [path, targets] of graph) {
    const from = folderOf(path);
    if (from === null) continue;
    for (const target of targets) {
      const to = folderOf(target);
      if (to === null || (to !== from && !ALLOWED[from]?.includes(to))) wrong.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("src/ touches no file, network, clock, console or process", async () => {
  const forbidden =
    /\bDeno\.|\bconsole\.|\bperformance\.|\bfetch\(|\bDate\.now\(|new Date\(\)|\bprocess\.(?:argv|cwd|env|exit|stdin|stdout|stderr)\b|"node:(?!crypto\b)/;
  const wrong: string[] = [];
  for (const path of (await importGraph()).keys()) {
    if (folderOf(path) === null || !path.endsWith(".ts")) continue;
    const lines = (await Deno.readTextFile(new URL(path, ROOT))).split("\n");
    lines.forEach((line, i) => {
      if (forbidden.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line)) {
        wrong.push(`${path}:${i + 1}: ${line.trim()}`);
      }
    });
  }
  assert.deepEqual(wrong, []);
});
