import { stringify } from "yaml";
import { bestRun, examinedRuns, inspectedRuns, rankTrials } from "../../src/analysis/ranking.ts";
import { countRows } from "../../src/data/split.ts";
import { datasetFacts, type RowKind } from "../../src/data/catalogue.ts";
import { drawnRanges } from "../../src/config/methods/methods.ts";
import { PORTABLE_YAML } from "../../src/config/yaml/portable_yaml.ts";
import type { Experiment } from "../../src/config/schema.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { Language } from "../../src/text/language.ts";
import { messages } from "../../src/report/messages/messages.ts";
import { fillTimings } from "../../src/report/timings_slot.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import type { ResultsFolder } from "../results/folder.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import type { Step } from "../steps/step.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";
import { ChartDrawer } from "./chart_drawer.ts";
import type { ReportSettings, ReportTables } from "./render.ts";

/** Its times are filled in when the report is written: see writeReport(). */
export const reportStep: Step<ReportSettings, string, string, null> = {
  name: "report",
  version: STEP_VERSIONS.report,
  async run({ parameters, inputs }) {
    using drawer = ChartDrawer.open();
    const contents = Object.entries(inputs).map(async ([name, artifact]) => [name, await artifact.read()]);
    const files = Promise.all(contents).then(Object.fromEntries);
    return { outputs: await renderFiles(parameters, files, { drawer }), facts: null };
  },
};

/** The files of the report, by name, from those that reportInputs() gives. @param options.rows as for readTables() */
export async function renderFiles(
  settings: ReportSettings,
  files: Promise<ReportTables<Uint8Array>>,
  { drawer, rows }: { drawer: ChartDrawer; rows?: readonly RunRow[] },
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  // Vega is large: loaded when a report is rendered and not before, while its files are read.
  const [{ renderTables }, read] = await Promise.all([import("./render.ts"), files]);
  return Object.fromEntries(await renderTables(settings, read, { drawer, rows }));
}

/** What a report says of an experiment, its trials by rank. `facts` is what is known of how the results were made. */
export function reportSettings(
  experiment: Experiment,
  { rows, trials, language = experiment.report.language, facts }: {
    rows: readonly RunRow[];
    trials: TrialSpace;
    language?: Language | undefined;
    facts: Pick<ReportSettings, "command" | "data" | "images" | "versions">;
  },
): ReportSettings {
  const { name, title, description, dataset, sweep } = experiment;
  const objective = objectiveOf(experiment);
  const ranking = rankTrials(rows, objective);
  const images = splitImages(experiment, trials, facts.images?.train);
  const { kind, points } = datasetFacts(dataset);
  const ranges = sweep === undefined ? {} : drawnRanges(sweep);
  return {
    name,
    language,
    objective,
    // A table that somebody changed may have others.
    trials: ranking.filter(({ trial }) => trial < trials.count)
      .map(({ trial }) => ({ trial, parameters: trials.at(trial).swept })),
    ...(Object.keys(ranges).length === 0 ? {} : { ranges }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(ranking[0].trial < trials.count ? { preprocess: trials.at(ranking[0].trial).preprocess } : {}),
    ...(images === undefined ? {} : {
      validationImages: images.reduce((fewest, { validation }) => Math.min(fewest, validation), Infinity),
      trainingImages: Object.fromEntries(images.map(({ train }, trial) => [trial, train])),
    }),
    dataset: typeof dataset === "string" ? dataset : "",
    ...(points === undefined ? {} : { points }),
    ...(kind === "rows" ? { kind } : {}),
    config: stringify(experiment, PORTABLE_YAML),
    ...facts,
  };
}

/**
 * How many images each trial trains on and how many validate, by its index; undefined where nobody knows how many the data have.
 * @param found as many as the data have, where the config does not say it
 */
function splitImages(
  { dataset }: Experiment,
  trials: TrialSpace,
  found: number | undefined,
): { train: number; validation: number }[] | undefined {
  const count = datasetFacts(dataset).counts?.train ?? found;
  if (count === undefined) return undefined;
  return Array.from(
    trials,
    ({ preprocess: { limit = count, validation } }) =>
      countRows({ count: Math.min(limit, count), validation }),
  );
}

/**
 * What a report of these rows is made of; `file` gives a file by its place in the results folder, as `runs/13-0/predictions.csv`, and is
 * told whether the report can do without.
 */
export async function reportInputs<File>(
  { rows, objective }: { rows: readonly RunRow[] } & Pick<ReportSettings, "objective">,
  file: (place: string, importance: "needed" | "extra") => Promise<File | undefined>,
): Promise<ReportTables<File>> {
  const ranking = rankTrials(rows, objective);
  const best = bestRun(ranking[0], objective);
  const name = best && runName(best);
  const ofRuns = ["predictions.csv", "diagnostics.csv"];
  if (rows.some(({ test_ece }) => test_ece !== null)) ofRuns.push("calibration.csv");
  const places = [
    "history.csv",
    ...examinedRuns(ranking, objective).flatMap((run) =>
      ofRuns.map((file) => `runs/${runName(run)}/${file}`)
    ),
    ...inspectedRuns(ranking, objective).map((run) => `runs/${runName(run)}/inspection.npz`),
  ];
  const results = await file("results.csv", "needed");
  if (results === undefined) throw new TypeError("Cannot report: results.csv must be there, found none");
  const files: [string, File][] = [];
  for (const place of places) {
    const isExtra = place.startsWith("runs/") &&
      // Runs that diverged at once have no diagnostics, and those that diverged later no calibration.
      (!place.endsWith("/predictions.csv") && !place.endsWith("/inspection.npz") ||
        !place.startsWith(`runs/${name}/`));
    const found = await file(place, isExtra ? "extra" : "needed");
    if (found !== undefined) files.push([place, found]);
  }
  return { "results.csv": results, ...Object.fromEntries(files) };
}

/** Writes a report's files; those for readers get the times filled in, which no step knows. */
export async function writeReport(
  files: Readonly<Record<string, Uint8Array>>,
  { folder, timings, language, rows = "images" }: {
    folder: Pick<ResultsFolder, "write">;
    timings: readonly TimingRow[];
    language: Language;
    rows?: RowKind;
  },
): Promise<void> {
  const t = messages(language, rows);
  for (const [name, bytes] of Object.entries(files)) {
    const isText = /^report\.\w+$/.test(name);
    await folder.write(
      name,
      isText ? fillTimings(new TextDecoder().decode(bytes), timings, t) : bytes,
    );
  }
}
