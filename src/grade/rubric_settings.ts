import { z } from "zod";
import { requireSchema } from "./requirements.ts";

const trainingSchema = z.strictObject({
  limit: z.int().min(10).max(60_000).default(1000).describe(
    "How many images of strokes are trained on, validation included.",
  ),
  hidden: z.tuple([z.int().min(1).max(500), z.int().min(1).max(500)]).default([20, 12]).describe(
    "Units of the two hidden layers.",
  ),
  activation: z.enum(["tanh", "sigmoid"]).default("tanh").describe("Of the hidden layers."),
  sigma: z.number().positive().default(0.2).describe("Standard deviation of the first weights."),
  learning_rate: z.number().positive().default(0.2).describe("Step size."),
  batch_size: z.int().min(1).max(1024).default(10).describe("Images per update."),
  epochs: z.int().min(1).max(100).default(8).describe("How often training goes through the images."),
});

/** What a rubric sets of the work that checks are made on, whichever checks those are. */
export const settings = {
  dataset: z.enum(["mnist", "strokes"]).default("mnist").describe(
    "What artifact submissions were trained and tested on.",
  ),
  programs: z.strictObject({
    seed: z.int().min(1).max(40_000_000).default(1).describe(
      "Of the batches that functions are called with. Change it each term: they are not published.",
    ),
    initialize: z.strictObject({
      sizes: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1), z.int().min(1)]).default([
        784,
        60,
        30,
        10,
      ])
        .describe("Features, units of the two hidden layers, classes."),
      sigma: z.number().positive().default(0.02).describe("Standard deviation asked for."),
    }).prefault({}).describe("What initialize is called with."),
    training: trainingSchema.prefault({}).describe("What the class is trained with, on strokes."),
    limits: z.strictObject({
      call_seconds: z.number().positive().max(3600).default(20).describe(
        "Wall clock of one call; training the class is one.",
      ),
      total_seconds: z.number().positive().max(36_000).default(120).describe(
        "Wall clock of all calls together.",
      ),
      memory_mib: z.int().min(64).max(65_536).default(512).describe("Memory of the program's process."),
      output_kib: z.int().min(1).max(65_536).default(256).describe(
        "What it may write to its standard output and error a call, what it prints with `console` aside.",
      ),
    }).prefault({}).describe("What a program may use. Beyond it a check gives no points."),
  }).prefault({}).describe("Track ts."),
  reference: z.strictObject({
    seeds: z.array(z.int().min(0).max(2 ** 30 - 1)).min(2).max(50).default([0, 1, 2, 3, 4]).describe(
      "Seeds of our own runs, over which a band's mean and standard deviation are taken.",
    ),
    max_cost: z.number().positive().default(5).describe(
      "The most that one of our runs may cost for a manifest's sake, as a multiple of the course's own training (784-400-200-10, 10 epochs). " +
        "Of a longer training the first epochs are made, as many as that allows, and compared.",
    ),
  }).prefault({}).describe("Our own runs with the same hyperparameters."),
  require: requireSchema.prefault({}),
  learned: z.number().gt(0).max(1).optional().describe(
    "The least accuracy on the test images that counts as having learned. Below it `band` and `history` give nothing, and `cap` " +
      "applies. Left out: whatever accuracy there is.",
  ),
};

export type RubricSettings = z.infer<z.ZodObject<typeof settings>>;
