import type { CourseActivations } from "../../nn/activation.ts";
import type { Tensors } from "../tensors.ts";
import type { Manifest } from "../manifest.ts";
import type { Unanswered } from "../outcome.ts";
import {
  largeProbeBatch,
  PROBE_LEARNING_RATE,
  probeBatch,
  smallProbeBatch,
  zeroProbabilities,
} from "../batch.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { forward } from "../reference/network.ts";
import type { Submission, SubmittedArrays } from "../submission.ts";
import {
  type Answer,
  type Answers,
  type ForwardAnswer,
  type GradientsAnswer,
  type InitializeAnswer,
  type LossAnswer,
  missingFile,
  type PredictionsAnswer,
  type TrainedAnswer,
  updates,
} from "./answers.ts";
import type { Sought } from "../messages/files_en.ts";
import { recogniseActivation } from "./recognise_activation.ts";
import { readPredictions } from "./read_tables.ts";

/** Track artifact: the answers that a program of the student's saved in probe.npz for the published batch. */
export class ArtifactAnswers implements Answers {
  readonly #submission: Submission;
  readonly #manifest: Manifest;
  readonly #sizes: readonly number[];
  /** Those that the saved probabilities show: the manifest's, or others, which forward propagation is charged for, and nothing else. */
  readonly activation: CourseActivations;
  readonly #t: GradeMessages;

  /**
   * Answers from these files.
   *
   * @param manifest with the reduction that the gradients are to have
   * @param sizes of the network that was trained: features, hidden, classes
   */
  constructor(
    submission: Submission,
    manifest: Manifest,
    sizes: readonly number[],
    t: GradeMessages,
  ) {
    this.#submission = submission;
    this.#manifest = manifest;
    this.#sizes = sizes;
    const { probabilities } = submission.probe ?? {};
    this.activation = recogniseActivation(manifest.activation, { batch: probeBatch(), probabilities });
    this.#t = t;
  }

  initialize(): Promise<Answer<InitializeAnswer>> {
    return this.#probe("init_W1", (probe) => ({
      found: withPrefix(probe, "init_"),
      sizes: this.#sizes,
      sigma: this.#manifest.sigma,
    }));
  }

  /** The activation is the manifest's. */
  forward({ large = false }: { large?: boolean }): Promise<Answer<ForwardAnswer>> {
    const { activation } = this.#manifest;
    return this.#probe(large ? "probabilities_large" : "probabilities", (probe) => {
      const { A1, A2, probabilities, probabilities_large } = probe;
      if (large) {
        const found = { probabilities: probabilities_large };
        return { found, batch: largeProbeBatch(), activation: this.activation };
      }
      const found = Object.entries({ A1, A2, probabilities }).filter(([, array]) => array !== undefined);
      return { found: Object.fromEntries(found), batch: probeBatch(), activation };
    });
  }

  loss(of: "batch" | "zero"): Promise<Answer<LossAnswer>> {
    const batch = probeBatch();
    const { Y } = batch;
    if (of === "zero") {
      return this.#number("loss_zero", (found) => ({ found, probabilities: [zeroProbabilities()], Y }));
    }
    return this.#number("loss", (found, { probabilities }) => {
      const right = forward(batch, this.activation).probabilities;
      const own = probabilities?.data.length === right.data.length ? [probabilities] : [];
      return { found, probabilities: [right, ...own], Y };
    });
  }

  /** The reduction is the manifest's. */
  gradients(): Promise<Answer<GradientsAnswer>> {
    return this.#probe("dW1", (probe) => this.#gradients(withPrefix(probe, "d")));
  }

  step(): Promise<Answer<GradientsAnswer>> {
    return this.#probe("new_W1", (probe) => {
      const { parameters } = probeBatch();
      return this.#gradients(updates(parameters, withPrefix(probe, "new_"), PROBE_LEARNING_RATE));
    });
  }

  smallBatch(): Promise<Answer<GradientsAnswer>> {
    const found = (probe: SubmittedArrays) => withPrefix(probe, "small_d");
    return this.#probe(
      "small_dW1",
      (probe) => ({ ...this.#gradients(found(probe)), batch: smallProbeBatch() }),
    );
  }

  predictions(): Promise<Answer<PredictionsAnswer>> {
    const { activation } = this;
    return this.#probe("predictions", ({ predictions, probabilities }) => ({
      found: [...predictions.data],
      batch: probeBatch(),
      activation,
      own: probabilities ?? null,
      after: null,
    }));
  }

  trained(): Promise<Answer<TrainedAnswer>> {
    const { weights } = this.#submission;
    if (weights === null) return Promise.resolve(missingFile(this.#submission, "weights.npz", this.#t));
    const { activation } = this;
    const { predictions } = this.#submission;
    const read = predictions === null ? null : readPredictions(predictions, this.#t.files);
    if (read?.ok === true) {
      return Promise.resolve({
        status: "ok",
        value: { parameters: weights, activation, predictions: read.value },
      });
    }
    const noPredictions = read?.reason ?? missingFile(this.#submission, "predictions.csv", this.#t).message;
    return Promise.resolve({
      status: "ok",
      value: { parameters: weights, activation, predictions: null, noPredictions },
    });
  }

  #gradients(found: Tensors): GradientsAnswer {
    const { activation } = this;
    const { reduction } = this.#manifest;
    return { found, batch: probeBatch(), activation, reduction, learningRate: PROBE_LEARNING_RATE };
  }

  /** An answer of probe.npz; it has one where it has the array `name`. */
  #probe<T>(name: string, read: (probe: SubmittedArrays) => T): Promise<Answer<T>> {
    const { probe, notebook } = this.#submission;
    if (probe === null) return Promise.resolve(missingFile(this.#submission, "probe.npz", this.#t));
    if (!Object.hasOwn(probe, name)) {
      const { noArray, notebook: said } = this.#t.files;
      const sought = SOUGHT_FOR.find(([pattern]) => pattern.test(name))?.[1];
      const why = notebook?.missing.find(({ what }) => what === sought)?.why ?? null;
      return Promise.resolve(missing(notebook === undefined ? noArray(name) : said.notGiven(name, why)));
    }
    return Promise.resolve({ status: "ok", value: read(probe) });
  }

  #number<T>(name: string, read: (found: number, probe: SubmittedArrays) => T): Promise<Answer<T>> {
    return this.#probe(
      name,
      (probe) => read(probe[name].data.length === 1 ? probe[name].data[0] : NaN, probe),
    );
  }
}

/** What an array of probe.npz is looked for as in a notebook. */
const SOUGHT_FOR: readonly (readonly [RegExp, Sought])[] = [
  [/^init_/, "init"],
  [/^loss/, "loss"],
  [/^(?:(?:small_)?d|new_)[WB]/, "step"],
  [/./, "forward"],
];

function missing(message: string): Unanswered {
  return { status: "missing", message };
}

/** The arrays W1, B1, ... whose names begin with `prefix`, without it. */
function withPrefix(arrays: SubmittedArrays, prefix: string): Tensors {
  const pattern = /^[WB]\d+$/;
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) => {
      const rest = name.slice(prefix.length);
      return name.startsWith(prefix) && pattern.test(rest) ? [[rest, array]] : [];
    }),
  );
}
