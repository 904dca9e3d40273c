import { sameShape, showShape, type Tensors } from "../tensors.ts";
import type { GradeDataset, TrainedNetwork } from "../engine.ts";
import type { TrainedAnswer } from "./answers.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { misread, type Reading } from "./read_tables.ts";

/** More would be no network of this course, and take long to run. */
const MAX_UNITS = 4096;

/**
 * The network of trained parameters, if W1, B1, W2, ... are all there, finite, and fit together and to the data set. `diverged` where all but
 * their values is as it must be so far.
 */
export function trainedNetwork(
  { parameters, activation }: TrainedAnswer,
  { features, classes }: Pick<GradeDataset, "features" | "classes">,
  t: GradeMessages["files"],
): Reading<TrainedNetwork> & { readonly diverged?: boolean } {
  const ordered: Record<string, Tensors[string]> = {};
  let units = features;
  const depth = Object.keys(parameters).filter((name) => /^W[1-9]\d*$/.test(name)).length;
  if (depth === 0) return misread(t.noWeights(Object.keys(parameters)));
  for (let l = 1; l <= depth; l++) {
    const [W, B] = [parameters[`W${l}`], parameters[`B${l}`]];
    if (W === undefined || B === undefined) {
      return misread(t.weightMissing(W === undefined ? `W${l}` : `B${l}`));
    }
    const N = l === depth ? classes : W.shape[1] ?? 0;
    if (W.shape.length !== 2 || W.shape[0] !== units || W.shape[1] !== N || N < 1 || N > MAX_UNITS) {
      const expected = l === depth ? `(${units}, ${classes})` : `(${units}, ${t.units})`;
      return misread(t.trainedShape(`W${l}`, expected, showShape(W.shape)));
    }
    if (!sameShape(B.shape, [N])) {
      return misread(t.trainedShape(`B${l}`, `(${N},)`, showShape(B.shape)));
    }
    for (const [name, tensor] of [[`W${l}`, W], [`B${l}`, B]] as const) {
      const bad = tensor.data.find((x) => !Number.isFinite(Math.fround(x)));
      if (bad !== undefined) return { ...misread(t.trainedFinite(name, bad)), diverged: true };
    }
    ordered[`W${l}`] = W;
    ordered[`B${l}`] = { shape: [N], data: B.data };
    units = N;
  }
  return { ok: true, value: { parameters: ordered, activation } };
}
