import type { CourseActivation, CourseActivations } from "../../nn/activation.ts";
import type { Batch, Parameters } from "../batch.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Unanswered } from "../outcome.ts";
import type { Reduction } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";
import { sayProblem, type Submission } from "../submission.ts";
import { sameShape, tensor, type Tensors } from "../tensors.ts";

/**
 * What a student's functions give, whichever way the track has of finding out: by calling them, or by reading what they were made to
 * save. Each answer carries the question, for the reference to answer it too.
 */
export interface Answers {
  /** Of the network that is trained. */
  readonly activation: CourseActivations;
  initialize(): Promise<Answer<InitializeAnswer>>;
  /**
   * Forward propagation of a batch.
   *
   * @param options.large whether the logits are to be in the thousands
   */
  forward(options: { activation: CourseActivation; large?: boolean }): Promise<Answer<ForwardAnswer>>;
  /**
   * A cross-entropy.
   *
   * @param of the probabilities of a batch, or some of which the true class has 0
   */
  loss(of: "batch" | "zero"): Promise<Answer<LossAnswer>>;
  /** Gradients of a whole batch. */
  gradients(
    options: { activation: CourseActivation; reduction: Reduction },
  ): Promise<Answer<GradientsAnswer>>;
  /** The parameters after one update on a whole batch. */
  step(options: { through: "step" | "fit"; activation: CourseActivation }): Promise<Answer<GradientsAnswer>>;
  /** How a batch of fewer rows than the batch size moves the parameters. */
  smallBatch(): Promise<Answer<GradientsAnswer>>;
  /** The predicted classes of a batch. */
  predictions(): Promise<Answer<PredictionsAnswer>>;
  /** The trained network and what it predicts for the test images. */
  trained(): Promise<Answer<TrainedAnswer>>;
}

/** An answer, or why there is none. */
export type Answer<T> = { readonly status: "ok"; readonly value: T } | Unanswered;

export interface InitializeAnswer {
  /** W1, B1, ...: those that there are. */
  readonly found: Tensors;
  /** What was asked for: units from the features to the classes. */
  readonly sizes: readonly number[];
  readonly sigma: number;
}

export interface ForwardAnswer {
  /** A1, A2, probabilities: those that there are. */
  readonly found: Tensors;
  readonly batch: Batch;
  readonly activation: CourseActivations;
}

export interface LossAnswer {
  /** NaN where there was no number. */
  readonly found: number;
  /** Of these, one of which may be the student's own. */
  readonly probabilities: readonly GradeTensor[];
  readonly Y: GradeTensor;
}

/** Gradients, or an update divided by the learning rate, so that it should be the gradient. */
export interface GradientsAnswer {
  /** W1, B1, ...: those that there are. */
  readonly found: Tensors;
  readonly batch: Batch;
  readonly activation: CourseActivations;
  readonly reduction: Reduction;
  /** Of the step that was or would be made. */
  readonly learningRate: number;
}

export interface PredictionsAnswer {
  readonly found: readonly number[];
  readonly batch: Batch;
  readonly activation: CourseActivations;
  /** What the student's own forward propagation gave for the same rows, if it gave anything. */
  readonly own: GradeTensor | null;
  /** Track ts: the parameters of the class that predicted, which was given those of the batch; null where there are none. */
  readonly after: Tensors | null;
}

export interface TrainedAnswer {
  /** W1, B1, ... as handed in or left by fit: unchecked. */
  readonly parameters: Tensors;
  readonly activation: CourseActivations;
  /** For each test image in order; null where none were handed in. */
  readonly predictions: readonly number[] | null;
  /** Why there are none, where they were to be handed in as a file. */
  readonly noPredictions?: string | undefined;
}

/** Why a file of a submission has nothing to check: it is not there, or could not be read. */
export function missingFile(
  { problems, notebook }: Submission,
  file: string,
  t: GradeMessages,
): Unanswered {
  const problem = problems.find((found) => found.file === file);
  if (problem === undefined) {
    return {
      status: "missing",
      message: notebook === undefined ? t.files.noFile(file) : t.files.notebook.notGiven(file, null),
    };
  }
  return { status: "invalid", message: sayProblem(problem, t) };
}

/**
 * How far parameters moved, divided by the learning rate: the gradient, where the step was one of plain gradient descent. A tensor that
 * has changed its shape is left as it is found.
 */
export function updates(start: Parameters, moved: Tensors, learningRate: number): Tensors {
  return Object.fromEntries(
    Object.entries(moved).filter(([name]) => Object.hasOwn(start, name)).map(([name, found]) => {
      const { shape, data } = start[name];
      if (!sameShape(found.shape, shape)) return [name, found];
      return [name, tensor(shape, (i) => (data[i] - found.data[i]) / learningRate)];
    }),
  );
}
