import assert from "node:assert/strict";
import type { Dataset, RealRows } from "../../src/data/dataset.ts";
import type { EarlyStopping } from "../../src/nn/early_stopping.ts";
import { Arena, denseIndex } from "../../src/nn/memory.ts";
import { Dropout } from "../../src/nn/noise.ts";
import { startTraining } from "../../src/nn/open_training.ts";
import type { Schedule } from "../../src/nn/schedules/schedules.ts";
import type { Trainer, TrainerOptions, TrainerState } from "../../src/nn/trainer.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { deriveSeeds } from "../../src/random/seeds.ts";
import goldens from "../fixtures/schedules.json" with { type: "json" };
import { findNumpy } from "../pipeline/grade/find_numpy.ts";
import { type Job, OPTIMIZER_NAMES, run, setUp, STORAGES } from "./trainer_setup.ts";
import { compiledWorkspace, exactWorkspace, plainWorkspace } from "./workspaces.ts";

const FEATURES = 6, CLASSES = 3, TRAIN = 40, VALIDATION = 12;

/** The rows of schedules.py in float64, and a training of them. */
function trainExactly(options: Partial<TrainerOptions> & { noise_seed?: number | undefined }): Trainer {
  const { noise_seed: noise = 3, ...rest } = options;
  const workspace = exactWorkspace(1 << 20);
  const arena = new Arena(0, workspace.bytes.length);
  const count = TRAIN + VALIDATION, { buffer } = workspace.bytes;
  const random = new RandomState(5);
  const numbers = new Float32Array(buffer, arena.allocate(4 * count * FEATURES), count * FEATURES);
  random.fillStandardNormal(numbers);
  const labels = new Uint8Array(buffer, arena.allocate(count), count);
  for (let i = 0; i < count; i++) labels[i] = Math.floor(CLASSES * random.random());
  const train: RealRows = { storage: "real", count, labels, numbers };
  const dataset: Dataset = {
    features: FEATURES,
    classes: CLASSES,
    rows: 1,
    columns: FEATURES,
    train,
    test: train,
  };
  const room = { start: arena.next, end: workspace.bytes.length };
  const places = Uint32Array.from({ length: count }, (_, i) => i);
  return startTraining({ workspace, dataset, room }, {
    hidden: [9, 5],
    init: { method: "gaussian", sigma: 0.5, bias: "gaussian" },
    batch_size: 8,
    shuffle: "none",
    ...rest,
    seeds: { init: 1, noise },
    rows: { train: places.subarray(0, TRAIN), validation: places.subarray(TRAIN) },
  });
}

function assertClose(found: number, expected: number, what: string, size = Math.abs(expected)): void {
  assert.ok(Math.abs(found - expected) <= 1e-5 * size, `${what} is ${found}, PyTorch's ${expected}`);
}

for (const { setting, history, weights } of goldens.trainings) {
  Deno.test(`training agrees with PyTorch in float64: ${JSON.stringify(setting)}`, () => {
    // JSON has no literal types.
    const trainer = trainExactly(setting as Parameters<typeof trainExactly>[0]);
    history.forEach(({ train_loss, val_loss, learning_rate }, i) => {
      assertClose(trainer.trainEpoch(), train_loss, `the training loss of epoch ${i + 1}`);
      assertClose(trainer.validate()?.loss ?? NaN, val_loss, `the validation loss of epoch ${i + 1}`);
      assertClose(trainer.rate, learning_rate, `the rate of epoch ${i + 1}`);
    });
    trainer.weights.forEach(({ name, data }, i) => {
      const size = Math.max(...weights[i].map(Math.abs));
      data.forEach((value, k) => assertClose(value, weights[i][k], `${name}[${k}]`, size));
    });
  });
}

Deno.test("what dropout draws is what NumPy's randint() gives, batch by batch and layer by layer", () => {
  const random = new RandomState(7);
  const words = new Uint32Array(64);
  for (const expected of goldens.draws) {
    random.fillShorts(words, { start: 3, count: expected.length });
    assert.deepEqual([...new Uint16Array(words.buffer, 12, expected.length)], expected);
  }
});

Deno.test("dropout keeps the units whose draw is 65536 p or more, where that is no whole number too", () => {
  const [B, units] = [1024, 128];
  const words = new Uint32Array(B * units / 2);
  new RandomState(0).fillShorts(words, { start: 0, count: B * units });
  const draws = new Uint16Array(words.buffer);
  // 19660.8 and 26214.4: the draws on either side are what another rounding of the bound gets wrong.
  for (const [share, below] of [[0.3, 19_660], [0.4, 26_214]]) {
    assert.ok(draws.includes(below) && draws.includes(below + 1));
    const arena = new Arena(0, compiled.bytes.length);
    const activations = arena.allocate(4 * B * units);
    const dropout = new Dropout(compiled, arena, { share, units, capacity: B });
    compiled.floats.fill(1, activations >>> 2, (activations >>> 2) + B * units);
    dropout.forward(activations, B, new RandomState(0));
    const place = (i: number) => (dropout.output >>> 2) + denseIndex(Math.floor(i / units), i % units, B);
    const wrong = draws.find((draw, i) => compiled.floats[place(i)] > 0 !== draw >= 65_536 * share);
    assert.equal(wrong, undefined);
  }
});

const compiled = compiledWorkspace(4 << 20), plain = plainWorkspace(4 << 20);
const NOISY: readonly Partial<TrainerOptions>[] = [
  { dropout: 0.5 },
  { input_noise: 0.2 },
  { dropout: [0.3, 0], input_noise: 0.1, hidden: [17, 33] },
  { dropout: 0.9, hidden: [16, 5, 40], batch_size: "full" },
];

Deno.test("dropout and input noise with the kernels give the reference's bits, on rows of any storage", () => {
  for (const options of NOISY) {
    for (const storage of [...STORAGES, "real"] as const) {
      for (const optimizer of OPTIMIZER_NAMES) {
        const job: Job = { options: { ...options, optimizer }, storage };
        const [found, expected] = [compiled, plain].map((workspace) => run(workspace, job));
        assert.deepEqual(found, expected, JSON.stringify(job));
      }
    }
  }
});

Deno.test("a batch of more rows than a part draws for one part after another", () => {
  const options = {
    hidden: [5],
    dropout: 0.5,
    batch_size: "full",
    counts: { train: 1100, validation: 9 },
  } as const;
  const [found, expected] = [compiled, plain].map((workspace) => run(workspace, { options }));
  assert.deepEqual(found, expected);
  const random = new RandomState(setUp(compiled, { options }).options.seeds.noise ?? 0);
  const words = new Uint32Array(3000);
  for (let epoch = 0; epoch < 2; epoch++) {
    for (const rows of [1024, 76]) random.fillShorts(words, { start: 0, count: 5 * rows });
  }
  assert.deepEqual(found.state.noise, random.snapshot());
});

Deno.test("noise is neither in the evaluation nor in the probe, and none is drawn of shares that are zero", () => {
  const { trainer } = setUp(compiled, { options: { dropout: 0.5, input_noise: 1 } });
  trainer.trainEpoch();
  const state = trainer.state;
  const seen = () => [trainer.validate(), trainer.test(), trainer.probe()];
  assert.deepEqual(seen(), seen());
  assert.deepEqual(trainer.state, state);
  const quiet = run(compiled, { options: {} });
  assert.deepEqual(run(compiled, { options: { dropout: 0 } }), quiet);
  assert.deepEqual(
    run(compiled, { options: { dropout: [0], input_noise: 0, early_stopping: "none" } }),
    quiet,
  );
});

const SCHEDULES: readonly (Schedule | undefined)[] = [
  undefined,
  { method: "constant", warmup: { steps: 8 } },
  { method: "step", every: 2, factor: 0.5 },
  { method: "exponential", factor: 0.9, warmup: 1 },
  { method: "cosine", to: 0.001 },
  { method: "inverse", power: 0.5 },
  { method: "plateau", factor: 0.5, patience: 0, min_delta: 0, cooldown: 1, to: 0 },
];
const STOPPINGS: readonly (EarlyStopping | undefined)[] = [
  undefined,
  { patience: 2, min_delta: 0, restore_best: true },
  { patience: 1, min_delta: 0.01, restore_best: false },
];
const NOISES: readonly Partial<TrainerOptions>[] = [{}, { dropout: 0.4 }, { dropout: 0.2, input_noise: 0.1 }];

Deno.test("stopped after any epoch and gone on, a training gives the same bytes: every optimizer, schedule, early stopping and noise", () => {
  const EPOCHS = 6;
  let stopped = 0;
  const all = (trainer: Trainer, states: TrainerState[] = []) => {
    while (trainer.epoch < EPOCHS && !trainer.stopped) {
      trainer.trainEpoch();
      states.push(trainer.state);
    }
    return { state: trainer.state, kept: trainer.kept, stopped: trainer.stopped, test: trainer.test() };
  };
  for (const optimizer of OPTIMIZER_NAMES) {
    for (const schedule of SCHEDULES) {
      for (const early_stopping of STOPPINGS) {
        for (const noise of NOISES) {
          const options = {
            optimizer,
            schedule,
            early_stopping,
            ...noise,
            epochs: EPOCHS,
            hidden: [7],
            learning_rate: 0.3,
          };
          const { trainer, split } = setUp(compiled, { options });
          const states: TrainerState[] = [];
          const whole = all(trainer, states);
          if (whole.stopped) stopped++;
          for (const state of states) {
            trainer.begin(split, structuredClone(state));
            assert.deepEqual(all(trainer), whole, JSON.stringify({ options, from: state.epoch }));
          }
        }
      }
    }
  }
  assert.ok(stopped > 20, `${stopped} of the trainings stop early`);
});

Deno.test("a state without what the training needs is refused", () => {
  const options: Partial<TrainerOptions> = {
    dropout: 0.5,
    early_stopping: { patience: 2, min_delta: 0, restore_best: true },
  };
  const { trainer, split } = setUp(compiled, { options });
  trainer.trainEpoch();
  const { state } = trainer;
  for (const name of ["noise", "losses", "best"]) {
    assert.throws(() => trainer.begin(split, { ...state, [name]: undefined }), {
      name: "TypeError",
      message: `Cannot begin: the state must have the ${name} of its 1 epochs, found none`,
    });
  }
  assert.throws(() => setUp(compiled, { options: { ...options, counts: { train: 23, validation: 0 } } }), {
    name: "TypeError",
    message: "Cannot begin: early_stopping needs rows to validate on, found none",
  });
});

const numpy = await findNumpy();
for (const page of ["schedules.md", "schedules.ja.md"]) {
  Deno.test({
    name: `the lines of NumPy in docs/${page} draw what a training draws${
      numpy === null ? " (skipped: no NumPy)" : ""
    }`,
    ignore: numpy === null,
    async fn() {
      const text = await Deno.readTextFile(new URL(`../../docs/${page}`, import.meta.url));
      const lines = text.match(/^```python\n(.*?)^```$/ms)?.[1].split("\n") ?? [];
      const [imports, , seeded, ...drawing] = lines;
      const program = [
        imports,
        "B, D, N, seed, sigma, p = 4, 3, 7, 5, 0.25, 0.3",
        seeded,
        "for batch in range(2):",
        "    x, a = np.full((B, D), 0.5, np.float32), np.ones((B, N))",
        ...drawing.map((line) => `    ${line}`),
        "    print(*x.ravel().view(np.uint32), *keep.ravel().astype(int))",
      ].join("\n");
      const { stdout, stderr } = await new Deno.Command(String(numpy), { args: ["-c", program] }).output();
      const random = new RandomState(deriveSeeds(5).noise);
      const expected = [1, 2].map(() => {
        const x = Float32Array.from({ length: 12 }, () => 0.5 + 0.25 * random.standardNormal());
        const words = new Uint32Array(14);
        random.fillShorts(words, { start: 0, count: 28 });
        const keep = Array.from(new Uint16Array(words.buffer), (draw) => draw >= 65_536 * 0.3 ? 1 : 0);
        return [...new Uint32Array(x.buffer), ...keep].join(" ") + "\n";
      });
      assert.equal(new TextDecoder().decode(stdout), expected.join(""), new TextDecoder().decode(stderr));
    },
  });
}
