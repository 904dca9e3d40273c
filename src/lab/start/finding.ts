import type { CourseActivation } from "../../nn/activation.ts";
import type { LayerStart } from "./flow.ts";

/** What is to be said of a start, the gravest first. */
export interface Finding {
  readonly kind:
    | "exploding"
    | "saturated"
    /** Though much is flat, the deltas grow on their way. */
    | "saturated_growing"
    | "fading"
    | "same"
    | "deltas_fading"
    | "deltas_growing"
    | "steady";
  /** The layer that it is told of, from 1. */
  readonly layer: number;
  /** How many times as large, or which share. */
  readonly amount: number;
}

/** From here on something is said. */
const MUCH = 30;

export function findingsOf(activation: CourseActivation, layers: readonly LayerStart[]): Finding[] {
  const depth = layers.length;
  const [first, last] = [layers[0], layers[depth - 1]];
  const findings: Finding[] = [];
  const sds = layers.map(({ activations }) => activations.sd);
  const ratio = first.deltas.sd / last.deltas.sd;
  const isSigmoid = activation === "sigmoid";
  if (last.activations.sd > MUCH) {
    findings.push({ kind: "exploding", layer: depth, amount: last.activations.sd });
  }
  const flattest = layers.reduce((most, { flat }, i) => flat > layers[most].flat ? i : most, 0);
  if ((activation === "tanh" || isSigmoid) && layers[flattest].flat > 0.3) {
    const kind = ratio > 1 ? "saturated_growing" : "saturated";
    findings.push({ kind, layer: flattest + 1, amount: layers[flattest].flat });
  }
  const faded = sds.findIndex((sd) => sd < (isSigmoid ? 0.02 : 1 / MUCH));
  if (faded >= 0) {
    findings.push({ kind: isSigmoid ? "same" : "fading", layer: faded + 1, amount: sds[faded] });
  }
  if (depth > 1 && ratio < 1 / MUCH) findings.push({ kind: "deltas_fading", layer: 1, amount: ratio });
  if (depth > 1 && ratio > MUCH) findings.push({ kind: "deltas_growing", layer: 1, amount: ratio });
  return findings.length > 0 ? findings : [{ kind: "steady", layer: depth, amount: sds[depth - 1] }];
}
