import type { CourseActivation } from "../../nn/activation.ts";
import {
  type Batch,
  drawBatch,
  PROBE_LEARNING_RATE,
  PROBE_ROWS,
  PROBE_SIZES,
  probeBatch,
  zeroProbabilities,
} from "../batch.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { GradeDataset } from "../engine.ts";
import type { Reduction } from "../reference/method.ts";
import { argmax, forward } from "../reference/network.ts";
import { vector } from "../tensors.ts";
import type { RubricSettings } from "../rubric_settings.ts";
import type { CallResult, GradeTensor, GradeValue, StudentProgram } from "../student_program.ts";
import {
  type Answer,
  type Answers,
  type ForwardAnswer,
  type GradientsAnswer,
  type InitializeAnswer,
  type LossAnswer,
  type PredictionsAnswer,
  type TrainedAnswer,
  updates,
} from "./answers.ts";
import { CLASS, type FitAnswer, fitAnswer, invalid, isTensor, readResult, tensorsOf } from "./read_result.ts";

/** So small a step that no parameter moves, and yet not 0, which many programs take for "not given". */
const STANDSTILL = 1e-30;
/** Share of the images set aside for validation when the class is trained. */
export const PROGRAM_VALIDATION = 0.2;
/** Rows that predictions are asked for. */
const PREDICTED_ROWS = 50;

interface FitQuestion {
  /** Its parameters are where training starts; its rows are trained on. */
  readonly batch: Batch;
  readonly validation?: { readonly X: GradeTensor; readonly y: GradeTensor };
  readonly test?: GradeTensor;
  /** Options other than those of standing still. */
  readonly options: Readonly<Record<string, GradeValue>>;
}

/** Track ts: the answers of a program, which is called with batches that are not published. */
export class ProgramAnswers implements Answers {
  readonly #program: StudentProgram;
  readonly #programs: RubricSettings["programs"];
  readonly #dataset: () => Promise<GradeDataset>;
  readonly #t: GradeMessages;
  readonly #asked = new Map<string, Promise<CallResult>>();
  #predicted: Promise<Answer<PredictionsAnswer>> | undefined;
  /** The functions that have changed an argument so far, each with which. */
  readonly changed = new Map<string, string>();

  /**
   * Answers of this program.
   *
   * @param dataset the images to train the class on
   */
  constructor(
    program: StudentProgram,
    { programs, dataset, t }: {
      programs: RubricSettings["programs"];
      dataset: () => Promise<GradeDataset>;
      t: GradeMessages;
    },
  ) {
    this.#t = t;
    this.#program = program;
    this.#programs = programs;
    this.#dataset = dataset;
  }

  get activation(): CourseActivation {
    return this.#programs.training.activation;
  }

  async initialize(): Promise<Answer<InitializeAnswer>> {
    const { sizes, sigma } = this.#programs.initialize;
    const input = { sizes: vector(sizes), sigma, seed: this.#programs.seed };
    return this.#read(await this.#call("initialize", "initialize", input), "initialize", (value) => {
      const found = tensorsOf(value);
      return found && { found, sizes, sigma };
    });
  }

  async forward(
    { activation, large = false }: { activation: CourseActivation; large?: boolean },
  ): Promise<Answer<ForwardAnswer>> {
    const batch = this.batch({ large });
    const { X, parameters } = batch;
    const result = await this.#call(`forward ${activation} ${large}`, "forward", {
      X,
      parameters,
      activation,
    });
    return this.#read(result, "forward", (value) => {
      const found = tensorsOf(value);
      return found && { found, batch, activation };
    });
  }

  /** The probabilities of these rows, with tanh; null where there are none. */
  async probabilitiesOf({ X, parameters }: Pick<Batch, "X" | "parameters">): Promise<GradeTensor | null> {
    const result = await this.#ask("forward", { X, parameters, activation: "tanh" });
    return result.status === "ok" ? tensorsOf(result.value)?.probabilities ?? null : null;
  }

  /** The loss of these probabilities and labels; null where there is no number. */
  async lossOf(probabilities: GradeTensor, Y: GradeTensor): Promise<number | null> {
    const result = await this.#ask("loss", { probabilities, Y });
    return result.status === "ok" && typeof result.value === "number" ? result.value : null;
  }

  async loss(of: "batch" | "zero"): Promise<Answer<LossAnswer>> {
    const batch = this.batch();
    const probabilities = of === "zero" ? zeroProbabilities() : forward(batch, "tanh").probabilities;
    const Y = of === "zero" ? probeBatch().Y : batch.Y;
    return this.#read(
      await this.#call(`loss ${of}`, "loss", { probabilities, Y }),
      "loss",
      (value) => typeof value === "number" ? { found: value, probabilities: [probabilities], Y } : null,
    );
  }

  async gradients(
    { activation, reduction, batch = this.batch() }: {
      activation: CourseActivation;
      reduction: Reduction;
      batch?: Batch;
    },
  ): Promise<Answer<GradientsAnswer>> {
    const input = { ...batch, activation, reduction };
    const key = `gradients ${activation} ${reduction} ${batch.X.shape[0]}`;
    const result = await this.#call(key, "gradients", input);
    return this.#read(result, "gradients", (value) => {
      const found = tensorsOf(value);
      return found && { found, batch, activation, reduction, learningRate: PROBE_LEARNING_RATE };
    });
  }

  async step(
    { through, activation }: { through: "step" | "fit"; activation: CourseActivation },
  ): Promise<Answer<GradientsAnswer>> {
    const batch = this.batch();
    const learningRate = PROBE_LEARNING_RATE;
    if (through === "fit") return await this.#updateOfFit(batch, activation);
    const input = { ...batch, activation, reduction: "mean", learningRate };
    const result = await this.#call(`step ${activation}`, "step", input);
    return this.#read(result, "step", (value) => {
      const moved = tensorsOf(value);
      if (moved === null) return null;
      const found = updates(batch.parameters, moved, learningRate);
      return { found, batch, activation, reduction: "mean", learningRate };
    });
  }

  smallBatch(): Promise<Answer<GradientsAnswer>> {
    return this.#updateOfFit(this.batch({ rows: PROBE_ROWS.small }), "tanh");
  }

  predictions(): Promise<Answer<PredictionsAnswer>> {
    return this.#predicted ??= this.#predict();
  }

  async #predict(): Promise<Answer<PredictionsAnswer>> {
    const batch = this.batch({ rows: PREDICTED_ROWS });
    const { X, parameters } = batch;
    const fit = await this.fit({ batch: this.batch(), test: X, options: { parameters } });
    if (fit.status !== "ok") return fit;
    if (fit.value.predictions === null) return invalid(this.#t.checks.program.labels);
    const forwarded = await this.#call("forward predicted", "forward", { X, parameters, activation: "tanh" });
    const own = forwarded.status === "ok" ? tensorsOf(forwarded.value)?.probabilities ?? null : null;
    return {
      status: "ok",
      value: {
        found: [...fit.value.predictions.data],
        batch,
        activation: "tanh",
        own,
        after: fit.value.parameters,
      },
    };
  }

  async trained(): Promise<Answer<TrainedAnswer>> {
    const { training, seed } = this.#programs;
    const dataset = await this.#dataset();
    const { train, validation } = dataset.split({ validation: PROGRAM_VALIDATION, seed });
    const { hidden, activation, sigma, learning_rate, batch_size, epochs } = training;
    const result = await this.#call("trained", "fit_predict", {
      options: {
        hidden: vector(hidden),
        classes: dataset.classes,
        activation,
        sigma,
        learningRate: learning_rate,
        batchSize: batch_size,
        epochs,
        reduction: "mean",
        seed,
      },
      X: train.X,
      y: train.y,
      XVal: validation.X,
      yVal: validation.y,
      XTest: dataset.testImages(),
    });
    return this.#read(result, CLASS, (value) => {
      const fit = fitAnswer(value);
      if (fit === null || fit.parameters === null) return null;
      const predictions = fit.predictions === null ? null : [...fit.predictions.data];
      return { parameters: fit.parameters, activation, predictions };
    }, this.#t.checks.program.afterFit);
  }

  async misclassified(
    { predictions, labels }: { predictions: readonly number[]; labels: readonly number[] },
  ): Promise<Answer<readonly number[]>> {
    const input = { predictions: vector(predictions), labels: vector(labels) };
    return this.#read(
      await this.#ask("misclassified", input),
      "misclassified",
      (value) => isTensor(value) && value.shape.length === 1 ? [...value.data] : null,
    );
  }

  /** Runs the class, by default standing still at the given parameters. */
  async fit({ batch, validation, test, options }: FitQuestion): Promise<Answer<FitAnswer>> {
    const input = {
      options: {
        hidden: vector(PROBE_SIZES.slice(1, -1)),
        classes: PROBE_SIZES[3],
        activation: "tanh",
        sigma: 0.01,
        learningRate: STANDSTILL,
        batchSize: PROBE_ROWS.full,
        epochs: 1,
        reduction: "mean",
        seed: this.#programs.seed,
        parameters: batch.parameters,
        ...options,
      },
      X: batch.X,
      y: labelsOf(batch.Y),
      XVal: validation?.X ?? null,
      yVal: validation?.y ?? null,
      XTest: test ?? batch.X,
    };
    return this.#read(await this.#program.call("fit_predict", input), CLASS, fitAnswer);
  }

  /** A batch of the rubric's own. Each has its own numbers. */
  batch({ rows = PROBE_ROWS.full, large = false }: { rows?: number; large?: boolean } = {}): Batch {
    const seed = this.#programs.seed * 100 + rows;
    return drawBatch({ seed, rows, sizes: PROBE_SIZES, large });
  }

  /** What one epoch of one batch moves. */
  async #updateOfFit(batch: Batch, activation: CourseActivation): Promise<Answer<GradientsAnswer>> {
    const learningRate = PROBE_LEARNING_RATE;
    const fit = await this.fit({ batch, options: { activation, learningRate } });
    if (fit.status !== "ok") return fit;
    const { parameters } = fit.value;
    if (parameters === null) return invalid(this.#t.checks.program.parameters(CLASS));
    const found = updates(batch.parameters, parameters, learningRate);
    return { status: "ok", value: { found, batch, activation, reduction: "mean", learningRate } };
  }

  #read<T>(
    result: CallResult,
    name: string,
    interpret: (value: GradeValue) => T | null,
    expects?: string,
  ): Answer<T> {
    return readResult(result, name, interpret, this.#t, expects);
  }

  /** Each question is put once, however many checks want its answer. */
  #call(key: string, name: string, input: GradeValue): Promise<CallResult> {
    const asked = this.#asked.get(key) ?? this.#ask(name, input);
    this.#asked.set(key, asked);
    return asked;
  }

  async #ask(name: string, input: GradeValue): Promise<CallResult> {
    const result = await this.#program.call(name, input);
    if (result.status === "ok" && result.changed !== undefined && !this.changed.has(name)) {
      this.changed.set(name, result.changed);
    }
    return result;
  }
}

/** One-hot labels as numbers. */
export function labelsOf(Y: GradeTensor): GradeTensor {
  return vector(argmax(Y));
}
