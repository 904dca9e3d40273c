import { z } from "zod";
import { MAX_LAYERS } from "../settings/model.ts";
import { refuse } from "./fault.ts";
import type { Manifest, Setting } from "./manifest.ts";
import type { GradeMessages } from "./messages/messages.ts";

const ACTIVATIONS = ["tanh", "sigmoid", "relu", "identity"] as const;

const boundsSchema = z.strictObject({
  min: z.number().optional().describe("The least that is allowed."),
  max: z.number().optional().describe("The most that is allowed."),
}).superRefine(({ min, max }, context) => {
  if (min === undefined || max === undefined || min <= max) return;
  refuse(context, ["max"], ["noRange", min, max]);
});
export type Bounds = z.infer<typeof boundsSchema>;

/** What a manifest must say for its training to count: with it `band` and `history` compare, without it they give nothing. */
export const requireSchema = z.strictObject({
  layers: z.int().min(0).max(MAX_LAYERS).optional().describe("How many hidden layers."),
  units: boundsSchema.optional().describe("Units of each hidden layer."),
  activation: z.array(z.enum(ACTIVATIONS)).min(1).optional().describe("Those that hidden layers may have."),
  sigma: boundsSchema.optional().describe("Standard deviation of the first weights."),
  learning_rate: boundsSchema.optional().describe("Step size."),
  batch_size: boundsSchema.optional().describe("Images per update."),
  epochs: boundsSchema.optional().describe("How often training went through the images."),
  reduction: z.enum(["mean", "sum"]).optional().describe(
    "What a batch's gradient must be. One that is the other is a mistake of the gradients, whatever the manifest says; `band` and " +
      "`history` compare with our run of the manifest's own.",
  ),
}).describe(
  "What a manifest must say. Where it says something else, `band` and `history` give nothing and say why: our own training with " +
    "such settings would tell nothing of theirs.",
);

type Requirements = z.infer<typeof requireSchema>;

/** What of the manifest is not as the rubric asks, each as a phrase; of the reduction the gradients are asked. */
export function unmetRequirements(
  manifest: Manifest,
  { layers, units, activation, reduction: _, ...numbers }: Requirements,
  t: GradeMessages["files"],
): string[] {
  const unmet: string[] = [];
  const { hidden } = manifest;
  if (layers !== undefined && hidden.length !== layers) unmet.push(t.layersMust(layers, hidden.length));
  const outside = units && hidden.find((n) => !within(n, units));
  if (units !== undefined && outside !== undefined) unmet.push(t.mustBeWithin("hidden", units, outside));
  const names = [manifest.activation].flat();
  const other = names.find((name) => activation !== undefined && !activation.includes(name));
  if (activation !== undefined && other !== undefined) {
    unmet.push(t.mustBeOneOf("activation", activation, other));
  }
  for (const [key, bounds] of Object.entries(numbers)) {
    const found = manifest[key as keyof typeof numbers];
    if (bounds !== undefined && !within(found, bounds)) unmet.push(t.mustBeWithin(key, bounds, found));
  }
  return unmet;
}

/** What is asked of the other settings than these. */
export function withoutSettings(asked: Requirements, unknown: readonly Setting[]): Requirements {
  const keys: readonly string[] = unknown;
  const known = Object.entries(asked).filter(([key]) =>
    !keys.includes(key === "layers" || key === "units" ? "hidden" : key)
  );
  return Object.fromEntries(known);
}

function within(x: number, { min = -Infinity, max = Infinity }: Bounds): boolean {
  return x >= min && x <= max;
}
