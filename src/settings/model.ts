import { z } from "zod";

const DEFAULT_SIGMA = 0.01;

/** The keys of `model.init`, as written. */
export const initShape = {
  method: z.enum(["gaussian", "xavier", "he"]).default("gaussian").describe(
    "How the weights start: normal numbers of mean 0 and a standard deviation of `sigma` (gaussian), 1/sqrt(n) (xavier, " +
      "for tanh and sigmoid) or sqrt(2/n) (he, for relu), where n is the number of units of the layer before.",
  ),
  sigma: z.number().positive().optional().describe(
    `Standard deviation of the initial weights, above 0. Only with method gaussian, where it is ${DEFAULT_SIGMA} by default.`,
  ),
  bias: z.enum(["zero", "gaussian"]).default("gaussian").describe(
    "How the biases start: at zero, or as normal numbers with the same standard deviation as the layer's weights " +
      "(sigma, or what xavier or he give for that layer).",
  ),
};

const writtenInit = z.strictObject(initShape);

/** `model.init` before its sigma is settled. */
export type WrittenInit = z.infer<typeof writtenInit>;

/** `model.init` resolved: there is a `sigma` exactly when the method is gaussian. */
export type Init =
  | { method: "gaussian"; sigma: number; bias: WrittenInit["bias"] }
  | { method: "xavier" | "he"; bias: WrittenInit["bias"] };

/** Fills in the default `sigma` of gaussian and leaves it out of the methods that have none. */
export function resolveInit({ method, sigma = DEFAULT_SIGMA, bias }: WrittenInit): Init {
  return method === "gaussian" ? { method, sigma, bias } : { method, bias };
}

/** `model.init`. */
export const initSchema = writtenInit
  .superRefine(({ method, sigma }, context) => {
    if (method === "gaussian" || sigma === undefined) return;
    const rule = method === "xavier" ? "1/sqrt(n)" : "sqrt(2/n)";
    context.addIssue({
      code: "custom",
      path: ["sigma"],
      message:
        `has no meaning with method ${method}, which takes ${rule} as the standard deviation (n: units of the layer ` +
        `before), found ${sigma}; remove sigma or use method gaussian`,
    });
  })
  .transform(resolveInit);
