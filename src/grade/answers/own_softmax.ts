import type { NetworkEvaluation } from "../engine.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import type { Method } from "../reference/method.ts";
import { argmax } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { differing } from "./differing.ts";
import type { ForwardMistakes } from "./forward_mistakes.ts";

/** How little less probable a class may be that rounding makes the most probable one. */
const TIE = 1e-12;

/** A student's softmax that is another: what it makes of a row depends on the rows that are run with it. */
export interface OwnSoftmax {
  readonly mistakes: readonly Mistake[];
  /** From the logits of all rows: as if they were run together, or a batch at a time. Nobody knows which. */
  readonly ways: readonly Method["softmax"][];
}

/** The softmax of forward propagation that has mistakes; null where it is none of them. */
export function ownSoftmax({ mistakes }: ForwardMistakes, batchSize: number): OwnSoftmax | null {
  const own = mistakes.filter(({ variants }) => variants.some(({ softmax }) => softmax !== undefined));
  if (own.length === 0) return null;
  // Those that are alike for logits of usual size are not for large ones.
  const ways = own.flatMap(({ variants }) => variants.flatMap(({ softmax }) => softmax ?? []));
  return { mistakes: own, ways: ways.flatMap((softmax) => [softmax, inBatches(softmax, batchSize)]) };
}

/** The network as a student predicts with it, where one way gives the predictions that were handed in but for a few; null where none does. */
export function predictedWith(
  { ways }: OwnSoftmax,
  { logits, labels, predictions, few, right }: {
    /** Of the test images, (n, C). */
    logits: GradeTensor;
    labels: Uint8Array;
    predictions: readonly number[];
    few: number;
    /** With the softmax as it should be. */
    right: NetworkEvaluation;
  },
): NetworkEvaluation | null {
  for (const softmax of ways) {
    const probabilities = softmax(logits);
    const C = probabilities.shape[1];
    // Of classes that are as probable, as of logits that an activation has saturated, rounding chooses.
    const own = Uint8Array.from(argmax(probabilities), (best, i) => {
      const given = probabilities.data[i * C + predictions[i]];
      return given >= (1 - TIE) * probabilities.data[i * C + best] ? predictions[i] : best;
    });
    if (differing(predictions, own) > few) continue;
    const count = labels.length;
    return { ...right, predictions: own, accuracy: (count - differing(labels, own)) / count };
  }
  return null;
}

function inBatches(softmax: Method["softmax"], size: number): Method["softmax"] {
  return ({ shape: [rows, C], data }) => {
    const probabilities = tensor([rows, C], () => 0);
    for (let first = 0; first < rows; first += size) {
      const batch = data.subarray(first * C, Math.min(rows, first + size) * C);
      probabilities.data.set(softmax({ shape: [batch.length / C, C], data: batch }).data, first * C);
    }
    return probabilities;
  };
}
