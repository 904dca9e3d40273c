// deno run -A bench/view_sweep.ts [CONFIG [OPTION...]]: what it costs a sweep that somebody looks on. It is swept alone, with a viewer that
// is followed, and with --view, followed too, in turn; times are compared within each round, and every file of the results byte for byte.
// Who follows asks for what a page asks for, and draws nothing: that would be the browser's work, on whichever machine that runs.

import { fileURLToPath } from "node:url";
import { median, medianRatio } from "./statistics.ts";
import { Viewer } from "./viewer.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const ROUNDS = 5;
/** Of the results' files those that hold a clock's readings. */
const CLOCKS = /^(timings\.csv|report\.(md|html))$/;

const WAYS = ["alone", "with a viewer", "with --view"] as const;

/** Sweeps into a folder, and returns the seconds that the command took. */
async function sweep(
  config: string,
  folder: string,
  flags: readonly string[],
  onAddress?: (address: string) => void,
) {
  const args = [
    "task",
    "-q",
    "sweep",
    config,
    "--out",
    `${folder}/results/swept`,
    "--store",
    `${folder}/store`,
    ...flags,
  ];
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stdout: "null", stderr: "piped" })
    .spawn();
  let said = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const known = said.includes("http://");
    said += text;
    const address = /http:\/\/127[\d.:]+\//.exec(said)?.[0];
    if (address !== undefined && !known) onAddress?.(address);
  }
  const { success } = await child.status;
  if (!success) throw new Error(`Cannot measure: the sweep must end well, found ${said}`);
  return (performance.now() - start) / 1000;
}

/** SHA-256 of each file below a folder. */
async function hashes(folder: string, place = ""): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${place}`)) {
    const inner = place === "" ? name : `${place}/${name}`;
    if (isDirectory) { for (const entry of await hashes(folder, inner)) found.set(...entry); }
    else if (!CLOCKS.test(inner) && inner !== "manifest.json") {
      const bytes = await Deno.readFile(`${folder}/${inner}`);
      found.set(inner, new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex());
    }
  }
  return found;
}

/** Long enough that what a viewer costs once, some tenths of a second, is not all that is measured. */
const STANDARD = ["configs/quickstart.yaml", "--set", "train.epochs=40"];

/** Opens the sweep's page as soon as it is in the list, and follows it until it ends. */
async function follow(address: string): Promise<void> {
  const read = async (path: string) => await (await fetch(new URL(path, address))).text();
  let id: string | undefined;
  while (id === undefined) {
    id = /"id":"([0-9a-f]{12})"/.exec(await read("/"))?.[1];
    if (id === undefined) await new Promise((wake) => setTimeout(wake, 200));
  }
  const from = /"from":"([^"]*)"/.exec(await read(`/e/${id}/`))?.[1] ?? "";
  const stream = await fetch(new URL(`/e/${id}/stream?from=${encodeURIComponent(from)}`, address));
  await stream.body?.pipeTo(new WritableStream());
}

const [config, ...options] = Deno.args.length > 0 ? Deno.args : STANDARD;
const seconds: Record<typeof WAYS[number], number[]> = { alone: [], "with a viewer": [], "with --view": [] };
let reference: Map<string, string> | null = null;
for (let round = 0; round < ROUNDS; round++) {
  // Each goes first in turn.
  for (const way of WAYS.map((_, i) => WAYS[(i + round) % WAYS.length])) {
    const folder = await Deno.makeTempDir({ prefix: "view-sweep-" });
    try {
      await Deno.mkdir(`${folder}/results`);
      await using viewer = way === "with a viewer" ? await Viewer.start(`${folder}/results`) : null;
      // It breaks off with the viewer.
      const look = (address: string) => void follow(address).catch(() => {});
      if (viewer !== null) look(viewer.address);
      const flags = way === "with --view" ? ["--view", ...options] : options;
      seconds[way].push(await sweep(config, folder, flags, look));
      const found = await hashes(`${folder}/results/swept`);
      reference ??= found;
      const other = [...new Set([...reference.keys(), ...found.keys()])]
        .filter((name) => reference?.get(name) !== found.get(name));
      if (other.length > 0) throw new Error(`Not the same bytes ${way}: ${other.join(", ")}`);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  console.log(WAYS.map((way) => `${way} ${seconds[way][round].toFixed(2)} s`).join(", "));
}
const ratios = WAYS.slice(1).map((way) =>
  `${way} ${(100 * (medianRatio(seconds[way], seconds.alone) - 1)).toFixed(2)} %`
);
console.log(
  `alone ${median(seconds.alone).toFixed(2)} s; longer ${ratios.join(", ")}; ${reference?.size} files, ` +
    `the same bytes each time: medians of ${ROUNDS}, load ${Deno.loadavg()[0].toFixed(1)}`,
);
