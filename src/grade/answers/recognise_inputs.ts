import { differing } from "./differing.ts";
import type { GradeDataset, ImagesAside, NetworkEvaluation, TrainedNetwork } from "../engine.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import { PIXELS } from "../mistakes/pixels.ts";
import { tensor } from "../tensors.ts";

/** Of the test images so many may be predicted otherwise: a student's means are of fewer images than ours. */
const CLOSE = 0.005;
/** What pixels are divided by. */
const SCALE = 255;

/** A network on other inputs than pixels from 0 to 1. */
export interface OtherInputs {
  readonly mistake: Mistake;
  /** The network that gives for pixels from 0 to 1 what the trained one gives for the other inputs. */
  readonly network: TrainedNetwork;
  readonly test: NetworkEvaluation;
}

/** Inputs x * scale + shift, pixel by pixel. */
interface Inputs {
  readonly mistake: Mistake;
  scale(pixel: number): number;
  shift(pixel: number): number;
}

/**
 * The inputs of which the network makes these predictions; null where none that is known is near them.
 *
 * @param aside the training images that were set aside; null where none were, or nobody knows which
 */
export function recogniseInputs(
  network: TrainedNetwork,
  predictions: readonly number[],
  { dataset, aside }: { dataset: GradeDataset; aside: ImagesAside | null },
): OtherInputs | null {
  const allowed = CLOSE * dataset.testLabels.length;
  for (const inputs of otherInputs(dataset, aside)) {
    const other = withInputs(network, inputs);
    const test = dataset.evaluate(other);
    if (differing(predictions, test.predictions) <= allowed) {
      return { mistake: inputs.mistake, network: other, test };
    }
  }
  return null;
}

function otherInputs(dataset: GradeDataset, aside: ImagesAside | null): Inputs[] {
  const { mean, deviation } = dataset.pixelStatistics(aside);
  const D = mean.length;
  const mean1 = mean.reduce((sum, m) => sum + m, 0) / D;
  const square = mean.reduce((sum, m, j) => sum + m * m + deviation[j] ** 2, 0) / D;
  const deviation1 = Math.sqrt(square - mean1 * mean1);
  // As scikit-learn does it, a pixel that is always the same is divided by 1.
  const divisor = deviation.map((s) => s === 0 ? 1 : s);
  const nothing = () => 0;
  return [
    { mistake: PIXELS.pixels_not_divided, scale: () => SCALE, shift: nothing },
    { mistake: PIXELS.pixels_divided_twice, scale: () => 1 / SCALE, shift: nothing },
    { mistake: PIXELS.pixels_from_minus_one, scale: () => 2, shift: () => -1 },
    { mistake: PIXELS.pixels_standardised, scale: () => 1 / deviation1, shift: () => -mean1 / deviation1 },
    {
      mistake: PIXELS.pixels_standardised,
      scale: (j) => 1 / divisor[j],
      shift: (j) => -mean[j] / divisor[j],
    },
  ];
}

/** (x * scale + shift) W + B is x (scale * W) + (shift W + B). */
function withInputs({ parameters, activation }: TrainedNetwork, { scale, shift }: Inputs): TrainedNetwork {
  const { W1, B1 } = parameters;
  const [D, N] = W1.shape;
  const B = tensor([N], (n) => {
    let sum = B1.data[n];
    for (let j = 0; j < D; j++) sum += shift(j) * W1.data[j * N + n];
    return sum;
  });
  const W = tensor([D, N], (i) => scale(Math.floor(i / N)) * W1.data[i]);
  return { parameters: { ...parameters, W1: W, B1: B }, activation };
}
