import type { ActivationName } from "../../nn/activation.ts";
import type { Batch } from "../batch.ts";
import type { Tensors } from "../compare_tensors.ts";
import type { Unanswered } from "../outcome.ts";
import type { Reduction } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";

/**
 * What a student's functions give, whichever way the track has of finding out: by calling them, or by reading what they were made to
 * save. Each answer carries the question, for the reference to answer it too.
 */
export interface Answers {
  initialize(): Promise<Answer<InitializeAnswer>>;
  /** @param options.large whether the logits are to be in the thousands */
  forward(options: { activation: ActivationName; large?: boolean }): Promise<Answer<ForwardAnswer>>;
  /** @param of the probabilities of a batch, or some of which the true class has 0 */
  loss(of: "batch" | "zero"): Promise<Answer<LossAnswer>>;
  gradients(options: { activation: ActivationName; reduction: Reduction }): Promise<Answer<GradientsAnswer>>;
  /** The parameters after one update on a whole batch. */
  step(options: { through: "step" | "fit"; activation: ActivationName }): Promise<Answer<GradientsAnswer>>;
  /** How a batch of fewer rows than the batch size moves the parameters. */
  smallBatch(): Promise<Answer<GradientsAnswer>>;
  predictions(): Promise<Answer<PredictionsAnswer>>;
  /** The trained network and what it predicts for the test images. */
  trained(): Promise<Answer<TrainedAnswer>>;
}

/** An answer, or why there is none. */
export type Answer<T> = { readonly status: "ok"; readonly value: T } | Unanswered;

/** First parameters. */
export interface InitializeAnswer {
  readonly found: Tensors;
  /** What was asked for: units from the features to the classes. */
  readonly sizes: readonly number[];
  readonly sigma: number;
}

/** Forward propagation of a batch. */
export interface ForwardAnswer {
  /** A1, A2, probabilities: those that there are. */
  readonly found: Tensors;
  readonly batch: Batch;
  readonly activation: ActivationName;
}

/** A cross-entropy. */
export interface LossAnswer {
  readonly found: number;
  /** Of these, one of which may be the student's own. */
  readonly probabilities: readonly GradeTensor[];
  readonly Y: GradeTensor;
}

/** Gradients, or an update divided by the learning rate, so that it should be the gradient. */
export interface GradientsAnswer {
  readonly found: Tensors;
  readonly batch: Batch;
  readonly activation: ActivationName;
  readonly reduction: Reduction;
  readonly learningRate: number;
}

/** Predicted classes of a batch. */
export interface PredictionsAnswer {
  readonly found: readonly number[];
  readonly batch: Batch;
  readonly activation: ActivationName;
  /** What the student's own forward propagation gave for the same rows, if it gave anything. */
  readonly own: GradeTensor | null;
}

/** A trained network. */
export interface TrainedAnswer {
  readonly parameters: Tensors;
  readonly activation: ActivationName;
  /** For each test image in order; null where none were handed in. */
  readonly predictions: readonly number[] | null;
}
