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
import { readTrialResults } from "../results/read.ts";
import { UserError } from "../system/errors.ts";
import { readIfPresent } from "../system/files.ts";

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
  if (run === undefined) {
    throw new UserError({
      en: `Cannot take weights from ${place}: a run must have ended ok, found none`,
      ja: `${place} から重みを取り出せません: 正常に終わった訓練が 1 つもありません`,
    });
  }
  const { standardise = false } = trial.preprocess;
  if (standardise !== false) {
    throw new UserError({
      en:
        `Cannot take weights from ${place}: preprocess.standardise must be left out for a network that the lab shows, ` +
        `found ${standardise}`,
      ja:
        `${place} から重みを取り出せません: ラボで使うネットワークは preprocess.standardise を省略して訓練してください（現在の値：${standardise}）`,
    });
  }
  if (namesClasses(experiment, manifest)) {
    throw new UserError({
      en: `Cannot take weights from ${place}: its classes must be the digits 0 to 9, found others`,
      ja: `${place} から重みを取り出せません: クラスが 0〜9 の数字ではありません`,
    });
  }
  const runFolder = join(folder, "runs", runName(run));
  const path = join(runFolder, "weights.npz");
  const weights = await readIfPresent(path);
  if (weights === null) {
    const again = typeof manifest.command === "string" ? `: ${manifest.command}` : "";
    throw new UserError({
      en: `Cannot take weights from ${place}: there is no ${path}; sweep again what it is made of${again}`,
      ja:
        `${place} から重みを取り出せません: ${path} がありません。もとのスイープを実行し直してください${again}`,
    });
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
    const texts: Texts = error instanceof NetworkFileError
      ? error.texts
      : { en: error.message, ja: error.message };
    throw new UserError(
      { en: `Cannot read ${path}: ${texts.en}`, ja: `${path} を読み取れません: ${texts.ja}` },
      { cause: error },
    );
  }
}
