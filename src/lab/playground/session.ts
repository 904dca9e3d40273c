import type { Dataset } from "../../data/dataset.ts";
import { splitTrainValidation } from "../../data/split.ts";
import { activationOf } from "../../nn/activation.ts";
import { type Bench, type Engine, openBench } from "../../nn/bench.ts";
import { evaluateWeights, evaluationBytes, layerOutputs } from "../../nn/evaluate.ts";
import { openTraining } from "../../nn/open_training.ts";
import { FLOAT32_FUNCTIONS } from "../../nn/reference/functions.ts";
import type { Trainer } from "../../nn/trainer.ts";
import { hashWeights, type Tensor } from "../../nn/weights.ts";
import { deriveSeeds } from "../../random/seeds.ts";
import { activationsOf, datasetOf, hiddenOf, trainingOptions } from "./experiment.ts";
import { findFlaws, type UnitState, unitStates } from "./flaws.ts";
import {
  type Frame,
  type PlanePicture,
  type Score,
  type Scores,
  type SettingPoints,
  SIDE,
  type SweepResult,
  UNIT_SIDE,
  UNIT_STRIDE,
} from "./frame.ts";
import { hiddenSpace } from "./hidden_space.ts";
import { isSeparable } from "./separable.ts";
import { REACH, type Setting, type SpaceView } from "./state.ts";

/** Of drawn digits, how many training rows the units are watched on. */
const WATCHED = 500;
/** What evaluations take pixels by, as trainings do by default. */
const SCALE = 255;

/** A training that is looked at while it goes on: all that a page shows of it comes from the engine's own kernels. */
export class Session {
  readonly points: SettingPoints | null;
  readonly #setting: Setting;
  readonly #trainer: Trainer;
  /** The training rows and, as its test part, the places of the plane's grid: where evaluations that move nothing are made. */
  readonly #look: Bench;
  readonly #rows: { train: Uint32Array; watched: Uint32Array; labels: Uint8Array };
  readonly #losses: number[] = [];
  #scores: Scores;
  #diverged = false;
  /** The units' states, and what they came from, where they are not watched in every frame. */
  #watched: { outputs: Float32Array[]; states: UnitState[][] } | null = null;
  /** Whether a line parts the training points; null of digits. */
  readonly #separable: boolean | null;
  /** The units' states before the first step. */
  readonly #first: readonly (readonly UnitState[])[];

  constructor(setting: Setting, kernels: Engine) {
    const dataset = datasetOf(setting);
    const options = trainingOptions(setting);
    this.#setting = setting;
    this.#trainer = openTraining(dataset, { ...options, kernels });
    const { validation, seed } = setting;
    const { train, validation: held } = splitTrainValidation({
      count: dataset.train.count,
      validation,
      seed: deriveSeeds(seed).split,
    });
    const points = dataset.train.storage === "real";
    const watched = points ? Uint32Array.from([...train, ...held]) : train.slice(0, WATCHED);
    const labels = Uint8Array.from(watched, (row) => dataset.train.labels[row]);
    this.#rows = { train, watched, labels };
    this.points = dataset.train.storage === "real"
      ? {
        coordinates: Float32Array.from(
          { length: 2 * watched.length },
          (_, i) => (dataset.train as { numbers: Float32Array }).numbers[2 * watched[i >> 1] + i % 2],
        ),
        labels,
        train: train.length,
      }
      : null;
    this.#separable = this.points && isSeparable({
          values: this.points.coordinates,
          K: 2,
          labels: labels.subarray(0, train.length),
        }, []) === true;
    const look: Dataset = points ? { ...dataset, test: gridRows() } : dataset;
    const bytes = Math.max(
      evaluationBytes(look, { ...this.#run(this.#trainer.weights), part: "train" }),
      evaluationBytes(look, this.#run(this.#trainer.weights)),
    );
    this.#look = openBench(look, { kernels, bytes });
    this.#scores = this.#evaluate();
    this.#losses.push(this.#scores.train.loss);
    this.#first = this.#watch(this.#trainer.weights).states;
  }

  /** The training before its first step. */
  first(view: SpaceView): Frame {
    return this.#frame(view, [this.#scores], null);
  }

  /** Trains so many batches more, 0 or more, but not beyond the end of the epoch `until`. */
  advance({ batches, until, view }: { batches: number; until: number; view: SpaceView }): Frame {
    const trainer = this.#trainer;
    const ended: Scores[] = [];
    let result: SweepResult | null = null;
    for (let left = batches; left > 0 && trainer.epoch < until && !this.#diverged;) {
      const count = Math.min(left, trainer.batches - trainer.batch);
      const loss = trainer.trainBatches(count);
      left -= count;
      this.#diverged = !Number.isFinite(loss) || !trainer.finite;
      if (this.#diverged || trainer.batch !== 0) break;
      this.#scores = this.#evaluate();
      this.#losses.push(this.#scores.train.loss);
      ended.push(this.#scores);
      if (left < trainer.batches || trainer.epoch === until) result = this.#result(loss);
    }
    return this.#frame(view, ended, result);
  }

  #run(weights: readonly Tensor[]) {
    return { weights, activation: activationsOf(this.#setting), scale: SCALE };
  }

  #evaluate(): Scores {
    const run = this.#run(this.#trainer.weights);
    const score = ({ loss, accuracy }: Score): Score => ({ loss, accuracy });
    const held = this.#trainer.validate();
    return {
      train: score(evaluateWeights(this.#look, { ...run, part: "train", rows: this.#rows.train })),
      validation: held && score(held),
    };
  }

  #result(train_loss: number): SweepResult {
    const { validation } = this.#scores;
    const test = this.#trainer.test();
    return {
      epochs: this.#trainer.epoch,
      weights_sha256: hashWeights(this.#trainer.weights),
      train_loss,
      val_loss: validation && validation.loss,
      val_accuracy: validation && validation.accuracy,
      test_loss: test.loss,
      test_accuracy: test.accuracy,
    };
  }

  #frame(view: SpaceView, ended: readonly Scores[], result: SweepResult | null): Frame {
    const trainer = this.#trainer;
    const weights = trainer.weights;
    // What follows takes longer on digits than an epoch of points.
    const looks = this.points !== null || trainer.batch === 0;
    if (looks && !this.#diverged) {
      if (ended.length === 0 && this.points !== null) this.#scores = this.#evaluate();
      this.#watched = this.#watch(weights);
    }
    const { outputs, states } = this.#watched ?? this.#watch(weights);
    const trained = this.#rows.labels.subarray(0, this.points?.train ?? this.#rows.labels.length);
    const flaws = this.#diverged ? [{ kind: "diverged" } as const] : findFlaws({
      layers: outputs.slice(0, -1).map((values, l) => values.subarray(0, trained.length * states[l].length)),
      states,
      first: this.#first,
      inputs: this.#trainer.weights.slice(0, -2).flatMap(({ shape }) => shape.length === 2 ? shape[0] : []),
      setting: this.#setting,
      activation: activationsOf(this.#setting),
      labels: trained,
      losses: this.#losses,
      accuracy: this.#scores.train.accuracy,
      separable: this.#separable,
    });
    return {
      epoch: trainer.epoch,
      batch: trainer.batch,
      batches: trainer.batches,
      diverged: this.#diverged,
      weights,
      scores: this.#scores,
      ended,
      result,
      picture: this.points === null || this.#diverged ? null : this.#picture(view, { weights, outputs }),
      states,
      flaws,
    };
  }

  /** What each layer gives for the watched rows, and the states of its units on those of them that are trained on. */
  #watch(weights: readonly Tensor[]) {
    const outputs = layerOutputs(this.#look, {
      ...this.#run(weights),
      part: "train",
      rows: this.#rows.watched,
    });
    const n = this.points?.train ?? this.#rows.watched.length;
    const states = hiddenOf(this.#setting).map((N, l) =>
      unitStates(outputs[l].subarray(0, n * N), N, activationOf(this.#setting.activation, l + 1))
    );
    return { outputs, states };
  }

  #picture(
    view: SpaceView,
    { weights, outputs }: { weights: readonly Tensor[]; outputs: readonly Float32Array[] },
  ): PlanePicture {
    const sizes = hiddenOf(this.#setting);
    const { coordinates, train, labels } = this.points!;
    const places = layerOutputs(this.#look, this.#run(weights));
    const last = sizes.length - 1;
    const [W, B] = weights.slice(-2);
    return {
      decision: preference(places[places.length - 1]),
      units: sizes.map((N, l) => unitFields(places[l], N)),
      space: hiddenSpace({
        K: last < 0 ? 2 : sizes[last],
        grid: last < 0 ? GRID : places[last],
        points: last < 0 ? coordinates : outputs[last],
        train,
        labels,
        logits: outputs[outputs.length - 1],
        weights: W.data,
        bias: B.data,
      }, view),
    };
  }
}

/** The places of the plane where its fields are computed, row by row from the upper left: the middles of SIDE x SIDE cells. */
const GRID: Float32Array<ArrayBuffer> = Float32Array.from({ length: 2 * SIDE * SIDE }, (_, i) => {
  const place = i >> 1;
  return i % 2 === 0
    ? ((place % SIDE + 0.5) / SIDE * 2 - 1) * REACH
    : (1 - (Math.floor(place / SIDE) + 0.5) / SIDE * 2) * REACH;
});

function gridRows(): Dataset["test"] {
  return { storage: "real", count: SIDE * SIDE, labels: new Uint8Array(SIDE * SIDE), numbers: GRID };
}

/** tanh of half the logits' difference: p1 - p0 of the softmax of two; its sign is that of the difference, as the engine decides. */
function preference(logits: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: logits.length / 2 }, (_, i) => {
    const e = FLOAT32_FUNCTIONS.exp(-Math.abs(logits[2 * i + 1] - logits[2 * i]));
    return (logits[2 * i + 1] > logits[2 * i] ? 1 : -1) * (1 - e) / (1 + e);
  });
}

/** Of n x N activations at the grid's places, those at the middle one of every three places both ways, one unit after another. */
function unitFields(activations: Float32Array, N: number): Float32Array<ArrayBuffer> {
  const fields = new Float32Array(N * UNIT_SIDE * UNIT_SIDE);
  let i = 0;
  for (let unit = 0; unit < N; unit++) {
    for (let row = 1; row < SIDE; row += UNIT_STRIDE) {
      for (let column = 1; column < SIDE; column += UNIT_STRIDE) {
        fields[i++] = activations[(row * SIDE + column) * N + unit];
      }
    }
  }
  return fields;
}
