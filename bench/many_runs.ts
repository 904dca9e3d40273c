import { describeRuns } from "../pipeline/results/run_lines.ts";
import { formatManifest, MANIFEST_FILE } from "../pipeline/results/manifest.ts";
import { examinedRuns, rankTrials } from "../src/analysis/ranking.ts";
import { formatHistory, historyColumns, parseHistory } from "../src/tables/history_csv.ts";
import { formatResults, parseResults, resultsColumns, runName } from "../src/tables/results_csv.ts";
import { formatTimings } from "../src/tables/timings_csv.ts";

const MODEL = new URL("../results/reference/quickstart/", import.meta.url);
/** A manifest lists them of each run; only those that a report looks into are written. */
const RUN_FILES = ["diagnostics.csv", "predictions.csv", "weights.npz"];

/** Writes a results folder of so many runs, as a sweep would have: the reference's, again and again, with other rates and accuracies. */
export async function writeManyRuns(folder: string, count: number): Promise<void> {
  const read = (name: string) => Deno.readTextFile(new URL(name, MODEL));
  const manifest = JSON.parse(await read(MANIFEST_FILE));
  const models = parseResults(await read("results.csv")).filter(({ status }) => status === "ok");
  const epochs = Map.groupBy(parseHistory(await read("history.csv")), runName);
  const modelOf = (trial: number) => models[trial % models.length];
  const rows = Array.from({ length: count }, (_, trial) => ({
    ...modelOf(trial),
    status: "ok" as const,
    trial,
    learning_rate: 0.001 + trial * 1e-5,
    val_accuracy: 0.5 + ((trial * 7919) % 4999) / 10_000,
  }));
  const history = rows.flatMap(({ trial }) =>
    (epochs.get(runName(modelOf(trial))) ?? []).map((epoch) => ({ ...epoch, trial }))
  );
  const tables = { results: formatResults(rows), history: formatHistory(history) };
  const experiment = {
    ...manifest.experiment,
    name: "many",
    title: `${count} runs`,
    sweep: {
      method: "random",
      run_cap: count,
      count,
      seed: 0,
      parameters: { "train.learning_rate": { log_uniform: [0.001, 0.2] } },
    },
  };
  const { format: _, files, ...record } = manifest;
  const [entry] = Object.values(files);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/results.csv`, tables.results);
  await Deno.writeTextFile(`${folder}/history.csv`, tables.history);
  await Deno.writeTextFile(
    `${folder}/timings.csv`,
    formatTimings(
      rows.map(({ trial, seed }) => ({
        step: "train",
        trial,
        seed,
        seconds: 1.5,
        images_per_second: 80_000,
      })),
    ),
  );
  for (const { trial, seed } of examinedRuns(rankTrials(rows, OBJECTIVE), OBJECTIVE)) {
    const place = `${folder}/runs/${runName({ trial, seed })}`;
    await Deno.mkdir(place, { recursive: true });
    const model = new URL(`runs/${runName(modelOf(trial))}/`, MODEL);
    for (const { name } of Deno.readDirSync(model)) {
      await Deno.copyFile(new URL(name, model), `${place}/${name}`);
    }
  }
  // Last, as a sweep does: with it the folder is one that has ended.
  await Deno.writeTextFile(
    `${folder}/${MANIFEST_FILE}`,
    formatManifest(
      {
        ...record,
        experiment,
        columns: { ...record.columns, results: resultsColumns(rows), history: historyColumns(history) },
        runs: describeRuns(rows, tables),
      },
      Object.fromEntries(
        rows.flatMap((row) => RUN_FILES.map((name) => [`runs/${runName(row)}/${name}`, entry])),
      ) as Parameters<typeof formatManifest>[1],
    ),
  );
}

const OBJECTIVE = { metric: "val_accuracy", goal: "maximize" } as const;
