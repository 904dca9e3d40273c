import { z } from "zod";
import { initSchema } from "./model.ts";

/** The keys of `preprocess`. */
export const preprocessShape = {
  scale: z.number().positive().default(255).describe(
    "What each pixel (0 to 255) is divided by. 255 brings them to 0..1.",
  ),
  validation: z.number().min(0).lt(1).default(0.2).describe(
    "Part of the training images set aside to measure on while training, from 0 to below 1. It is rounded up to whole images, " +
      "as scikit-learn's train_test_split does. 0 sets none aside, and then there are no val_loss and val_accuracy.",
  ),
  limit: z.int().min(1).max(1_000_000_000).optional().describe(
    "Use only the first so many training images, before the validation part is set aside. Left out: all of them.",
  ),
};

/** The keys of `model`. */
export const modelShape = {
  hidden: z.array(z.int().min(1).max(2000)).max(8).default([400, 200]).describe(
    "Units of each hidden layer, from the input's side: up to 8 layers of 1 to 2000 units. [] has no hidden layer: logistic regression.",
  ),
  activation: z.enum(["tanh", "sigmoid", "relu", "identity"]).default("tanh").describe(
    "Activation of the hidden layers. The output is always softmax.",
  ),
  init: initSchema.prefault({}).describe("How weights and biases start."),
};

/** The keys of `train`. */
export const trainShape = {
  epochs: z.int().min(1).max(10_000).default(10).describe(
    "How many times training goes through all training images.",
  ),
  batch_size: z.union([z.int().min(1).max(1024), z.literal("full")]).default(20).describe(
    "Images per update of the weights: 1 to 1024 (1 is online learning), or `full` for all training images at once.",
  ),
  learning_rate: z.number().positive().default(0.01).describe("Step size of each update, above 0."),
  optimizer: z.enum(["sgd", "momentum", "adagrad"]).default("sgd").describe(
    "Rule of the update: plain stochastic gradient descent, with momentum 0.9, or AdaGrad.",
  ),
  reduction: z.enum(["mean", "sum"]).default("mean").describe(
    "Whether the gradient is averaged or summed over the batch. With sum, a larger batch makes larger steps.",
  ),
  shuffle: z.enum(["once", "each_epoch", "none"]).default("once").describe(
    "Order of the training images: shuffled once and the same in every epoch (the course's GetMiniBatch), shuffled anew " +
      "in each epoch, or as they come.",
  ),
};

/** The sections that a trial resolves. */
export const settingsShape = {
  preprocess: z.strictObject(preprocessShape).prefault({}).describe(
    "From image files to the network's inputs.",
  ),
  model: z.strictObject(modelShape).prefault({}).describe("The network, and how it starts."),
  train: z.strictObject(trainShape).prefault({}).describe("How the network learns."),
};

const settingsSchema = z.strictObject(settingsShape);

/** Everything that one trial needs to know, with every default filled in. */
export type Settings = z.infer<typeof settingsSchema>;
