import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { deriveSeeds } from "../../src/random/seeds.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { arbitraryConfig, type WrittenConfig } from "../config/arbitrary_config.ts";
import { writeYaml } from "../config/write_yaml.ts";
import { plannedKeys } from "./planned_keys.ts";

/** Null where a rule of the schema forbids what was drawn. */
function parse(text: string): Experiment | null {
  try {
    return parseExperiment(text, { file: "x.yaml" });
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

Deno.test("order, comments and spelling of a config, its name and its report change no fingerprint", () => {
  const draws = fc.infiniteStream(fc.nat({ max: 2 ** 20 - 1 }));
  fc.assert(
    fc.property(arbitraryConfig, draws, (config, stream) => {
      const plain = parse(JSON.stringify(config));
      fc.pre(plain !== null && expandSweep(plain).count <= 60);
      const text = writeYaml(
        { ...config, name: "other", report: { metric: "train_loss" } },
        (n) => stream.next().value % n,
      );
      const other = parse(text);
      assert.ok(plain !== null && other !== null, text);
      assert.deepEqual(plannedKeys(other), plannedKeys(plain), text);
    }),
    { numRuns: 100 },
  );
});

/** What a change of a setting is to change: nothing, training and what follows from it, everything, or what follows from more epochs. */
type Reach = "nothing" | "run" | "all" | "stage";

interface Change {
  path: string;
  value: unknown;
  reach: Reach | ((config: Experiment) => Reach);
}

const change = (path: string, value: fc.Arbitrary<unknown>, reach: Change["reach"]): fc.Arbitrary<Change> =>
  value.map((value) => ({ path, value, reach }));

/** A generator pinned to the seed that it has anyway changes nothing, nor does the seed of an order that is not shuffled. */
const pinned = (use: "split" | "init" | "shuffle", value: number): Change => ({
  path: `rng.${use}`,
  value,
  reach: ({ rng, train: { shuffle } }) =>
    deriveSeeds(0, rng)[use] === value || (use === "shuffle" && shuffle === "none") ? "nothing" : "run",
});

const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const pin = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const CHANGES = fc.oneof(
  change("name", fc.constantFrom("a", "b"), "nothing"),
  change("report.metric", fc.constantFrom("val_loss", "test_loss"), "nothing"),
  change("dataset", fc.constantFrom("strokes", "mnist"), "all"),
  change("preprocess.scale", positive, "run"),
  change("preprocess.validation", fc.double({ min: 0.01, max: 0.9, noNaN: true }), "run"),
  change("preprocess.limit", fc.integer({ min: 1000, max: 6000 }), "run"),
  change("model.hidden", fc.array(fc.integer({ min: 1, max: 2000 }), { maxLength: 3 }), "run"),
  change("model.activation", fc.constantFrom("tanh", "sigmoid", "relu", "identity"), "run"),
  change(
    "model.init",
    fc.constantFrom({ method: "he" }, { method: "xavier", bias: "zero" }, { sigma: 0.5 }),
    "run",
  ),
  change("train.epochs", fc.integer({ min: 1, max: 100 }), "stage"),
  change("train.batch_size", fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant("full")), "run"),
  change("train.learning_rate", positive, "run"),
  change("train.optimizer", fc.constantFrom("sgd", "momentum", "adagrad"), "run"),
  change("train.reduction", fc.constantFrom("mean", "sum"), "run"),
  change("train.shuffle", fc.constantFrom("once", "each_epoch", "none"), "run"),
  ...(["split", "init", "shuffle"] as const).map((use) => pin.map((value) => pinned(use, value))),
);

Deno.test("a change of a setting changes the fingerprints of what follows from it, and no others", () => {
  const config = arbitraryConfig.map(({ sweep: _, seeds: __, ...rest }): WrittenConfig => rest);
  const reaches = new Set<Reach>();
  fc.assert(
    fc.property(config, CHANGES, (config, { path, value, reach }) => {
      const before = parse(JSON.stringify(config));
      const after = parse(JSON.stringify(withSetting(config, path, value)));
      fc.pre(before !== null && after !== null && JSON.stringify(before) !== JSON.stringify(after));
      const expected = typeof reach === "function" ? reach(before) : reach;
      reaches.add(expected);
      const [old, now] = [plannedKeys(before), plannedKeys(after)];
      assert.deepEqual([...now.keys()], ["download", "preprocess", "train 0-0", "evaluate 0-0"]);
      const changed = [...now].flatMap(([name, key]) => old.get(name) === key ? [] : [name.split(" ")[0]]);
      assert.deepEqual(
        changed,
        {
          nothing: [],
          run: ["train", "evaluate"],
          all: ["download", "preprocess", "train", "evaluate"],
          // Training goes on under the same fingerprint, to other weights.
          stage: ["evaluate"],
        }[expected],
      );
    }),
    { numRuns: 600 },
  );
  assert.equal(reaches.size, 4);
});

Deno.test("another seed is another training unless all of its generators are pinned", () => {
  const keys = (seed: number, rng: object) =>
    plannedKeys(
      parseExperiment(JSON.stringify({ name: "x", dataset: "strokes", seeds: [seed], rng }), { file: "x" }),
    );
  const train = (seed: number, rng: object) => keys(seed, rng).get(`train 0-${seed}`);
  assert.notEqual(train(0, {}), train(1, {}));
  assert.notEqual(train(0, { split: 0, init: 0 }), train(1, { split: 0, init: 0 }));
  assert.equal(train(0, { split: 0, init: 0, shuffle: 0 }), train(1, { split: 0, init: 0, shuffle: 0 }));
});

function withSetting(config: object, path: string, value: unknown): object {
  const [key, ...rest] = path.split(".");
  const inner = Reflect.get(config, key);
  return { ...config, [key]: rest.length === 0 ? value : withSetting(Object(inner), rest.join("."), value) };
}
