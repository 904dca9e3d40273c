import { join } from "node:path";
import { bestRun } from "../../src/analysis/ranking.ts";
import type { TrainedNetwork } from "../../src/lab/data.ts";
import { writeMistakes } from "../../src/lab/digit/digit_cases.ts";
import { NetworkFileError, readLayers } from "../../src/lab/digit/network_file.ts";
import { type Inspection, readInspection } from "../../src/numpy/inspection_npz.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { datasetFacts } from "../../src/data/catalogue.ts";
import type { Settings } from "../../src/settings/settings.ts";
import { runName, type RunRow } from "../../src/tables/results_csv.ts";
import type { Manifest } from "../results/manifest.ts";
import type { Texts } from "../../src/text/language.ts";
import { say } from "../messages/messages.ts";
import { readTrialResults } from "../results/read.ts";
import { UserError } from "../system/errors.ts";
import { cannotRead, readIfPresent } from "../system/files.ts";
import { because, contentReason } from "../system/reasons.ts";

/** A mistake takes some 200 bytes of the lab's file. */
const MAX_MISTAKES = 300;

/**
 * The best run of a results folder, or of its trial `DIR#3`, as a lab carries it. Throws a UserError where there is none, its weights are
 * not there, or they do not read digits of 28 x 28 pixels.
 * @param title what the folder is called where its path says nothing to a reader
 */
export async function readTrainedNetwork(place: string, title?: string): Promise<TrainedNetwork> {
  const { name, experiment, trial, ranked, manifest } = await readTrialResults(place);
  const folder = name.slice(0, name.lastIndexOf("#"));
  const run = bestRun(ranked, objectiveOf(experiment));
  if (run === undefined) throw noWeights(place, because((t) => t.noGoodRun));
  const { standardise = false } = trial.preprocess;
  if (standardise !== false) throw noWeights(place, because((t) => t.standardised(standardise)));
  if (namesClasses(experiment, manifest)) throw noWeights(place, because((t) => t.otherClasses));
  const runFolder = join(folder, "runs", runName(run));
  const path = join(runFolder, "weights.npz");
  const weights = await readIfPresent(path);
  if (weights === null) {
    const command = typeof manifest.command === "string" ? manifest.command : null;
    throw noWeights(place, because((t) => t.noWeightsFile(path, command)));
  }
  return toTrainedNetwork({
    source: `${title ?? folder}, ${runName(run)}`,
    folder: runFolder,
    weights,
    inspection: await readIfPresent(join(runFolder, "inspection.npz")),
    trial,
    run,
  });
}

function noWeights(place: string, reason: Texts): UserError {
  return new UserError(say((t) => t.errors.noWeights(place, reason[t.language])));
}

interface RunFiles {
  /** Where they come from, as people know it. */
  readonly source: string;
  /** The run's, as messages name it. */
  readonly folder: string;
  /** weights.npz. */
  readonly weights: Uint8Array;
  /** inspection.npz; null where there is none. */
  readonly inspection: Uint8Array | null;
  readonly trial: Settings;
  readonly run: Pick<RunRow, "test_accuracy">;
}

/** A run as a lab carries it. Throws a UserError where its weights do not read digits of 28 x 28 pixels. */
export function toTrainedNetwork(
  { source, folder, weights, inspection, trial, run }: RunFiles,
): TrainedNetwork {
  check(join(folder, "weights.npz"), () => readLayers(weights));
  return {
    source,
    weights: weights.toBase64(),
    activation: trial.model.activation,
    scale: trial.preprocess.scale,
    test_accuracy: run.test_accuracy,
    mistakes: inspection === null ? null : check(
      join(folder, "inspection.npz"),
      () => writeMistakes(mistakesOf(readInspection(inspection))).toBase64(),
    ),
  };
}

/** Whether classes are called otherwise than by their numbers. */
function namesClasses(
  { dataset }: Pick<Experiment, "dataset">,
  { images }: Pick<Manifest, "images">,
): boolean {
  return datasetFacts(dataset).named?.classNames !== undefined || Object(images).class_names !== undefined;
}

/** Those that are misread, the surest first. */
function mistakesOf({ judged: { indices, labels, predictions, images } }: Inspection) {
  const size = images.rows * images.columns;
  return Array.from(indices, (index, i) => ({
    index,
    label: labels[i],
    pixels: images.pixels.slice(i * size, (i + 1) * size),
  })).filter((_, i) => labels[i] !== predictions[i]).slice(0, MAX_MISTAKES);
}

function check<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = error instanceof NetworkFileError ? error.texts : contentReason(error);
    throw cannotRead(path, reason, { cause: error });
  }
}
