import { inspectedRuns, rankTrials } from "../../../src/analysis/ranking.ts";
import type { Experiment } from "../../../src/config/schema.ts";
import { datasetFacts } from "../../../src/data/catalogue.ts";
import { reportModel } from "../../../src/report/report_model.ts";
import { objectiveOf } from "../../../src/sweep/objective.ts";
import type { Trial } from "../../../src/sweep/trial.ts";
import { trialLabel } from "../../../src/sweep/trial_label.ts";
import type { EpochRow } from "../../../src/tables/history_csv.ts";
import { runName, type RunRow } from "../../../src/tables/results_csv.ts";
import type { TimingRow } from "../../../src/tables/timings_csv.ts";
import type { Language } from "../../../src/text/language.ts";
import type { RunStanding, RunView } from "../../../src/view/run/run_page.tsx";
import { runWords } from "../../../src/view/run/words.ts";
import { isImageCounts } from "../../report/from_folder.ts";
import { reportSettings } from "../../report/report_step.ts";
import type { Manifest } from "../../results/manifest.ts";
import { runConfig } from "../../results/run_config.ts";
import { withEpochs } from "../../runs/run.ts";
import type { WatchedFolder } from "../watched_folder.ts";
import { type FolderRuns, folderRuns, type RunPlace } from "./folder_runs.ts";
import { readRunFiles } from "./run_files.ts";
import { labProblem } from "./run_lab.ts";

/** A run as its page shows it. */
export interface KnownRun {
  readonly view: RunView;
  /** Of its trial's runs. */
  readonly seeds: readonly number[];
  readonly timings: readonly TimingRow[];
}

/** What is known of one run, and the seeds of its trial's runs; null where there is no such run. Throws as folderRuns(). */
export async function knownRun(
  folder: WatchedFolder,
  { trial: index, seed }: RunPlace,
  language: Language,
): Promise<KnownRun | null> {
  const runs = await folderRuns(folder);
  if (runs === null || index >= runs.trials.count) return null;
  const { experiment, trials, manifest, underWay } = runs;
  const rows = runs.rows.filter(({ trial }) => trial === index);
  const row = rows.find((row) => row.seed === seed);
  const seeds = manifest === null ? experiment.seeds : rows.map((row) => row.seed).sort((a, b) => a - b);
  if (row === undefined && (manifest !== null || !experiment.seeds.includes(seed))) return null;
  const given = trials.at(index);
  const name = runName({ trial: index, seed });
  const history = runs.history.filter(({ trial }) => trial === index);
  const said = runWords(language);
  const view = {
    language,
    title: experiment.title ?? experiment.name,
    trial: index,
    seed,
    label: trialLabel(given),
    progress: null,
    lab: null,
  };
  if (row === undefined) {
    const config = configOf({ experiment, trial: given, row: { seed, ...NOTHING_YET }, manifest, language });
    const waiting = { stands: "waiting" as const, told: [said.waiting], model: null, besides: null };
    return { view: { ...view, ...waiting, config, missing: [] }, seeds, timings: [] };
  }
  const trained = withEpochs(given, row.epochs);
  const settings = reportSettings(experiment, {
    rows: [row],
    trials,
    language,
    facts: {
      data: {},
      versions: {},
      ...isImageCounts(manifest?.images) ? { images: manifest.images } : {},
    },
  });
  const own = history.filter((epoch) => epoch.seed === seed);
  const { kind, size = null } = datasetFacts(experiment.dataset);
  const inspected = inspectedSeed(runs, index);
  const files = manifest === null ? null : await readRunFiles(folder.path, `runs/${name}`, {
    kind,
    size,
    wanted: row.status === "ok",
    isInspected: inspected === seed,
    isCalibrated: row.test_ece !== null,
    language,
  });
  const model = reportModel({
    ...settings,
    rows: [row],
    history: own,
    underWay,
    ...files?.predictions ? { predictions: files.predictions } : {},
    matrices: new Map(files?.matrix ? [[name, files.matrix]] : []),
    inspections: new Map(files?.look.images ? [[name, files.look.images]] : []),
    planes: new Map(files?.look.plane ? [[name, files.look.plane]] : []),
    judgedRows: new Map(files?.look.rows ? [[name, files.look.rows]] : []),
    calibrations: new Map(files?.calibration ? [[name, files.calibration]] : []),
    diagnostics: new Map(files?.diagnostics ? [[name, files.diagnostics]] : []),
  });
  const stands = standing(row, folder);
  const known: RunView = {
    ...view,
    stands,
    told: tellRun({ row, own, experiment, isUnderWay: underWay.has(name), stands, language }),
    progress: stands === "running" ? { epoch: lastEpoch(own), epochs: row.epochs } : null,
    model,
    besides: besides({ row, rows, history, settings }),
    config: configOf({ experiment, trial: trained, row, manifest, language }),
    lab: files === null ? { why: said.noLab.underWay } : labOf(files.weights, { folder, name, language }),
    missing: [
      ...manifest === null ? [said.missing.underWay] : [],
      ...manifest !== null && row.status !== "ok" ? [said.missing.notEnded] : [],
      ...files?.missing ?? [],
      ...manifest !== null && row.status === "ok" && kind === "images"
        ? imagesElsewhere(seed, inspected, language)
        : [],
    ],
  };
  const places = known.besides?.seeds ?? [];
  // As the learning curves have the trial's runs: by their places.
  const timings = runs.timings.flatMap((timing) => {
    const place = timing.trial === index && timing.seed !== null ? places.indexOf(timing.seed) : -1;
    return place < 0 ? [] : [{ ...timing, trial: place }];
  });
  return { view: known, seeds, timings };
}

const NOTHING_YET = {
  status: "running",
  val_accuracy: null,
  test_accuracy: null,
  weights_sha256: null,
} as const;

function standing({ status }: RunRow, { state }: WatchedFolder): RunStanding {
  return status === "running" && state !== "running" ? "interrupted" : status;
}

function lastEpoch(own: readonly EpochRow[]): number {
  return own.reduce((last, { epoch }) => Math.max(last, epoch), 0);
}

/** How far a run has come, and how it ended. */
function tellRun({ row, own, experiment, isUnderWay, stands, language }: {
  row: RunRow;
  own: readonly EpochRow[];
  experiment: Experiment;
  isUnderWay: boolean;
  stands: RunStanding;
  language: Language;
}): string[] {
  const said = runWords(language);
  const { status, epochs } = row;
  if (stands === "running") return [said.at(lastEpoch(own), epochs), said.soFar];
  if (stands === "interrupted") return [said.at(lastEpoch(own), epochs), said.interrupted];
  if (status === "diverged") {
    const finite = own.filter(({ train_loss }) => train_loss !== null);
    return [said.diverged(lastEpoch(finite) + 1)];
  }
  if (status === "failed") return [said.failed];
  const last = experiment.sweep?.method === "halving" ? experiment.train.epochs : epochs;
  return [
    said.trained(epochs),
    ...isUnderWay ? [said.goesOn] : epochs < last ? [said.ofLast(last)] : [],
  ];
}

/** The runs of a trial as trials of a report, numbered by their seeds, the one that is looked at first. */
function besides({ row, rows, history, settings }: {
  row: RunRow;
  rows: readonly RunRow[];
  history: readonly EpochRow[];
  settings: ReturnType<typeof reportSettings>;
}): NonNullable<RunView["besides"]> {
  const others = rows.filter(({ seed }) => seed !== row.seed).sort((a, b) => a.seed - b.seed);
  const seeds = [row, ...others].map(({ seed }) => seed);
  const numbered = <Row extends { seed: number }>(of: readonly Row[]) =>
    of.map((each) => ({ ...each, trial: seeds.indexOf(each.seed) })).filter(({ trial }) => trial >= 0);
  const images = settings.trainingImages?.[row.trial];
  return {
    seeds,
    model: reportModel({
      ...settings,
      rows: numbered([row, ...others]),
      history: numbered(history),
      trials: seeds.map((_, trial) => ({ trial, parameters: {} })),
      trainingImages: images === undefined
        ? undefined
        : Object.fromEntries(seeds.map((_, trial) => [trial, images])),
      matrices: new Map(),
      inspections: new Map(),
      diagnostics: new Map(),
    }),
  };
}

function configOf({ experiment, trial, row, manifest, language }: {
  experiment: Experiment;
  trial: Trial;
  row: Parameters<typeof runConfig>[0]["row"];
  manifest: Manifest | null;
  language: Language;
}): NonNullable<RunView["config"]> {
  const text = runConfig({ experiment, trial, row, config: manifest?.config ?? null }, language);
  const file = `run-${runName({ trial: trial.index, seed: row.seed })}.yaml`;
  return { text, file, weights_sha256: row.weights_sha256 };
}

function labOf(
  weights: Uint8Array | null,
  { folder, name, language }: { folder: WatchedFolder; name: string; language: Language },
): RunView["lab"] {
  if (weights === null) return null;
  const problem = labProblem(weights);
  return problem === null
    ? { href: `/e/${folder.id}/run/${name}/lab?lang=${language}#/digit?lang=${language}` }
    : { why: runWords(language).noLab.unfit(problem[language]) };
}

/** The seed of the trial's run that was inspected; undefined where none was. */
function inspectedSeed({ experiment, rows }: FolderRuns, trial: number): number | undefined {
  const objective = objectiveOf(experiment);
  return inspectedRuns(rankTrials(rows, objective), objective).find((run) => run.trial === trial)?.seed;
}

/** Why there are no images of a run that was not inspected, and of which of its trial there are. */
function imagesElsewhere(seed: number, inspected: number | undefined, language: Language): string[] {
  if (inspected === seed) return [];
  const { missing: said } = runWords(language);
  const space = language === "ja" ? "" : " ";
  return [said.images + (inspected === undefined ? "" : space + said.imagesOf(inspected))];
}
