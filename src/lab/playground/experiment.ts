import type { Dataset } from "../../data/dataset.ts";
import { type Points, pointsDataset } from "../../data/points/points.ts";
import { parseDataset } from "../../data/dataset.ts";
import { generateStrokes } from "../../data/strokes.ts";
import { countRows } from "../../data/split.ts";
import {
  activationOf,
  type CourseActivation,
  type CourseActivations,
  inOneWord,
} from "../../nn/activation.ts";
import type { TrainingOptions } from "../../nn/open_training.ts";
import { showValue } from "../../text/show_value.ts";
import type { Setting } from "./state.ts";

/** What the engine is given for a setting: what a sweep gives it for the setting's config. */
export function trainingOptions(setting: Setting): TrainingOptions {
  const { init: method, sigma, bias, rate, batch, optimizer, seed, validation } = setting;
  return {
    hidden: hiddenOf(setting),
    activation: activationsOf(setting),
    init: method === "gaussian" ? { method, sigma, bias } : { method, bias },
    learning_rate: rate,
    batch_size: batch,
    optimizer,
    seed,
    validation,
  };
}

/** Units of each hidden layer. */
export function hiddenOf({ data, hidden, units }: Setting): readonly number[] {
  return data === "strokes" ? [units].filter((count) => count > 0) : hidden;
}

/** Activations as they are, one for each of so many layers. */
export function byLayer(activation: readonly CourseActivation[], layers: number): CourseActivation[] {
  return Array.from({ length: layers }, (_, l) => activationOf(activation, l + 1));
}

/** The activation of all hidden layers; where they differ, one of each. */
export function activationsOf(setting: Setting): CourseActivations {
  const [first] = setting.activation;
  const layers = hiddenOf(setting).length;
  return layers === 0 ? first : inOneWord(byLayer(setting.activation, layers));
}

/** Whether there are points enough to train on. */
export function isEnough({ data, points, validation }: Setting): boolean {
  return data !== "own" || points.length >= 2 && countRows({ count: points.length, validation }).train > 0;
}

let strokes: Dataset | undefined;

export function datasetOf(setting: Setting): Dataset {
  if (setting.data === "strokes") return strokes ??= parseDataset(generateStrokes());
  return pointsDataset(pointsOf(setting, setting.data));
}

function pointsOf(setting: Setting, shape: Exclude<Setting["data"], "strokes">): Points {
  const { points, count, noise, dataseed: seed } = setting;
  return shape === "own" ? { shape, points } : { shape, count, test: count, noise, seed };
}

/** The config of a setting, to be trained so many epochs: `deno task sweep` of it gives the page's weights. */
export function yamlOf(setting: Setting, epochs: number): string {
  const { init, sigma, bias, rate, batch, optimizer, seed, validation } = setting;
  return [
    "name: lab",
    ...datasetYaml(setting),
    "preprocess:",
    `  validation: ${validation}`,
    "model:",
    `  hidden: [${hiddenOf(setting).join(", ")}]`,
    `  activation: ${showValue(activationsOf(setting))}`,
    `  init: {method: ${init}, ${init === "gaussian" ? `sigma: ${sigma}, ` : ""}bias: ${bias}}`,
    "train:",
    `  epochs: ${epochs}`,
    `  batch_size: ${batch}`,
    `  learning_rate: ${rate}`,
    `  optimizer: ${optimizer}`,
    `seeds: [${seed}]`,
    // Without validation rows there is nothing to rank by but this.
    ...validation === 0 ? ["report:", "  metric: train_loss"] : [],
    "",
  ].join("\n");
}

function datasetYaml(setting: Setting): string[] {
  const { data, points, count, noise, dataseed } = setting;
  if (data === "strokes") return ["dataset: strokes"];
  if (data !== "own") {
    return [
      "dataset:",
      `  points: {shape: ${data}, count: ${count}, noise: ${noise}, seed: ${dataseed}}`,
    ];
  }
  const lines: string[] = [];
  for (let i = 0; i < points.length; i += 4) {
    lines.push(`      ${points.slice(i, i + 4).map((point) => `[${point.join(", ")}],`).join(" ")}`);
  }
  return ["dataset:", "  points:", "    shape: own", "    points: [", ...lines, "    ]"];
}
