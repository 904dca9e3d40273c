import { type Method, RIGHT } from "../reference/method.ts";
import type { Mistake } from "./mistake.ts";

/** W1 to W3: of programs and probes. */
const LAYERS = [1, 2, 3];

/** A mistake in one of its ways, made in one layer alone. */
export interface InOneLayer {
  readonly mistake: Mistake;
  readonly variant: Partial<Method>;
}

/** The mistake in each layer alone, where it is one of forward propagation or backpropagation that can be. */
export function inOneLayer(mistake: Mistake): InOneLayer[] {
  if (mistake.place !== "forward" && mistake.place !== "backward") return [];
  const { inLayer, variants } = mistake;
  const made = (layer: number, variant: Partial<Method>) => ({
    mistake: { ...mistake, layer, variants: [variant] },
    variant,
  });
  if (inLayer !== undefined) return LAYERS.map((layer) => made(layer, inLayer(layer)));
  return variants.flatMap((variant) =>
    LAYERS.flatMap((layer) => {
      const limited = limitedTo(layer, variant);
      return Object.keys(variant).every((part) => part in limited) ? [made(layer, limited)] : [];
    })
  );
}

/** Those parts of a variant that are of single layers, in one of them; the others are right. */
function limitedTo(
  only: number,
  { slope, weightGradient, biasGradient, scale }: Partial<Method>,
): Partial<Method> {
  return {
    ...slope &&
      { slope: (activation, a, layer) => (layer === only ? slope : RIGHT.slope)(activation, a, layer) },
    ...weightGradient && {
      weightGradient: (A, delta, layer) =>
        (layer === only ? weightGradient : RIGHT.weightGradient)(A, delta, layer),
    },
    ...biasGradient &&
      { biasGradient: (delta, layer) => (layer === only ? biasGradient : RIGHT.biasGradient)(delta, layer) },
    ...scale && {
      scale: (reduction, B, layer) => (layer.index === only ? scale : RIGHT.scale)(reduction, B, layer),
    },
  };
}
