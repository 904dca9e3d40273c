import type { Answers, TrainedAnswer } from "./answers/answers.ts";
import { PROGRAM_VALIDATION, type ProgramAnswers } from "./answers/program_answers.ts";
import { type ValidationImages, validationImages, validationShare } from "./answers/validation_images.ts";
import { differing } from "./answers/differing.ts";
import { type ForwardMistakes, forwardMistakes } from "./answers/forward_mistakes.ts";
import { type OwnSoftmax, ownSoftmax, predictedWith } from "./answers/own_softmax.ts";
import { type OtherInputs, recogniseInputs } from "./answers/recognise_inputs.ts";
import { trainedNetwork } from "./answers/trained_network.ts";
import {
  type Available,
  type GradeDataset,
  type GradeEngine,
  type ImagesAside,
  type NetworkEvaluation,
  type ReferenceEpoch,
  type ReferenceRun,
  type TrainedNetwork,
  trainingCost,
  trainingImages,
  type TrainingSeeds,
  type TrainingSettings,
} from "./engine.ts";
import type { Manifest, Setting } from "./manifest.ts";
import { FIT } from "./mistakes/fit.ts";
import type { Mistake, Place } from "./mistakes/mistake.ts";
import { scaledWrongly } from "./mistakes/pixels.ts";
import type { Language } from "../settings/setting.ts";
import { type GradeMessages, gradeMessages, messagesOfNotebook } from "./messages/messages.ts";
import { graded, notGraded, type Outcome, unanswered } from "./outcome.ts";
import { LEAST_EPSILON, MOST_EPSILON } from "./reference/functions.ts";
import { RIGHT } from "./reference/method.ts";
import { addedBias } from "./reference/network.ts";
import { unmetRequirements, withoutSettings } from "./requirements.ts";
import type { RubricSettings } from "./rubric_settings.ts";
import { showNumber } from "./show_number.ts";
import type { GradeTensor } from "./student_program.ts";
import { MANIFEST, type Submission } from "./submission.ts";

/** The trained network, run on the test images. */
export interface Evaluated {
  /** As handed in. */
  readonly answer: TrainedAnswer;
  /** The same, checked. */
  readonly network: TrainedNetwork;
  readonly dataset: GradeDataset;
  /** As the student ran it: with the own softmax where that gives the predictions handed in. */
  readonly test: NetworkEvaluation;
  /** With the softmax as it should be. */
  readonly right: NetworkEvaluation;
  /** Mistakes of the student's forward propagation with which it is run, as the student ran it. */
  readonly mistakes: readonly Mistake[];
  /** Null where the student's softmax is as it should be, or nobody knows it. */
  readonly softmax: OwnSoftmax | null;
  /** Other inputs than those that are asked for, of which it makes the predictions handed in; null where there are none. */
  readonly other: OtherInputs | null;
  /** Where it takes each class for a neighbour, as its labels were off by one: that mistake. */
  readonly shifted: Mistake | null;
}

/** How the network does where it does best: as it should be run, or as the student ran it, on the inputs that are asked for or others. */
export function bestTest(
  { right, test, other }: Pick<Evaluated, "right" | "test" | "other">,
): NetworkEvaluation {
  return [test, ...(other === null ? [] : [other.test])]
    .reduce((best, ran) => ran.accuracy > best.accuracy ? ran : best, right);
}

/** An accuracy that no network has by chance. */
const CERTAIN = 0.5;
/** Test images that rounding may decide. */
export const FEW = 2;

/** The course draws everything with these. */
const COURSE_SEEDS: TrainingSeeds = { split: 0, init: 0, shuffle: 0 };

/** A run of ours that a learning curve was compared with. */
export interface ComparedRun {
  readonly epochs: readonly ReferenceEpoch[];
  /** Whether it has the manifest's seeds, and not only its settings. */
  readonly sameSeeds: boolean;
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
  /** Those of them of which the error changes how a network learns. */
  readonly spoiltPlaces = new Set<Place>();
  /** Those of them that cost points there, or will if no other check does. */
  readonly lostPlaces = new Set<Place>();
  /** What the learning curve was compared with, once it was. */
  comparedRun: ComparedRun | null = null;
  #evaluated: Promise<Evaluated | Outcome> | undefined;
  #validation: ValidationImages | undefined;

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
    const { language = "en", submission: { notebook } } = given;
    this.t = notebook === undefined ? gradeMessages(language) : messagesOfNotebook(language);
  }

  /** Settings of the training that a notebook does not show: none of them is taken for the course's, as those are that a manifest leaves out. */
  get unknownSettings(): readonly Setting[] {
    const { notebook } = this.submission;
    return notebook === undefined || notebook.kept.includes(MANIFEST) ? [] : this.manifest.unstated;
  }

  /** With what the network was trained, as far as that is known. */
  get settings(): TrainingSettings {
    if (this.program !== null) {
      const { training } = this.rubric.programs;
      return { ...training, dataset: "strokes", validation: PROGRAM_VALIDATION, reduction: "mean" };
    }
    const { hidden, sigma, learning_rate, batch_size, epochs, reduction } = this.manifest;
    const { dataset } = this.rubric;
    return {
      dataset,
      limit: null,
      validation: validationShare(this.validation(), this.manifest, trainingImages({ dataset, limit: null })),
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

  /** Our own runs with the same settings, of fewer epochs where all cost too much. */
  runs(): Promise<Available<readonly ReferenceRun[]>> {
    return this.#affordable((settings) => this.engine.runs(settings, this.rubric.reference.seeds));
  }

  /**
   * Our own run with the same settings, epoch by epoch: its first epochs where all cost too much.
   *
   * @param seeds the manifest's, or the course's own, of which one run serves all students with the same settings
   */
  trace(seeds: "own" | "course"): Promise<Available<readonly ReferenceEpoch[]>> {
    const which = seeds === "own" ? this.manifest.seeds : COURSE_SEEDS;
    return this.#affordable((settings) => this.engine.trace(settings, which));
  }

  /** Whether the manifest's seeds are the course's. */
  get hasCourseSeeds(): boolean {
    const { split, init, shuffle } = this.manifest.seeds;
    return split === COURSE_SEEDS.split && init === COURSE_SEEDS.init && shuffle === COURSE_SEEDS.shuffle;
  }

  /** How many of the manifest's epochs our own runs make: a manifest's numbers are a student's, and what they make us compute has a limit. */
  get comparedEpochs(): number {
    const { settings, rubric: { reference: { max_cost } } } = this;
    const cost = trainingCost(settings);
    return cost <= max_cost ? settings.epochs : Math.floor(settings.epochs * max_cost / cost);
  }

  #affordable<T>(get: (settings: TrainingSettings) => Promise<Available<T>>): Promise<Available<T>> {
    const { settings, comparedEpochs: epochs } = this;
    if (epochs > 0) return get(epochs === settings.epochs ? settings : { ...settings, epochs });
    const cost = showNumber(trainingCost({ ...settings, epochs: 1 }));
    return Promise.resolve({ ok: false, fault: ["tooCostly", cost, this.rubric.reference.max_cost] });
  }

  /** Which training images the student set aside. */
  validation(): ValidationImages {
    const { submission, manifest, rubric: { dataset }, t } = this;
    const count = trainingImages({ dataset, limit: null });
    return this.#validation ??= validationImages(submission, manifest, { count, t: t.files });
  }

  /** The trained network's loss on the images that were set aside; null where none were, or nobody knows which. */
  validationLoss({ network, dataset }: Evaluated): number | null {
    const images = this.validation();
    if (images.kind === "none" || images.kind === "unknown") return null;
    return dataset.validate(network, images)?.loss ?? null;
  }

  /**
   * Whether this may be the trained network's loss on the images that were set aside, which are known: the logarithm may be kept from 0,
   * by adding up to MOST_EPSILON or by a bound below which no probability falls. `own` where it is that of the student's own softmax,
   * `shifted` where it is that of labels that are off by one.
   */
  isValidationLoss(
    evaluated: Evaluated,
    found: number,
    rtol: number,
  ): "exactly" | "clipped" | "own" | "shifted" | null {
    const images = this.validation();
    if (images.kind === "none" || images.kind === "unknown") return null;
    const { dataset, network, softmax, other, shifted } = evaluated;
    const isNear = (loss: number) => Math.abs(found - loss) <= rtol * Math.abs(loss);
    let labels: Uint8Array = new Uint8Array();
    let clipped = false;
    for (const tried of [network, ...(other === null ? [] : [other.network])]) {
      const validated = dataset.validate(tried, images);
      if (validated === null) return null;
      if (isNear(validated.loss)) return "exactly";
      ({ labels } = validated);
      if (found > validated.loss) continue;
      const least = crossEntropy(RIGHT.softmax(dataset.logits(tried, images)), labels, MOST_EPSILON);
      clipped ||= found >= (1 - rtol) * least;
    }
    // With probabilities that are known the logarithm may be kept from 0 too.
    const isBetween = (probabilities: GradeTensor, labels: Uint8Array) =>
      found >= (1 - rtol) * crossEntropy(probabilities, labels, MOST_EPSILON) &&
      found <= (1 + rtol) * crossEntropy(probabilities, labels, LEAST_EPSILON);
    if (softmax !== null) {
      const logits = dataset.logits(network, images);
      if (softmax.ways.some((way) => isBetween(way(logits), labels))) return "own";
    }
    if (clipped) return "clipped";
    if (shifted === null) return null;
    const offset = shifted === FIT.labels_one_too_large ? 1 : -1;
    const neighbours = labels.map((label) => (label + offset + dataset.classes) % dataset.classes);
    return isBetween(RIGHT.softmax(dataset.logits(network, images)), neighbours) ? "shifted" : null;
  }

  /** Its losses on the test images with each softmax of a mistake that was charged: a training may have it where the network itself has not. */
  lossesOfCharged({ network, dataset }: Evaluated): number[] {
    const ways = [...this.charged].flatMap(({ variants }) =>
      variants.flatMap(({ softmax }) => softmax ?? [])
    );
    if (ways.length === 0) return [];
    const logits = dataset.logits(network, "test");
    return ways.map((softmax) => crossEntropy(softmax(logits), dataset.testLabels, LEAST_EPSILON));
  }

  /** The trained network's loss on the images that were not set aside; null where nobody knows which those are. */
  trainingLoss({ network, dataset }: Evaluated): number | null {
    const images = this.validation();
    if (images.kind === "unknown") return null;
    const aside = new Set(images.kind === "none" ? [] : dataset.validate(network, images)?.rows ?? []);
    const count = trainingImages({ dataset: this.settings.dataset, limit: this.settings.limit });
    const rows = Array.from({ length: count }, (_, row) => row).filter((row) => !aside.has(row));
    return dataset.validate(network, { rows })?.loss ?? null;
  }

  /**
   * Whether the network reaches the accuracy that the rubric asks of one that has learned; false where there is none to look at, null where
   * the rubric does not ask, or it could not be run here.
   */
  async learned(): Promise<boolean | null> {
    const { learned } = this.rubric;
    if (learned === undefined) return null;
    const evaluated = await this.evaluated();
    if (
      !("status" in evaluated) && (evaluated.shifted !== null || bestTest(evaluated).accuracy >= learned)
    ) return true;
    if (this.trainedShort() !== null) return null;
    if ("status" in evaluated) return evaluated.status === "not_graded" ? null : false;
    return false;
  }

  /**
   * Why our own training is nothing to compare with: the manifest is not as the rubric asks, the network has not learned, as ours with
   * the same settings may not have either, or nobody knows its settings. Null where nothing stands in the way, and where there is no
   * network to look at.
   */
  async incomparable(): Promise<Outcome | null> {
    const t = this.t.files;
    const unknown = this.unknownSettings;
    const unmet = this.program === null
      ? unmetRequirements(this.manifest, withoutSettings(this.rubric.require, unknown), t)
      : [];
    const short = this.trainedShort();
    if (unmet.length > 0) {
      const reason = this.submission.notebook === undefined
        ? t.requirementsUnmet(unmet)
        : t.notebook.requirementsUnmet(unmet);
      return short ?? graded(0, reason, { hint: t.requirementsHint });
    }
    const evaluated = await this.evaluated();
    // Units and reduction are seen where there is a network: nobody is to write them.
    const asked = unknown.filter((name) => name !== "hidden" && name !== "reduction");
    const open = unknown.length === 0
      ? null
      : notGraded(["settingsUnknown", asked.length > 0 ? asked : unknown], this.t);
    if ("status" in evaluated) return open;
    const learned = await this.learned();
    if (short !== null && learned === null && this.rubric.learned !== undefined) return short;
    if (learned !== false) return open;

    const reason = t.notLearned(showNumber(100 * (this.rubric.learned ?? 0)));
    const pixels = this.likelyCause === null ? scaledWrongly(this.submission.notebook?.pixels) : null;
    const hint = pixels === null
      ? t.notLearnedHint(this.likelyCause)
      : this.t.checks.mistakes[pixels.id].hint;
    return graded(0, reason, { hint });
  }

  /** What has cost points in the checks made so far and may keep a network from learning: the likeliest; null where nothing has. */
  get likelyCause(): "gradients" | "forward" | "initialize" | null {
    const lost = (...places: Place[]) => places.some((place) => this.lostPlaces.has(place));
    if (lost("backward", "update", "fit", "batches")) return "gradients";
    return lost("forward") ? "forward" : lost("initialize") ? "initialize" : null;
  }

  /** The outcome of what depends on how well a network has learned that we trained for fewer epochs than we should have; null for others. */
  trainedShort(): Outcome | null {
    const { notebook, weights } = this.submission;
    const asked = notebook?.shortOf ?? null;
    const made = notebook?.trainedByUs ?? null;
    // Without an epoch of ours the weights are those that were handed in.
    if (asked === null || made === null && weights !== null) return null;
    return notGraded(["notebookTrainedShort", made ?? 0, asked], this.t);
  }

  /** The trained network on the test images, or the outcome of every check that would need it. */
  evaluated(): Promise<Evaluated | Outcome> {
    return this.#evaluated ??= this.#evaluate();
  }

  get #aside(): ImagesAside | null {
    const images = this.validation();
    return images.kind === "none" || images.kind === "unknown" ? null : images;
  }

  async #evaluate(): Promise<Evaluated | Outcome> {
    const dataset = await this.dataset();
    if (!dataset.ok) return notGraded(dataset.fault, this.t);
    const trained = await this.answers.trained();
    if (trained.status !== "ok") return unanswered(trained);
    const network = trainedNetwork(trained.value, dataset.value, this.t.files);
    if (!network.ok) {
      // A network that has diverged is of the right form.
      return network.diverged === true
        ? graded(0, network.reason, { hint: this.t.files.trainedFiniteHint })
        : unanswered({ status: "invalid", message: network.reason });
    }
    if (this.unknownSettings.includes("activation")) {
      return notGraded(["settingsUnknown", ["activation"]], this.t);
    }
    const own = await forwardMistakes(this.answers);
    const run = own === null ? { network: network.value, mistakes: [] } : withMistakes(network.value, own);
    const right = dataset.value.evaluate(run.network);
    const { predictions } = trained.value;
    const differ = this.program === null && predictions !== null &&
      predictions.length === right.predictions.length &&
      differing(predictions, right.predictions) > FEW;
    const softmax = own === null ? null : ownSoftmax(own, this.settings.batch_size);
    const predicted = differ && softmax !== null
      ? predictedWith(softmax, {
        logits: dataset.value.logits(run.network, "test"),
        labels: dataset.value.testLabels,
        predictions,
        few: FEW,
        right,
      })
      : null;
    const test = predicted ?? right;
    return {
      answer: trained.value,
      dataset: dataset.value,
      ...run,
      right,
      test,
      softmax,
      other: differ && predicted === null
        ? recogniseInputs(run.network, predictions, { dataset: dataset.value, aside: this.#aside })
        : null,
      shifted: shiftOf(test, dataset.value),
    };
  }
}

/** The network as the student runs it: with the biases that are really used. */
function withMistakes(
  { parameters, activation }: TrainedNetwork,
  { mistakes, method }: ForwardMistakes,
): Pick<Evaluated, "network" | "mistakes"> {
  const used = Object.entries(parameters).map(([name, array]) =>
    [name, name.startsWith("B") ? addedBias(method, array, Number(name.slice(1))) : array] as const
  );
  return {
    network: { parameters: Object.fromEntries(used), activation },
    mistakes: mistakes.filter(({ variants }) =>
      variants.some(({ biases, addsBias }) => biases !== undefined || addsBias !== undefined)
    ),
  };
}

/** The mistake of labels that are off by one, where the predictions are right but for that. */
function shiftOf(
  { predictions }: NetworkEvaluation,
  { testLabels, classes }: GradeDataset,
): Mistake | null {
  const rightWith = (offset: number) =>
    predictions.reduce(
      (sum, label, i) => sum + Number((testLabels[i] + offset + classes) % classes === label),
      0,
    ) / testLabels.length;
  if (rightWith(1) >= CERTAIN) return FIT.labels_one_too_large;
  return rightWith(-1) >= CERTAIN ? FIT.labels_one_too_small : null;
}

/** The mean cross-entropy of probabilities (n, C), to which `epsilon` is added. */
function crossEntropy({ shape: [rows, C], data }: GradeTensor, labels: Uint8Array, epsilon: number): number {
  return labels.reduce((sum, label, i) => sum - Math.log(data[i * C + label] + epsilon), 0) / rows;
}
