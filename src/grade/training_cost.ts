import type { TrainingSettings } from "./engine.ts";

/** Training images of each data set, their pixels and classes. */
const IMAGES = { mnist: 60_000, strokes: 6_000 };
const [FEATURES, CLASSES] = [784, 10];

/** The course's own training. */
const COURSE: TrainingSettings = {
  dataset: "mnist",
  limit: null,
  validation: 0.2,
  hidden: [400, 200],
  activation: "tanh",
  sigma: 0.01,
  learning_rate: 0.01,
  batch_size: 20,
  epochs: 10,
  reduction: "mean",
};

/** What a training costs, as a multiple of the course's own: images times epochs times weights. */
export function trainingCost(settings: TrainingSettings): number {
  return products(settings) / products(COURSE);
}

function products({ dataset, limit, validation, hidden, epochs }: TrainingSettings): number {
  const images = Math.min(IMAGES[dataset], limit ?? Infinity) * (1 - validation);
  const sizes = [FEATURES, ...hidden, CLASSES];
  const weights = sizes.slice(1).reduce((sum, units, l) => sum + sizes[l] * units, 0);
  return images * epochs * weights;
}
