// How long a person waits for a sweep's whole command: twelve small trainings, a thousand runs of almost nothing, and the quickstart.
//
//   deno run -P=tools bench/commands_sweep.ts [--mnist FOLDER] [--against ROOT] [--rounds N]
//
// Results and store are empty each time; what Deno keeps of modules is warm, by a round that does not count. With another copy of the
// project's files, as of an earlier state, its commands are measured in turn with ours.

import { parseArgs } from "node:util";
import { markdownTable, right } from "../src/text/markdown.ts";
import { median } from "./statistics.ts";
import { ROOT, type Waited, waitFor } from "./waited.ts";

interface Wait {
  readonly name: string;
  /** Left out: the quickstart. */
  readonly config?: string;
  readonly options?: readonly string[];
}

const TWELVE = `
name: twelve
dataset: mnist
preprocess: { scale: 255, validation: 0.2, limit: 12000 }
model: { activation: tanh, init: { method: gaussian, sigma: 0.01 } }
train: { epochs: 1, shuffle: once }
sweep:
  method: grid
  parameters:
    model.hidden: [[100], [400, 200]]
    train.learning_rate: [0.01, 0.05]
    train.batch_size: [20, 50, 100]
`;

const ALMOST_NOTHING = `
name: almost_nothing
dataset: { points: { shape: xor, count: 100, test: 50 } }
preprocess: { scale: 1, validation: 0.2 }
model: { hidden: [4], activation: tanh, init: { method: gaussian, sigma: 0.1 } }
train: { epochs: 1, batch_size: 10 }
sweep:
  method: random
  count: 1000
  run_cap: 1000
  seed: 0
  parameters: { train.learning_rate: { log_uniform: [0.001, 0.2] } }
`;

/** Runs the command in the project at `root`, with an empty store. */
async function sweep({ config, options = [] }: Wait, root: string): Promise<Waited> {
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  try {
    const place = config === undefined ? "configs/quickstart.yaml" : `${folder}/config.yaml`;
    if (config !== undefined) await Deno.writeTextFile(place, config);
    const kept = ["--out", `${folder}/results`, "--store", `${folder}/store`, "--workers", "2"];
    return await waitFor(["sweep", place, ...kept, ...options], root);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const { values: { mnist, against, rounds } } = parseArgs({
  options: {
    mnist: { type: "string" },
    against: { type: "string" },
    rounds: { type: "string", default: "5" },
  },
});
const WAITS: readonly Wait[] = [
  { name: "quickstart" },
  ...mnist === undefined
    ? []
    : [{ name: "12 small trainings on MNIST", config: TWELVE, options: ["--mirror", mnist] }],
  { name: "1,000 runs of almost nothing", config: ALMOST_NOTHING },
];
const places = [ROOT, ...against === undefined ? [] : [against]];

const rows: string[][] = [];
for (const wait of WAITS) {
  const measures = places.map((): Waited[] => []);
  for (let round = 0; round <= Number(rounds); round++) {
    for (const [i, place] of places.entries()) {
      const measure = await sweep(wait, place);
      if (round > 0) measures[i].push(measure);
    }
  }
  for (const [i, taken] of measures.entries()) {
    const processor = taken.flatMap(({ processor }) => processor ?? []);
    rows.push([
      wait.name,
      i === 0 ? "this" : "the other",
      median(taken.map(({ seconds }) => seconds)).toFixed(2),
      processor.length === 0 ? "–" : median(processor).toFixed(2),
    ]);
  }
}
console.log(
  markdownTable([{ title: "sweep" }, { title: "of" }, right("seconds"), right("of processor")], rows),
);
