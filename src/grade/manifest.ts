import { z } from "zod";
import { MAX_LAYERS } from "../settings/model.ts";
import { refuse } from "./fault.ts";

/** How a submission is graded: by running src/mod.ts, or by recomputing from files. */
export const TRACKS = ["ts", "artifact"] as const;
export type Track = (typeof TRACKS)[number];

const seed = z.int().min(0).max(2 ** 32 - 1).default(0);

/** Settings of a training. */
export const SETTINGS = [
  "hidden",
  "activation",
  "sigma",
  "learning_rate",
  "batch_size",
  "epochs",
  "reduction",
] as const;
export type Setting = (typeof SETTINGS)[number];

/** The course's own, which are meant where manifest.yaml says nothing. */
export const COURSE_SETTINGS = {
  hidden: [400, 200],
  activation: "tanh",
  sigma: 0.01,
  learning_rate: 0.01,
  batch_size: 20,
  epochs: 10,
  reduction: "mean",
} as const;

const activationName = z.enum(["tanh", "sigmoid", "relu", "identity"]);

/** manifest.yaml: who handed in, and with which hyperparameters it was trained. Claims all of them. */
export const manifestSchema = z.strictObject({
  schema: z.literal(1).describe("The version of this file's form: 1."),
  student: z.string().trim().normalize("NFC").regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}\p{Zs}._@+-]{0,63}$/u)
    .meta({
      patternErrorMessage: "a student's id: up to 64 letters, digits, spaces, `.`, `_`, `@`, `+` and `-`",
      ja: "学生の ID（64 文字までの文字、数字、空白、`.`、`_`、`@`、`+`、`-`）",
    })
    .describe("Your id in the course. It names the files of your feedback."),
  track: z.enum(TRACKS).describe(
    "ts: src/mod.ts is run. artifact: nothing is run; files of a Python program are checked.",
  ),
  submitted: z.iso.datetime({ offset: true }).optional()
    .meta({
      patternErrorMessage: "a time such as 2026-04-30T18:00:00+02:00",
      ja: "2026-04-30T18:00:00+09:00 のような日時",
    })
    .describe("When it was handed in. The instructor's own record, where there is one, counts instead."),
  hidden: z.array(z.int().min(1).max(2000)).max(MAX_LAYERS).optional().describe(
    `Units of each hidden layer. Default [${COURSE_SETTINGS.hidden.join(", ")}].`,
  ),
  activation: z.union([activationName, z.array(activationName).min(1).max(MAX_LAYERS)]).optional()
    .describe(
      `Activation of the hidden layers; a list has one for each. Default ${COURSE_SETTINGS.activation}.`,
    ),
  sigma: z.number().positive().optional().describe(
    `Standard deviation of the first weights and biases. Default ${COURSE_SETTINGS.sigma}.`,
  ),
  learning_rate: z.number().positive().optional().describe(
    `Step size. Default ${COURSE_SETTINGS.learning_rate}.`,
  ),
  batch_size: z.int().min(1).max(1024).optional().describe(
    `Images per update. Default ${COURSE_SETTINGS.batch_size}.`,
  ),
  epochs: z.int().min(1).max(10_000).optional().describe(
    `How often training went through all training images. Default ${COURSE_SETTINGS.epochs}.`,
  ),
  reduction: z.enum(["mean", "sum"]).optional().describe(
    `Whether a batch's gradient is the mean of its rows' or their sum. Default ${COURSE_SETTINGS.reduction}.`,
  ),
  dtype: z.enum(["float32", "float64"]).default("float64").describe(
    "The type of number that it was trained in.",
  ),
  seeds: z.union([
    z.literal("unknown"),
    z.strictObject({
      split: seed.describe("random_state of train_test_split."),
      init: seed.describe("Seed of the first weights."),
      shuffle: seed.describe("Seed of the order of the training images."),
    }),
  ]).prefault({}).describe(
    "Seeds of np.random.RandomState; unknown where nothing was seeded, or nobody knows with what: then what depends on them is compared with " +
      "runs of ours that drew other random numbers.",
  ),
  split: z.union([z.number().min(0).lt(1), z.literal("unknown")]).default(0.2).describe(
    "Part of the training images set aside for validation; unknown where nobody knows which they were, because train_test_split had " +
      "no random_state. validation.csv may list them instead.",
  ),
}).superRefine(({ activation, hidden = COURSE_SETTINGS.hidden }, context) => {
  if (!Array.isArray(activation) || activation.length === hidden.length) return;
  refuse(context, ["activation"], ["activations", hidden.length, activation.length]);
}).transform(({ seeds, ...manifest }) => ({
  ...manifest,
  hidden: manifest.hidden ?? [...COURSE_SETTINGS.hidden],
  activation: plainest(manifest.activation ?? COURSE_SETTINGS.activation),
  sigma: manifest.sigma ?? COURSE_SETTINGS.sigma,
  learning_rate: manifest.learning_rate ?? COURSE_SETTINGS.learning_rate,
  batch_size: manifest.batch_size ?? COURSE_SETTINGS.batch_size,
  epochs: manifest.epochs ?? COURSE_SETTINGS.epochs,
  reduction: manifest.reduction ?? COURSE_SETTINGS.reduction,
  unstated: SETTINGS.filter((name) => manifest[name] === undefined) as readonly Setting[],
  seeds: seeds === "unknown" ? { split: 0, init: 0, shuffle: 0 } : seeds,
  seedsKnown: seeds !== "unknown",
}))
  .describe("What a student hands in, and how it was made.");

/** A list of equal activations is that activation. */
function plainest<T>(activation: T | T[]): T | T[] {
  if (!Array.isArray(activation) || !activation.every((name) => name === activation[0])) return activation;
  return activation[0];
}

export type Manifest = z.infer<typeof manifestSchema>;
