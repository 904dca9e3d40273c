import { distance } from "fastest-levenshtein";

/** Names of the same things in PyTorch, Keras, scikit-learn and the course's notebooks. */
const synonyms: Readonly<Record<string, string>> = {
  alpha: "learning_rate",
  batch: "batch_size",
  data: "dataset",
  eta: "learning_rate",
  hidden_layer_sizes: "hidden",
  hidden_layers: "hidden",
  initialization: "init",
  iter: "epochs",
  iterations: "epochs",
  layers: "hidden",
  lr: "learning_rate",
  max_iter: "epochs",
  n_nodes: "hidden",
  random_state: "seeds",
  std: "sigma",
  title: "name",
  units: "hidden",
  val_size: "validation",
  validation_split: "validation",
};

/** The candidate that `name` is most likely a slip or a part of, or undefined if none is near. Case, `-` and `_` hardly count. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const normal = normalise(name);
  const meant = synonyms[normal];
  if (meant !== undefined && candidates.includes(meant)) return meant;
  let best: string | undefined;
  let least = Math.floor(normal.length / 3) + 1;
  for (const candidate of candidates) {
    const difference = distance(normal, normalise(candidate));
    if (difference >= least) continue;
    best = candidate;
    least = difference;
  }
  return best ?? candidates.find((candidate) => normal.length >= 4 && normalise(candidate).includes(normal));
}

/** As `nearest`, for paths with dots: `epochs` and `train.epoch` both find `train.epochs`. */
export function nearestPath(path: string, candidates: readonly string[]): string | undefined {
  const whole = nearest(path, candidates);
  if (whole !== undefined) return whole;
  const lastOf = (dotted: string) => dotted.slice(dotted.lastIndexOf(".") + 1);
  const last = nearest(lastOf(path), candidates.map(lastOf));
  return candidates.find((candidate) => lastOf(candidate) === last);
}

function normalise(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/[-_ ]+/g, "_");
}
