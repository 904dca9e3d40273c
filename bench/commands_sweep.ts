import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable, right } from "../src/text/markdown.ts";
import { ONE_THREAD } from "./programs.ts";
import { inTurn, medianOf, ROOT, type Waited, waitFor, waitForProgram } from "./waited.ts";

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

const GRID_SEARCH = fileURLToPath(new URL("./peers/grid_search.py", import.meta.url));

/**
 * How long a person waits for a sweep's whole command, in turn, as Markdown: the quickstart, twelve small trainings on MNIST beside
 * scikit-learn's GridSearchCV, and 1,000 runs of almost nothing. Results and store are empty each time; what Deno keeps of modules is warm,
 * by a round that does not count.
 *
 * @param options.folder for what the commands write
 * @param options.mnist folder of MNIST's files; without it twelve trainings are left out
 * @param options.peer a Python that has scikit-learn, if there is one, and for it the folder of prepareData()
 * @param options.against the files of the project in another state, whose commands are measured in turn with these
 */
export async function timeSweeps(
  { folder, mnist, peer, against, rounds }: {
    folder: string;
    mnist?: string | undefined;
    peer?: { python: string | null | undefined; images: string };
    against?: string | undefined;
    rounds: number;
  },
): Promise<string> {
  const waits: Wait[] = [
    { name: "quickstart" },
    { name: "1,000 runs of almost nothing", config: ALMOST_NOTHING },
  ];
  if (mnist !== undefined) {
    waits.push({
      name: "12 small trainings on MNIST",
      config: TWELVE,
      options: ["--mirror", resolve(mnist)],
    });
  }
  // Removed with all of it at the end: ext4 looks long for an inode where many were given back lately.
  await Deno.mkdir(folder, { recursive: true });
  const roots = against === undefined ? [ROOT] : [ROOT, against];
  const programs = waits.flatMap((wait) =>
    roots.map((root) => ({
      name: root === ROOT ? wait.name : `${wait.name}, the other state`,
      run: () => sweep(wait, root, folder),
    }))
  );
  if (mnist !== undefined && peer?.python) {
    const search = [peer.python, GRID_SEARCH, peer.images];
    // As many processes as ours has workers, a thread each.
    programs.push({
      name: "GridSearchCV of the same 12, no refit, whole process",
      run: () => waitForProgram(search, { env: ONE_THREAD }),
    });
  }
  const times = await inTurn(programs.map(({ run }) => run), { rounds, warm: true });
  const rows = programs.map(({ name }, i) => [
    name,
    medianOf(times[i], ({ seconds }) => seconds, 2),
    medianOf(times[i], ({ processor }) => processor, 2),
  ]);
  return `## Sweeps from an empty store\n\n${
    markdownTable([{ title: "sweep" }, right("seconds"), right("of processor")], rows)
  }\n\nWhole commands with two workers, ${rounds} times each in turn; the median counts. With results, report and store.`;
}

/** Runs the command in the project at `root`, with results and store in a folder of their own in `parent`. */
async function sweep({ config, options = [] }: Wait, root: string, parent: string): Promise<Waited> {
  const folder = await Deno.makeTempDir({ dir: parent });
  const place = config === undefined ? "configs/quickstart.yaml" : `${folder}/config.yaml`;
  if (config !== undefined) await Deno.writeTextFile(place, config);
  const kept = ["--out", `${folder}/results`, "--store", `${folder}/store`, "--workers", "2"];
  return await waitFor(["sweep", place, ...kept, ...options], root);
}
