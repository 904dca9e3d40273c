import { tinyExperiment } from "../../pipeline/tiny_experiment.ts";

/** Writes an experiment into the folder, and returns the config's path. */
export async function writeExperiment(folder: string, name: string, change: object): Promise<string> {
  const path = `${folder}/${name}.json`;
  await Deno.writeTextFile(path, JSON.stringify({ ...await tinyExperiment(folder), ...change }));
  return path;
}

/**
 * Twelve runs of some tenths of a second; the weights of half of them are large enough to travel as objects, the others' go with the
 * message.
 */
export function grid(folder: string): Promise<string> {
  return writeExperiment(folder, "grid", {
    train: { epochs: 60, batch_size: 10, optimizer: "momentum", shuffle: "each_epoch" },
    sweep: {
      parameters: {
        "model.hidden": [[300, 300], [40]],
        "train.learning_rate": [0.01, 0.02, 0.03, 0.04, 0.05, 0.06],
      },
    },
  });
}

/** Nine trials for 10 epochs, three of them for 30, one for 90. */
export function halving(folder: string): Promise<string> {
  return writeExperiment(folder, "halving", {
    model: { hidden: [300, 300] },
    train: { epochs: 90, batch_size: 10, optimizer: "momentum", shuffle: "each_epoch" },
    sweep: {
      method: "halving",
      factor: 3,
      min_epochs: 10,
      candidates: {
        method: "list",
        trials: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ "train.learning_rate": n / 100 })),
      },
    },
  });
}

/** Runs of 1 ms or so an epoch with the default width, which grows as its square: something can happen in their middle. */
export function slow(
  folder: string,
  { epochs, runs = 8, width = 300 }: { epochs: number; runs?: number; width?: number },
): Promise<string> {
  return writeExperiment(folder, "slow", {
    model: { hidden: [width, width] },
    train: { epochs, batch_size: 10, optimizer: "momentum", shuffle: "each_epoch" },
    sweep: { parameters: { "train.learning_rate": Array.from({ length: runs }, (_, i) => (i + 1) / 100) } },
  });
}
