import tool from "../../deno.json" with { type: "json" };
import { datasetFacts } from "../../src/data/catalogue.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { DIAGNOSTICS_COLUMNS } from "../../src/tables/diagnostics_csv.ts";
import { formatHistory, historyColumns } from "../../src/tables/history_csv.ts";
import { formatResults, resultsColumns, runName } from "../../src/tables/results_csv.ts";
import { guessing } from "../../src/metrics/guessing.ts";
import { parsePredictions } from "../../src/tables/predictions_csv.ts";
import { formatTimings, parseTimings, type TimingRow } from "../../src/tables/timings_csv.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import type { SweepOptions } from "./sweep_options.ts";
import { commandLine } from "../results/recorded_command.ts";
import { describeRuns } from "../results/run_lines.ts";
import { kernelFlags } from "../system/kernel_flags.ts";
import { recordedPath } from "../system/place.ts";
import type { ManifestRun, SweepRecord } from "../results/manifest.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import type { ResultsFolder } from "../results/folder.ts";
import type { ImageCounts } from "../../src/report/report_model.ts";
import type { PreprocessFacts } from "../steps/preprocess.ts";
import type { RunResult } from "../runs/runner.ts";
import type { PreparedData, SharedSteps } from "../runs/prepare_data.ts";
import { type Artifact, memoryArtifact } from "../steps/step.ts";
import { hashBytes } from "../store/hash.ts";
import { MAX_INSPECTED } from "../../src/analysis/ranking.ts";
import type { LazyPool } from "../workers/lazy_pool.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";

interface FinishedSweep {
  readonly experiment: Experiment;
  readonly trials: TrialSpace;
  readonly results: readonly RunResult[];
  readonly options: SweepOptions;
  readonly data: PreparedData;
}

/** Makes the report and writes every file of the results folder, or nothing where all was stored and the folder holds it already. */
export async function writeResults(
  { experiment, trials, results, options, data }: FinishedSweep,
  { folder, steps, pool }: { folder: ResultsFolder; steps: SharedSteps; pool: LazyPool },
): Promise<void> {
  const rows = results.map(({ row }) => row);
  const epochs = results.flatMap(({ history }) => history);
  const tables = { results: formatResults(rows), history: formatHistory(epochs) };
  const hashes = Object.fromEntries(Object.entries(data.files).map(([name, { sha256 }]) => [name, sha256]));
  const config = recordedPath(options.config);
  const command = commandLine({ ...options, config });
  const record: SweepRecord = {
    tool: tool.version,
    versions: { ...Deno.version },
    v8_flags: kernelFlags().flags,
    config,
    command,
    experiment,
    data: hashes,
    images: imageCounts(data.facts),
    steps: STEP_VERSIONS,
    columns: {
      results: resultsColumns(rows),
      history: historyColumns(epochs),
      diagnostics: DIAGNOSTICS_COLUMNS,
    },
    runs: describeRuns(rows, tables),
  };
  const artifacts = runArtifacts(results);
  const performed = results.flatMap(({ timings }) => timings);
  const expected = new Map<string, string | null>([
    ...Array.from(artifacts, ([name, { sha256 }]) => [name, sha256] as const),
    ["results.csv", hashBytes(tables.results)],
    ["history.csv", hashBytes(tables.history)],
    // What these hold follows from the rest.
    ...["summary.csv", "report.md", "report.html", "timings.csv"].map((name) => [name, null] as const),
  ]);
  if (steps.timings.length + performed.length === 0 && await folder.holds(record, expected)) {
    steps.context.emit({ type: "step", step: "report", status: "cached" });
    return;
  }

  // Not loaded where nothing is to be written.
  const [{ makeReport }, { conclude, summaryRows }, { formatSummary }, { writeReport }] = await Promise.all([
    import("../report/from_sweep.ts"),
    import("../../src/analysis/conclusions.ts"),
    import("../../src/tables/summary_csv.ts"),
    import("../report/report_step.ts"),
  ]);
  const report = await makeReport({
    experiment,
    trials,
    rows,
    files: new Map([
      ...artifacts,
      ["results.csv", memoryArtifact(tables.results)],
      ["history.csv", memoryArtifact(tables.history)],
    ]),
    dataset: data.dataset,
    facts: { command, data: hashes, images: record.images, versions: { Deno: Deno.version.deno } },
  }, {
    context: { ...steps.context, pool: () => pool.get(MAX_INSPECTED) },
    perform: (step, call) => steps.perform(step, call),
  });
  const timings = await withFormerTimings([...steps.timings, ...performed], { folder, runs: record.runs });
  await folder.write("results.csv", tables.results);
  await folder.write("history.csv", tables.history);
  const swept = Array.from(trials, ({ index, swept }) => ({ trial: index, parameters: swept }));
  const predictions = results.find(({ files }) => files.predictions !== undefined)?.files.predictions;
  const conclusions = conclude({ rows, trials: swept, objective: objectiveOf(experiment) });
  const labels = predictions === undefined
    ? null
    : parsePredictions(new TextDecoder().decode(await predictions.read()));
  const guessed = labels === null ? undefined : guessing(labels.labels);
  await folder.write("summary.csv", formatSummary(summaryRows(conclusions, rows, guessed)));
  await writeReport(report, {
    folder,
    timings,
    language: experiment.report.language,
    rows: datasetFacts(experiment.dataset).kind,
  });
  for (const [name, artifact] of artifacts) await folder.copy(name, artifact);
  await folder.write("timings.csv", formatTimings(timings));
  await folder.finish(record);
}

/** What a report says of them, and no other fact of the step. */
function imageCounts(
  { train, test, features, classes, class_names, input_names }: PreprocessFacts,
): ImageCounts {
  return {
    train,
    test,
    features,
    classes,
    ...(class_names === undefined ? {} : { class_names }),
    ...(input_names === undefined ? {} : { input_names }),
  };
}

function runArtifacts(results: readonly RunResult[]): Map<string, Artifact> {
  const artifacts = new Map<string, Artifact>();
  for (const { row: { trial, seed }, files: { weights, predictions, diagnostics, calibration } } of results) {
    const place = `runs/${runName({ trial, seed })}`;
    if (weights) artifacts.set(`${place}/weights.npz`, weights);
    if (predictions) artifacts.set(`${place}/predictions.csv`, predictions);
    if (diagnostics) artifacts.set(`${place}/diagnostics.csv`, diagnostics);
    if (calibration) artifacts.set(`${place}/calibration.csv`, calibration);
  }
  return artifacts;
}

/** Steps that were not performed now keep the time that they took; of runs, those that are still in the results as they were. */
async function withFormerTimings(
  timings: TimingRow[],
  { folder, runs }: { folder: ResultsFolder; runs: Readonly<Record<string, ManifestRun>> },
): Promise<TimingRow[]> {
  const [text, before] = [await folder.read("timings.csv"), folder.runsBefore];
  if (text === null) return timings;
  const key = ({ step, trial, seed }: TimingRow) => `${step} ${trial} ${seed}`;
  const now = new Set(timings.map(key));
  const isHere = ({ trial, seed }: TimingRow) => {
    if (trial === null || seed === null) return true;
    const name = runName({ trial, seed });
    return runs[name] !== undefined && before[name]?.results === runs[name].results;
  };
  try {
    return [...timings, ...parseTimings(text).filter((row) => !now.has(key(row)) && isHere(row))];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return timings; // timings are for people: a file that somebody changed is written anew
  }
}
