import { differing } from "./differing.ts";
import { COURSE_ACTIVATIONS, type CourseActivations } from "../../nn/activation.ts";
import type { Batch } from "../batch.ts";
import type { GradeDataset, TrainedNetwork } from "../engine.ts";
import { forward } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";
import { relativeError } from "../tensors.ts";

const RTOL = 1e-4;

/** The activations of two hidden layers that give these probabilities; those that were stated where they do, or none does. */
export function recogniseActivation(
  given: CourseActivations,
  probe: { batch: Batch; probabilities: GradeTensor | undefined },
): CourseActivations {
  // A list of one and the same is that one, of which there may be runs already.
  const stated = typeof given !== "string" && new Set(given).size === 1 ? given[0] : given;
  return activationGiving(probe, [stated]) ?? stated;
}

/**
 * The activations of two hidden layers that give these probabilities; null where none does, or there are none.
 *
 * @param first those that are tried before all others
 */
export function activationGiving(
  { batch, probabilities }: { batch: Batch; probabilities: GradeTensor | undefined },
  first: readonly CourseActivations[] = [],
): CourseActivations | null {
  if (probabilities === undefined) return null;
  return [...first, ...inLayers(2)].find((activation) =>
    relativeError(probabilities, forward(batch, activation).probabilities) <= RTOL
  ) ?? null;
}

/** The activations with which a trained network predicts this, but for a few images; null where none does, or several do. */
export function activationOfPredictions(
  { parameters }: Pick<TrainedNetwork, "parameters">,
  { predictions, dataset, few }: {
    predictions: readonly number[];
    dataset: Pick<GradeDataset, "evaluate">;
    few: number;
  },
): CourseActivations | null {
  const layers = Object.keys(parameters).length / 2 - 1;
  const fits = inLayers(layers).filter((activation) => {
    const own = dataset.evaluate({ parameters, activation }).predictions;
    return own.length === predictions.length && differing(own, predictions) <= few;
  });
  return fits.length === 1 ? fits[0] : null;
}

/** One for all hidden layers; of two layers also each with each. */
function inLayers(layers: number): CourseActivations[] {
  const pairs = COURSE_ACTIVATIONS.flatMap((first) =>
    COURSE_ACTIVATIONS.flatMap((second) => first === second ? [] : [[first, second]])
  );
  return [...COURSE_ACTIVATIONS, ...layers === 2 ? pairs : []];
}
