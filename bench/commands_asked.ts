import { markdownTable, right } from "../src/text/markdown.ts";
import { writeExperiment } from "../tests/end_to_end/machines/small_experiments.ts";
import { inTurn, medianOf, waitFor } from "./waited.ts";

/**
 * How long commands take that have nothing to train, in turn, as Markdown: 1,000 runs of almost nothing that are all stored, swept again,
 * their status, and a dry run of 100,000 other trials beside them.
 */
export async function timeAsked(folder: string, rounds: number): Promise<string> {
  const steps = (count: number, by: number) => Array.from({ length: count }, (_, i) => (i + 1) / by);
  const experiment = (name: string, parameters: object) =>
    writeExperiment(folder, name, {
      name,
      model: { hidden: [1] },
      train: { epochs: 1, batch_size: 60 },
      sweep: { parameters },
    });
  const rates = { "train.learning_rate": steps(100, 1000) };
  const stored = await experiment("stored", { ...rates, "model.init.sigma": steps(10, 1000) });
  const sigmas = { "model.init.sigma": steps(100, 100) };
  const planned = await experiment("planned", { ...rates, ...sigmas, "train.batch_size": steps(10, 1) });
  const places = ["--store", `${folder}/store`, "--out", `${folder}/results`];
  const sweep = ["sweep", stored, ...places, "--yes", "--quiet"];
  await waitFor(sweep);
  const commands: [string, string[]][] = [
    ["sweep of 1,000 runs, all stored", sweep],
    ["status of them", ["status", stored, ...places]],
    ["dry run of 100,000 other trials", ["sweep", planned, ...places, "--dry-run"]],
  ];
  const times = await inTurn(commands.map(([, args]) => () => waitFor(args)), { rounds });
  const rows = commands.map(([name], i) => [
    name,
    medianOf(times[i], ({ seconds }) => seconds, 2),
    medianOf(times[i], ({ memory }) => memory, 0),
  ]);
  return `## Commands that ask the store\n\n${
    markdownTable([{ title: "deno task" }, right("seconds"), right("MiB")], rows)
  }\n\nWhole commands on all cores, ${rounds} times each in turn; the median counts. A run has 60 images of 6 x 6 pixels and one hidden unit.`;
}
