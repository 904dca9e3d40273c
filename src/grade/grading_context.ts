import type { Answers, TrainedAnswer } from "./answers/answers.ts";
import { PROGRAM_VALIDATION, type ProgramAnswers } from "./answers/program_answers.ts";
import { trainedNetwork } from "./answers/trained_network.ts";
import {
  type Available,
  type GradeDataset,
  type GradeEngine,
  type NetworkEvaluation,
  type ReferenceEpoch,
  type ReferenceRun,
  type TrainedNetwork,
  trainingCost,
  type TrainingSettings,
} from "./engine.ts";
import type { Manifest } from "./manifest.ts";
import type { Mistake, Place } from "./mistakes/mistake.ts";
import type { Language } from "../settings/setting.ts";
import { type GradeMessages, gradeMessages } from "./messages/messages.ts";
import { notGraded, type Outcome, unanswered } from "./outcome.ts";
import type { RubricSettings } from "./rubric_settings.ts";
import { showNumber } from "./show_number.ts";
import type { Submission } from "./submission.ts";

/** The trained network, run on the test images. */
export interface Evaluated {
  /** As handed in. */
  readonly answer: TrainedAnswer;
  /** The same, checked. */
  readonly network: TrainedNetwork;
  readonly dataset: GradeDataset;
  readonly test: NetworkEvaluation;
}

/** What the checks of one submission share. What several of them need is made once. */
export class GradingContext {
  readonly submission: Submission;
  readonly manifest: Manifest;
  readonly rubric: RubricSettings;
  readonly engine: GradeEngine;
  readonly answers: Answers;
  /** The same answers in track ts, which can be asked more; null in track artifact. */
  readonly program: ProgramAnswers | null;
  /** What is said to the student, in the rubric's language. */
  readonly t: GradeMessages;
  /** Mistakes that cost points in the checks made so far. */
  readonly charged = new Set<Mistake>();
  /** Parts of the work in which checks made so far found an error, whether a mistake is known that explains it or not. */
  readonly chargedPlaces = new Set<Place>();
  #evaluated: Promise<Evaluated | Outcome> | undefined;

  constructor(
    given: Pick<GradingContext, "submission" | "manifest" | "rubric" | "engine" | "answers" | "program"> & {
      language?: Language;
    },
  ) {
    this.submission = given.submission;
    this.manifest = given.manifest;
    this.rubric = given.rubric;
    this.engine = given.engine;
    this.answers = given.answers;
    this.program = given.program;
    this.t = gradeMessages(given.language ?? "en");
  }

  /** With what the network was trained. */
  get settings(): TrainingSettings {
    if (this.program !== null) {
      const { training } = this.rubric.programs;
      return { ...training, dataset: "strokes", validation: PROGRAM_VALIDATION, reduction: "mean" };
    }
    const { hidden, sigma, learning_rate, batch_size, epochs, reduction, split } = this.manifest;
    const { dataset } = this.rubric;
    return {
      dataset,
      limit: null,
      validation: split,
      hidden,
      activation: this.answers.activation,
      sigma,
      learning_rate,
      batch_size,
      epochs,
      reduction,
    };
  }

  /** The images that it was trained and is tested on. */
  dataset(): Promise<Available<GradeDataset>> {
    const { dataset, limit } = this.settings;
    return this.engine.dataset(dataset, limit ?? undefined);
  }

  /** Our own runs with the same settings. */
  runs(): Promise<Available<readonly ReferenceRun[]>> {
    return this.#affordable(() => this.engine.runs(this.settings, this.rubric.reference.seeds));
  }

  /** Our own run with the same settings and the manifest's seeds, epoch by epoch. */
  trace(): Promise<Available<readonly ReferenceEpoch[]>> {
    return this.#affordable(() => this.engine.trace(this.settings, this.manifest.seeds));
  }

  /** A manifest's numbers are a student's: what they make us compute has a limit. */
  #affordable<T>(get: () => Promise<Available<T>>): Promise<Available<T>> {
    const cost = trainingCost(this.settings);
    const { max_cost } = this.rubric.reference;
    if (cost <= max_cost) return get();
    const reason =
      `to train with the manifest's hyperparameters costs ${
        showNumber(cost)
      } times the course's own training, ` +
      `more than the rubric's reference.max_cost, ${max_cost}`;
    return Promise.resolve({ ok: false, reason });
  }

  /** The trained network on the test images, or the outcome of every check that would need it. */
  evaluated(): Promise<Evaluated | Outcome> {
    return this.#evaluated ??= this.#evaluate();
  }

  async #evaluate(): Promise<Evaluated | Outcome> {
    const dataset = await this.dataset();
    if (!dataset.ok) return notGraded(dataset.reason);
    const trained = await this.answers.trained();
    if (trained.status !== "ok") return unanswered(trained);
    const network = trainedNetwork(trained.value, dataset.value);
    if (!network.ok) return unanswered({ status: "invalid", message: network.reason });
    const test = dataset.value.evaluate(network.value);
    return { answer: trained.value, network: network.value, dataset: dataset.value, test };
  }
}
