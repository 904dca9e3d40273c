import type { Flaw, UnitState } from "./flaws.ts";
import type { HiddenSpace } from "./hidden_space.ts";
import type { Tensor } from "../../nn/weights.ts";

/** Places of the decision field in a row: the middles of as many cells. */
export const SIDE = 63;
/** A unit's own field has the middle one of every three both ways: the middles of larger cells. */
export const UNIT_STRIDE = 3;
export const UNIT_SIDE = SIDE / UNIT_STRIDE;

/** Loss (mean cross-entropy) and share of right answers. */
export interface Score {
  readonly loss: number;
  readonly accuracy: number;
}

/** With the weights as they are at one moment. */
export interface Scores {
  readonly train: Score;
  /** Null where nothing is held out. */
  readonly validation: Score | null;
}

/** What a sweep writes into results.csv for a run of so many epochs. */
export interface SweepResult {
  readonly epochs: number;
  readonly weights_sha256: string;
  readonly train_loss: number;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  readonly test_loss: number;
  readonly test_accuracy: number;
}

/** What is seen in the plane. */
export interface PlanePicture {
  /** The probability of class 1 less that of class 0, at SIDE x SIDE places. */
  readonly decision: Float32Array<ArrayBuffer>;
  /** Of each hidden layer's units: the activation at UNIT_SIDE x UNIT_SIDE places, one unit after another. */
  readonly units: readonly Float32Array<ArrayBuffer>[];
  readonly space: HiddenSpace;
}

/** A training at one moment, as pages draw it. */
export interface Frame {
  readonly epoch: number;
  /** Batches trained of the epoch under way, and of how many. */
  readonly batch: number;
  readonly batches: number;
  readonly diverged: boolean;
  readonly weights: readonly Tensor[];
  /** Of this moment; for drawn digits, of the last epoch's end. */
  readonly scores: Scores;
  /** After each epoch that ended since the last frame; in the first frame, before any. */
  readonly ended: readonly Scores[];
  /** Of the last epoch that is over; null before any, or where that was in an earlier frame. */
  readonly result: SweepResult | null;
  readonly picture: PlanePicture | null;
  /** Of each hidden layer's units. */
  readonly states: readonly (readonly UnitState[])[];
  readonly flaws: readonly Flaw[];
}

/** What is given with the first frame: the points that are trained on, and those held out. */
export interface SettingPoints {
  readonly coordinates: Float32Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
  readonly train: number;
}
