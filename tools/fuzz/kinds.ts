import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { parse, stringify } from "yaml";
import { parseExperiment } from "../../src/config/parse.ts";
import { parseYaml } from "../../pipeline/grade/parse_yaml.ts";
import { parseDataset } from "../../src/data/dataset.ts";
import { csvDataset } from "../../src/data/files/csv_dataset.ts";
import { folderDataset } from "../../src/data/files/folder_dataset.ts";
import { npzDataset } from "../../src/data/files/npz_dataset.ts";
import { packFolder, unpackFolder } from "../../src/data/files/packed_folder.ts";
import { greyPng } from "../../src/report/images/png.ts";
import { rubricSchema } from "../../src/grade/rubric.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { readNpz, writeNpz } from "../../src/numpy/npz.ts";
import { readWeights } from "../../src/numpy/weights_npz.ts";
import type { RandomState } from "../../src/random/random_state.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { parseDiagnostics } from "../../src/tables/diagnostics_csv.ts";
import { parseHistory } from "../../src/tables/history_csv.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { parseResults } from "../../src/tables/results_csv.ts";
import { parseSummary } from "../../src/tables/summary_csv.ts";
import { parseTimings } from "../../src/tables/timings_csv.ts";
import { readManifest } from "../../pipeline/results/manifest.ts";
import { DEFAULT_SUBMISSION_LIMITS } from "../../pipeline/grade/submission/handed_in.ts";
import { readZip } from "../../pipeline/grade/submission/read_zip.ts";
import {
  enlargeTable,
  LARGE_CONFIGS,
  LARGE_MANIFESTS,
  LARGE_RUBRICS,
  LARGE_TABLES,
  largeZip,
} from "./large.ts";
import { breakBytes, breakText, breakValue, pick } from "./mutations.ts";
import { list, type Outcome, type World } from "./world.ts";

/** A broken input, ready to be tried. */
export interface Attempt {
  /** To be looked at when something is found. */
  readonly input: Uint8Array | string;
  /** What is done with it: told with a finding. */
  readonly task: string;
  /** Returns the outcome of a command, or throws as a function of the library does. */
  run(): Promise<Outcome | void> | Outcome | void;
}

export interface Kind {
  /** How many of 3,000 inputs are of this kind. */
  readonly share: number;
  attempt(random: RandomState, world: World): Promise<Attempt>;
}

const CONFIGS = ["course", "halving", "quickstart", "sweep"].map((name) => `configs/${name}.yaml`);
const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readFile(new URL(path, ROOT));
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** More than the course's configs have. */
const RICH = {
  name: "rich",
  dataset: "strokes",
  preprocess: { limit: 500, validation: 0.25, scale: 255 },
  model: { hidden: [20, 10], activation: "relu", init: { method: "gaussian", sigma: 0.05, bias: "zero" } },
  train: { epochs: 3, batch_size: 20, learning_rate: 0.1, optimizer: "momentum" },
  seeds: { count: 3 },
  rng: { split: 0 },
  sweep: {
    method: "random",
    count: 6,
    seed: 1,
    parameters: {
      "train.learning_rate": { log_uniform: [0.001, 1] },
      "train.batch_size": { int_uniform: [1, 100] },
      "model.hidden": [[5], [10, 5]],
    },
  },
  reference: [{ metric: "test_accuracy", value: 0.9, tolerance: 0.5 }],
  report: { metric: "val_loss", language: "ja" },
};

async function brokenYaml(
  random: RandomState,
  files: readonly string[],
  more: readonly unknown[],
): Promise<string> {
  const texts = await Promise.all(files.map(read));
  const base = pick(random, [...texts.map(decode), ...more.map((value) => stringify(value))]);
  if (random.interval(1) === 0) return breakText(random, base);
  const broken = breakValue(random, parse(base));
  return random.interval(1) === 0 ? stringify(broken) : JSON.stringify(broken);
}

const config: Kind = {
  share: 400,
  async attempt(random) {
    const input = await brokenYaml(random, CONFIGS, [RICH]);
    return { input, task: "deno task status", run: () => readConfig(input) };
  },
};

function readConfig(input: string): void {
  const trials = expandSweep(parseExperiment(input, { file: "config.yaml" }));
  if (trials.count > 0) { for (const index of [0, trials.count - 1]) trials.at(index); }
}

const rubric: Kind = {
  share: 250,
  async attempt(random) {
    const input = await brokenYaml(random, ["configs/rubrics/sprint-nn.yaml"], []);
    return {
      input,
      task: "parse the rubric",
      run: () => readRubric(input),
    };
  },
};

function readRubric(input: string): void {
  parseYaml(input, { file: "rubric.yaml", schema: rubricSchema, what: "a rubric" });
}

const PARTS = ["train_images", "train_labels", "test_images", "test_labels"] as const;

const idx: Kind = {
  share: 250,
  async attempt(random, { folder }) {
    const contents = await Promise.all(PARTS.map((part) => Deno.readFile(`${folder}/data/${part}`)));
    const at = random.interval(3);
    contents[at] = breakBytes(random, contents[at]);
    const [train_images, train_labels, test_images, test_labels] = contents;
    return {
      input: contents[at],
      task: `parse it as ${PARTS[at]}`,
      run: () => void parseDataset({ train_images, train_labels, test_images, test_labels }),
    };
  },
};

const npz: Kind = {
  share: 250,
  async attempt(random, { folder }) {
    const file = pick(random, ["weights.npz", "inspection.npz"]);
    const found = list(`${folder}/results/runs`).filter((path) => path.endsWith(file));
    const input = breakBytes(random, await Deno.readFile(found[0]));
    return {
      input,
      task: `read ${file}`,
      run() {
        readNpz(input);
        if (file === "weights.npz") readWeights(input);
        else readInspection(input);
      },
    };
  },
};

const zip: Kind = {
  share: 250,
  attempt(random) {
    const text = (name: string) => new TextEncoder().encode(`${name} `.repeat(40));
    const names = ["manifest.yaml", "src/mod.ts", "predictions.csv", "a/b/c.txt"];
    const files = Object.fromEntries(names.map((name) => [name, text(name)]));
    const input = breakBytes(random, zipSync(files, { level: pick(random, [0, 6]), mtime: "2026-01-01" }));
    const run = () => void readZip(input, DEFAULT_SUBMISSION_LIMITS);
    return Promise.resolve({ input, task: "read the zip", run });
  },
};

const TABLES = {
  "results.csv": parseResults,
  "history.csv": parseHistory,
  "summary.csv": parseSummary,
  "timings.csv": parseTimings,
  "predictions.csv": parsePredictions,
  "diagnostics.csv": parseDiagnostics,
};

const csv: Kind = {
  share: 250,
  async attempt(random, { folder }) {
    const name = pick(random, Object.keys(TABLES) as (keyof typeof TABLES)[]);
    const [path] = list(`${folder}/results`).filter((file) => file.endsWith(name));
    const input = breakText(random, await Deno.readTextFile(path));
    return { input, task: `parse ${name}`, run: () => void TABLES[name](input) };
  },
};

/** One of the commands that read a results folder. */
function folderCommand(random: RandomState, { config, folder }: World): string[] {
  const copy = `${folder}/copy`;
  const status = ["status", config, "--out", copy, "--store", `${folder}/store`];
  return pick(random, [["best", copy], ["compare", copy, `${folder}/results`], ["report", copy], status]);
}

/** Also what people and programs leave behind: other kinds of files, links that lead elsewhere. */
const results: Kind = {
  share: 200,
  async attempt(random, world) {
    const { folder, config } = world;
    const copy = await world.copy();
    const files = list(copy).filter((path) => !path.endsWith(".html"));
    const path = pick(random, files);
    let input: Uint8Array | string = path;
    const away = async (target: string) => {
      const replaced = pick(random, [path, `${copy}/runs`, `${copy}/figures`, `${copy}/.sweep.lock`]);
      await Deno.remove(replaced, { recursive: true }).catch(() => {});
      await Deno.symlink(target, replaced);
      input = `${replaced} -> ${target}`;
    };
    switch (random.interval(6)) {
      case 0:
        await Deno.remove(path);
        break;
      case 1:
        await Deno.remove(path);
        await Deno.mkdir(path);
        break;
      case 2:
        await away(`${folder}/outside${pick(random, ["", "/notes", "/none"])}`);
        break;
      default:
        input = /\.(csv|json|md|svg)$/.test(path)
          ? breakText(random, await Deno.readTextFile(path))
          : breakBytes(random, await Deno.readFile(path));
        if (typeof input === "string") await Deno.writeTextFile(path, input);
        else await Deno.writeFile(path, input);
    }
    const verb = pick(random, ["verify", "sweep", "other"]);
    const args = verb === "verify"
      ? ["verify", copy, "--workers", "1"]
      : verb === "sweep"
      ? ["sweep", config, ...world.places("copy"), "--quiet", "--workers", "1"]
      : folderCommand(random, world);
    return { input, task: `${args.join(" ")} (${path})`, run: () => world.run(...args) };
  },
};

const manifest: Kind = {
  share: 200,
  async attempt(random, world) {
    const path = `${await world.copy()}/manifest.json`;
    const text = await Deno.readTextFile(path);
    const input = random.interval(2) === 0
      ? breakText(random, text)
      : JSON.stringify(breakValue(random, JSON.parse(text)));
    await Deno.writeTextFile(path, input);
    const args = pick(random, [
      folderCommand(random, world),
      ["verify", `${world.folder}/copy`, "--workers", "1"],
      ["sweep", world.config, ...world.places("copy"), "--quiet", "--workers", "1"],
      ["gc", "--dry-run", "--store", `${world.folder}/store`, "--results", `${world.folder}/copy`],
    ]);
    return {
      input,
      task: args.join(" "),
      async run() {
        await readManifest(`${world.folder}/copy`).catch(() => {});
        return await world.run(...args);
      },
    };
  },
};

/** Gzipped IDX files, broken before or after they were packed, each with the hash of what it holds, through a whole sweep. */
const sweep: Kind = {
  share: 250,
  async attempt(random, world) {
    const { folder, experiment } = world;
    const part = pick(random, PARTS);
    const content = await Deno.readFile(`${folder}/data/${part}`);
    const packedFirst = random.interval(2) === 0;
    const right = packedFirst ? content : breakBytes(random, content);
    const input = packedFirst ? breakBytes(random, gzipSync(content)) : new Uint8Array(gzipSync(right));
    await Deno.writeFile(`${folder}/broken.gz`, input);
    const sha256 = createHash("sha256").update(right).digest("hex");
    const { idx } = experiment.dataset as { idx: Record<string, unknown> };
    const dataset = { idx: { ...idx, [part]: { path: "broken.gz", sha256 } } };
    await Deno.writeTextFile(`${folder}/broken.json`, JSON.stringify({ ...experiment, dataset }));
    await Deno.remove(`${folder}/copy`, { recursive: true }).catch(() => {});
    const args = ["sweep", `${folder}/broken.json`, ...world.places("copy"), "--quiet", "--workers", "1"];
    return { input, task: `${args.join(" ")} (${part})`, run: () => world.run(...args) };
  },
};

const TABLE = "label,size,colour,p0\n" +
  Array.from({ length: 30 }, (_, i) => `${"abc"[i % 3]},${i / 4},${i % 2 ? "red" : "blue"},${i}\n`).join("");
const ARRAYS = writeNpz({
  X: { shape: [12, 4], data: Float32Array.from({ length: 48 }, (_, i) => i) },
  y: { shape: [12], data: Uint8Array.from({ length: 12 }, (_, i) => i % 3) },
});
const PICTURE = greyPng(Uint8Array.from({ length: 36 }, (_, i) => 7 * i), { width: 6, height: 6 });

/** Tables, arrays and pictures of one's own, each broken, up to the data set that they make. */
const own: Kind = {
  share: 300,
  attempt(random) {
    const split = { share: 0.25, seed: 0 };
    const image = pick(random, [undefined, { rows: 2, columns: 2 }]);
    const attempts = [
      () => {
        const input = random.interval(3) === 0
          ? breakBytes(random, new TextEncoder().encode(TABLE))
          : new TextEncoder().encode(breakText(random, TABLE));
        const label = pick(random, [undefined, "label", 0, -1, "colour"]);
        return {
          input,
          task: "read the table",
          run: () => void csvDataset({ train: input }, { split, image, label }),
        };
      },
      () => {
        const input = breakBytes(random, ARRAYS);
        return { input, task: "read the arrays", run: () => void npzDataset(input, { split, image }) };
      },
      () => {
        const input = breakBytes(random, PICTURE);
        const files = ["a/1.png", "a/2.png", "b/1.png", "b/2.png"].map((path, i) => ({
          path,
          content: i === 2 ? input : PICTURE,
        }));
        return {
          input,
          task: "read the pictures",
          run: () => void folderDataset(files, { split, size: image }),
        };
      },
      () => {
        const input = breakBytes(random, packFolder([{ path: "a/1.png", content: PICTURE }]));
        return { input, task: "unpack the folder", run: () => void unpackFolder(input) };
      },
    ];
    return Promise.resolve(pick(random, attempts)());
  },
};

/** A file system in memory, where there is one. */
const MEMORY = "/dev/shm";

/** A clock that jumps, backwards too, or stands still, and a store on another file system: the results must be the same. */
const clock: Kind = {
  share: 200,
  async attempt(random, world) {
    const { folder, config } = world;
    await world.copy();
    const broken = pick(random, list(`${folder}/copy/runs`));
    await Deno.writeTextFile(broken, "changed");
    const start = pick(random, [0, 1, Date.now(), 4e12, -4e12]);
    const steps = Array.from(
      { length: 16 },
      () => pick(random, [0, 1, -1, -1000, 3_600_000, -86_400_000, 4e11]),
    );
    const away = random.interval(2) === 0 && await isThere(MEMORY);
    const store = away ? await Deno.makeTempDir({ dir: MEMORY, prefix: "fuzz-" }) : `${folder}/store`;
    const args = ["sweep", config, "--out", `${folder}/copy`, "--store", store, "--quiet", "--workers", "1"];
    const task = `${args.join(" ")} (clock ${start}, then ${steps.join()}; ${broken} changed)`;
    const run = async () => {
      try {
        return await withClock({ start, steps }, () => world.sweepsTheSame(args));
      } finally {
        if (away) await Deno.remove(store, { recursive: true });
      }
    };
    return { input: "", task, run };
  },
};

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function withClock<T>(
  { start, steps }: { start: number; steps: readonly number[] },
  task: () => Promise<T>,
): Promise<T> {
  const { now } = Date;
  let [time, calls] = [start, 0];
  Date.now = () => time += steps[calls++ % steps.length];
  try {
    return await task();
  } finally {
    Date.now = now;
  }
}

/** A hundred thousand entries, or as many as are not refused at once. */
const large: Kind = {
  share: 200,
  async attempt(random, world) {
    const count = pick(random, [100_000, 100_000, 11_000, 5_500]);
    const of = <T>(makers: Readonly<Record<string, T>>) => pick(random, Object.entries(makers));
    switch (random.interval(9)) {
      case 0: {
        const [name, make] = of(LARGE_RUBRICS);
        const input = make(count, parse(decode(await read("configs/rubrics/sprint-nn.yaml"))));
        return { input, task: `parse the rubric (${name})`, run: () => readRubric(input) };
      }
      case 1: {
        const input = largeZip(count);
        const run = pick(random, [() => readNpz(input), () => readZip(input, DEFAULT_SUBMISSION_LIMITS)]);
        return { input, task: "read the zip", run: () => void run() };
      }
      case 2: {
        const [file, column] = pick(random, LARGE_TABLES);
        await enlargeTable(await world.copy(), { file, column, count });
        const args = folderCommand(random, world);
        return { input: "", task: `${args.join(" ")} (${file})`, run: () => world.run(...args) };
      }
      case 3: {
        const path = `${await world.copy()}/manifest.json`;
        const [name, enlarge] = of(LARGE_MANIFESTS);
        const input = JSON.stringify(enlarge(JSON.parse(await Deno.readTextFile(path)), count));
        await Deno.writeTextFile(path, input);
        const args = pick(random, [
          folderCommand(random, world),
          ["verify", `${world.folder}/copy`, "--workers", "1"],
          ["sweep", world.config, ...world.places("copy"), "--quiet", "--workers", "1"],
        ]);
        return { input, task: `${args.join(" ")} (${name})`, run: () => world.run(...args) };
      }
      default: {
        const [name, make] = of(LARGE_CONFIGS);
        const input = make(count);
        return { input, task: `deno task status (${name})`, run: () => readConfig(input) };
      }
    }
  },
};

export const KINDS: Readonly<Record<string, Kind>> = {
  config,
  rubric,
  idx,
  npz,
  zip,
  csv,
  results,
  manifest,
  sweep,
  own,
  clock,
  large,
};
