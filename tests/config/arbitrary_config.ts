import fc from "fast-check";
import type { z } from "zod";
import type { experimentSchema } from "../../src/config/schema.ts";

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const pin = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const hidden = fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 8 });
const activation = fc.constantFrom("tanh", "sigmoid", "relu", "identity");
const bias = fc.constantFrom("zero", "gaussian");
const epochs = fc.integer({ min: 1, max: 10_000 });
const batchSize = fc.oneof(fc.integer({ min: 1, max: 1024 }), fc.constant("full"));
const optimizer = fc.constantFrom("sgd", "momentum", "adagrad");
const init = fc.oneof(
  fc.record({ method: fc.constant("gaussian"), sigma: positive, bias }, { requiredKeys: [] }),
  fc.record({ method: fc.constantFrom("xavier", "he"), bias }, { requiredKeys: ["method"] }),
);

const values = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: (item) => JSON.stringify(item) });

/** Parameters of a sweep in any order; those of `model.init` go with a gaussian base. */
const parameters = fc.record({
  "model.hidden": values(hidden),
  "model.activation": values(activation),
  "model.init.sigma": values(positive),
  "train.batch_size": values(batchSize),
  "train.learning_rate": values(positive),
  "preprocess.validation": values(fc.constantFrom(0.1, 0.25, 1 / 3)),
}, { requiredKeys: [] }).filter((record) => Object.keys(record).length > 0)
  .chain((record) =>
    fc.shuffledSubarray(Object.entries(record), { minLength: 1 }).map((entries) =>
      Object.fromEntries(entries)
    )
  );

/** What the schema reads. */
export type WrittenConfig = z.input<typeof experimentSchema>;

/** Configs as a person may write them, all of them right, with any of the optional keys left out. */
export const arbitraryConfig = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,9}$/).filter((name) =>
    !["null", "true", "false"].includes(name)
  ),
  dataset: fc.oneof(
    fc.constantFrom("strokes", "mnist"),
    fc.constant({
      idx: {
        train_images: { path: "a", sha256: "0a".repeat(32) },
        train_labels: { url: "https://a.b/c", sha256: "1b".repeat(32) },
        test_images: { path: "a", sha256: "0a".repeat(32) },
        test_labels: { path: "a", sha256: "0a".repeat(32) },
      },
    }),
  ),
  preprocess: fc.record({
    scale: positive,
    validation: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
    limit: fc.integer({ min: 10, max: 60_000 }),
  }, { requiredKeys: [] }),
  model: fc.record({ hidden, activation, init }, { requiredKeys: [] }),
  train: fc.record({
    epochs,
    batch_size: batchSize,
    learning_rate: positive,
    optimizer,
    reduction: fc.constantFrom("mean", "sum"),
    shuffle: fc.constantFrom("once", "each_epoch", "none"),
  }, { requiredKeys: [] }),
  seeds: fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 30 - 1 }), { minLength: 1, maxLength: 4 }),
  rng: fc.record({ split: pin, init: pin, shuffle: pin }, { requiredKeys: [] }),
  sweep: fc.record({ method: fc.constant("grid"), parameters }, { requiredKeys: ["parameters"] }),
  report: fc.record({
    metric: fc.constantFrom("val_accuracy", "val_loss", "train_loss", "test_accuracy", "test_loss"),
  }, { requiredKeys: [] }),
}, { requiredKeys: ["name", "dataset"] }).map((written): WrittenConfig => {
  const { seeds, rng: { split, init, shuffle } = {}, train } = written;
  // Several seeds of which none changes anything are refused.
  const fixed = split !== undefined && init !== undefined &&
    (shuffle !== undefined || train?.shuffle === "none");
  const config = seeds !== undefined && fixed ? { ...written, seeds: seeds.slice(0, 1) } : written;
  const method = config.model?.init?.method ?? "gaussian";
  if (config.sweep === undefined || method === "gaussian") return config;
  const { "model.init.sigma": _, ...others } = config.sweep.parameters;
  const sweep = Object.keys(others).length === 0 ? undefined : { ...config.sweep, parameters: others };
  const { sweep: __, ...rest } = config;
  return sweep === undefined ? rest : { ...rest, sweep };
});
