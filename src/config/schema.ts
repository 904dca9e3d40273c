import { z } from "zod";
import { datasetSchema } from "./schemas/dataset_schema.ts";
import { referenceSchema } from "./schemas/reference_schema.ts";
import { reportSchema } from "./schemas/report_schema.ts";
import { brokenRule, rules } from "./rules.ts";
import { settingsShape } from "../settings/settings.ts";
import { sweepFlaws } from "./sweep_flaws.ts";
import { sweepSchema } from "./methods/methods.ts";

const nameSchema = z.string().max(100).regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/)
  .meta({
    patternErrorMessage:
      "text of letters a-z, digits, `.`, `_` and `-` that begins with a letter or digit and does not end with `.`",
  })
  .describe("The experiment's name, and that of its results folder: letters, digits, `.`, `_` and `-`.");

const MAX_SEED = 2 ** 30 - 1;

const seedList = z.array(z.int().min(0).max(MAX_SEED)).min(1).meta({ uniqueItems: true }).superRefine(
  (seeds, context) => {
    const seen = new Set<number>();
    for (const [index, seed] of seeds.entries()) {
      if (!seen.has(seed)) {
        seen.add(seed);
        continue;
      }
      context.addIssue({
        code: "custom",
        path: [index],
        message: `must differ from the other seeds, found ${seed} again; remove it`,
      });
    }
  },
);

const seedCount = z.strictObject({
  count: z.int().min(1).max(10_000).describe("How many seeds: 0, 1, 2 and so on."),
}).transform(({ count }) => Array.from({ length: count }, (_, seed) => seed));

const seedsSchema = z.union([seedList, seedCount]);

const pin = z.int().min(0).max(2 ** 32 - 1).optional();

const experimentShape = {
  name: nameSchema,
  dataset: datasetSchema,
  ...settingsShape,
  seeds: seedsSchema.default([0]).describe(
    "Each trial runs once with each of these seeds: whole numbers from 0 to 2^30 - 1, or {count: 5} for 0 to 4.",
  ),
  rng: z.strictObject({
    split: pin.describe("Seed of np.random.RandomState that sets the validation images aside."),
    init: pin.describe("Seed of np.random.RandomState that draws the initial weights."),
    shuffle: pin.describe("Seed of np.random.RandomState that shuffles the training images."),
  }).prefault({}).describe(
    "Fixes the random generators, whatever a run's seed. One that is left out follows from the seed. The course uses 0 for all.",
  ),
  sweep: sweepSchema.optional(),
  reference: referenceSchema.optional(),
  report: reportSchema.prefault({}).describe("By which number trials are ranked."),
};

const ruledSchema = rules.reduce(
  (schema, rule) =>
    schema.superRefine((experiment, context) => {
      const issue = brokenRule(rule, experiment);
      if (issue !== undefined) context.addIssue({ code: "custom", ...issue });
    }, {
      // Asked as soon as what it reads is right, so that one wrong value elsewhere does not hide it.
      when: ({ issues }) =>
        !issues.some(({ code, path = [] }) =>
          code !== "unrecognized_keys" && ["sweep", ...rule.reads].some((read) => touches(path, read))
        ),
    }),
  z.strictObject(experimentShape),
);

/** One experiment, as a config file declares it: strict, and with every default filled in. */
export const experimentSchema = ruledSchema.superRefine((experiment, context) => {
  for (const { path, message } of sweepFlaws(experiment)) {
    context.addIssue({ code: "custom", path: ["sweep", ...path], message });
  }
}, { when: ({ issues }) => issues.length === 0 });

const sections: readonly PropertyKey[] = [...Object.keys(settingsShape), "report"];

/** Whether one of the two paths lies on the other, or a whole section is not even a mapping. */
function touches(path: readonly PropertyKey[], read: string): boolean {
  if (path.length === 1 && sections.includes(path[0])) return true;
  return read.split(".").every((key, depth) => depth >= path.length || path[depth] === key);
}

/** A whole experiment, with every default filled in: the program's only config type. */
export type Experiment = z.infer<typeof experimentSchema>;
