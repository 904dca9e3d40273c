import type { CalibrationBin } from "../../../src/metrics/calibration.ts";
import { confusionMatrix } from "../../../src/metrics/classification.ts";
import type { RowKind } from "../../../src/data/catalogue.ts";
import { MAX_CLASSES } from "../../../src/data/files/labelled_rows.ts";
import type { ImageSize } from "../../../src/data/image_size.ts";
import { type CloseLook, readCloseLook } from "../../../src/numpy/close_look.ts";
import type { Inspection } from "../../../src/numpy/inspection_npz.ts";
import { strongestFilters } from "../../../src/numpy/strongest_filters.ts";
import { readWeights } from "../../../src/numpy/weights_npz.ts";
import { parseCalibration } from "../../../src/tables/calibration_csv.ts";
import { type Diagnostics, sampleDiagnostics } from "../../../src/tables/diagnostics_csv.ts";
import { parsePredictions, type Predictions } from "../../../src/tables/predictions_csv.ts";
import type { Language } from "../../../src/text/language.ts";
import { runWords } from "../../../src/view/run/words.ts";
import { readInside } from "../inside.ts";
import { problemOf } from "../problem.ts";

/** Of a run's files, in bytes: a thousand times what the course's have. What has more is not read. */
export const MOST_WEIGHTS = 1 << 26;
const MOST = {
  "predictions.csv": 1 << 24,
  "diagnostics.csv": 1 << 26,
  "calibration.csv": 1 << 20,
  "inspection.npz": MOST_WEIGHTS,
  "weights.npz": MOST_WEIGHTS,
};

/** What a run's files hold, as far as they are there and can be read. */
export interface RunFiles {
  readonly predictions: (Predictions & { readonly classes: number }) | null;
  readonly matrix: Uint32Array | null;
  readonly diagnostics: Diagnostics | null;
  /** Null also where it was not measured. */
  readonly calibration: readonly CalibrationBin[] | null;
  /** Of images without any, where only the weights are there. */
  readonly look: CloseLook;
  /** weights.npz, where it holds weights. */
  readonly weights: Uint8Array | null;
  /** Of what is not there, why, a sentence each. */
  readonly missing: readonly string[];
}

/**
 * The files of a run that has ended. One that is damaged, huge or a link is left out, and said to be.
 * @param place `runs/3-0`
 * @param options.size of the data set's images; null where that is not known, or its rows are none
 * @param options.wanted whether it ended so that there are predictions and weights
 */
export async function readRunFiles(
  folder: string,
  place: string,
  { kind, size, wanted, isInspected, isCalibrated, language }: {
    kind: RowKind;
    size: ImageSize | null;
    wanted: boolean;
    isInspected: boolean;
    isCalibrated: boolean;
    language: Language;
  },
): Promise<RunFiles> {
  const { missing: said } = runWords(language);
  const missing: string[] = [];
  const read = async <Content>(
    name: keyof typeof MOST,
    parse: (bytes: Uint8Array) => Content,
    { needed }: { needed: boolean },
  ): Promise<Content | null> => {
    try {
      const bytes = await readInside(folder, `${place}/${name}`, { most: MOST[name] });
      if (bytes !== null) return parse(bytes);
      if (needed) missing.push(said.file(`${place}/${name}`));
    } catch (error) {
      missing.push(said.problem(problemOf(error)[language]));
    }
    return null;
  };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const predictions = await read("predictions.csv", (bytes) => parsePredictions(text(bytes)), {
    needed: wanted,
  });
  const diagnostics = await read("diagnostics.csv", (bytes) => sampleDiagnostics(text(bytes)), {
    needed: wanted,
  });
  const calibration = isCalibrated
    ? await read("calibration.csv", (bytes) => parseCalibration(text(bytes)), { needed: wanted })
    : null;
  let look = await read("inspection.npz", readCloseLook, { needed: wanted && isInspected }) ?? {};
  const weights = await read("weights.npz", (bytes) => ({ bytes, tensors: readWeights(bytes) }), {
    needed: wanted,
  });
  const classes = predictions === null ? 0 : classesOf(predictions);
  const shown = classes <= MAX_CLASSES;
  if (!shown) missing.push(said.classes(classes, MAX_CLASSES));
  if (look.images === undefined && weights !== null && kind === "images") {
    const images = pictured(weights.tensors, size);
    if (typeof images === "string") missing.push(said[images](`${place}/weights.npz`));
    else look = { images };
  }
  return {
    predictions: predictions !== null && shown ? { ...predictions, classes } : null,
    matrix: predictions !== null && shown
      ? confusionMatrix(predictions.labels, predictions.predictions, classes)
      : null,
    diagnostics,
    calibration,
    look,
    weights: weights?.bytes ?? null,
    missing,
  };
}

function classesOf({ labels, predictions }: Predictions): number {
  return [labels, predictions].reduce(
    (most, values) => values.reduce((a, b) => Math.max(a, b + 1), most),
    0,
  );
}

/** The first layer of some weights as an inspection without images; why not, where it cannot be drawn. */
function pictured(
  tensors: ReturnType<typeof readWeights>,
  size: ImageSize | null,
): Inspection | "shape" | "notFinite" {
  const [first] = tensors;
  const [inputs = 0, units = 0] = first?.shape ?? [];
  const images = size ?? squareOf(inputs);
  const fits = images !== null && first.shape.length === 2 && inputs === images.rows * images.columns &&
    units > 0;
  if (!fits) return "shape";
  if (!first.data.every(Number.isFinite)) return "notFinite";
  return {
    judged: {
      indices: new Uint32Array(),
      labels: new Uint8Array(),
      predictions: new Uint8Array(),
      probabilities: new Float32Array(),
      images: { count: 0, ...images, pixels: new Uint8Array() },
    },
    filters: strongestFilters(tensors),
  };
}

/** Images of unknown size are taken for square ones. */
function squareOf(inputs: number): ImageSize | null {
  const side = Math.round(Math.sqrt(inputs));
  return side > 1 && side * side === inputs ? { rows: side, columns: side } : null;
}
