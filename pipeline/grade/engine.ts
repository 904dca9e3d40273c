import type { DatasetName } from "../../src/data/catalogue.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import type {
  Available,
  GradeDataset,
  GradeEngine,
  ReferenceEpoch,
  ReferenceRun,
  TrainingSeeds,
  TrainingSettings,
} from "../../src/grade/engine.ts";
import { type Fault, sayFault } from "../../src/grade/fault.ts";
import { gradeMessages } from "../../src/grade/messages/messages.ts";
import { activationOf } from "../../src/nn/activation.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { UserError } from "../system/errors.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import { remark } from "../progress/events.ts";
import { performRungs } from "../runs/perform_rungs.ts";
import { prepareData, type PreparedData } from "../runs/prepare_data.ts";
import { planRuns } from "../runs/run.ts";
import { performStep } from "../steps/perform_step.ts";
import type { StepContext } from "../steps/step.ts";
import { trainParameters } from "../steps/train.ts";
import { Limiter } from "../system/limiter.ts";
import { LazyPool } from "../workers/lazy_pool.ts";
import { ImageDataset } from "../../src/grade/image_dataset.ts";
import type { ReferenceFile } from "./reference_file.ts";
import { type TraceFacts, traceParameters, traceStep } from "./trace.ts";

/**
 * The engine that trains, as grading needs it: data sets through the download and preprocess steps, reference runs from the shipped file,
 * the store, or by training now. Everything is asked for once, however many submissions need it.
 */
export class PipelineEngine implements GradeEngine {
  readonly #context: StepContext;
  readonly #mirror: string | undefined;
  readonly #workers: number;
  readonly #reference: ReferenceFile;
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly #warned = new Set<string>();
  /** One training at a time: each takes all workers. */
  readonly #training = new Limiter(1);

  constructor(
    { context, mirror, workers, reference }: {
      context: StepContext;
      mirror: string | undefined;
      workers: number;
      reference: ReferenceFile;
    },
  ) {
    this.#context = context;
    this.#mirror = mirror;
    this.#workers = workers;
    this.#reference = reference;
  }

  dataset(name: DatasetName, limit?: number): Promise<Available<GradeDataset>> {
    return this.#available(() => this.#dataset(name, limit));
  }

  runs(settings: TrainingSettings, seeds: readonly number[]): Promise<Available<readonly ReferenceRun[]>> {
    return this.#available(() =>
      this.#once(`runs ${canonicalJson({ settings, seeds })}`, async () => {
        const shipped = this.#reference.findRuns(settings, seeds);
        if (shipped !== null) return shipped;
        const runs = await this.#training.run(() => this.#train(settings, seeds));
        this.#reference.addRuns(settings, runs);
        return runs;
      })
    );
  }

  trace(settings: TrainingSettings, seeds: TrainingSeeds): Promise<Available<readonly ReferenceEpoch[]>> {
    return this.#available(() =>
      this.#once(`trace ${canonicalJson({ settings, seeds })}`, async () => {
        const shipped = this.#reference.findTrace(settings, seeds);
        if (shipped !== null) return shipped;
        const { epochs } = await this.#trace(settings, seeds);
        this.#reference.addTrace(settings, seeds, epochs);
        if (epochs.length < settings.epochs) {
          throw new NotHere(["ownRunDiverges", epochs.length + 1]);
        }
        return epochs;
      })
    );
  }

  /** The images themselves, for what reads them elsewhere. */
  images(name: DatasetName): Promise<Available<Dataset>> {
    return this.#available(async () => (await this.#dataset(name)).images);
  }

  #dataset(name: DatasetName, limit?: number): Promise<ImageDataset> {
    return this.#once(`dataset ${name} ${limit}`, async () => {
      const { dataset: artifact } = await this.#images(name);
      const kernels = await this.#once("kernels", loadKernels);
      return new ImageDataset(kernels, decodeDataset((await artifact.read()).buffer), limit);
    });
  }

  #images(name: DatasetName): Promise<PreparedData> {
    return this.#once(`images ${name}`, () => this.#obtain(name));
  }

  /** What is wrong with the instructor's machine or network is told to the instructor; students read only that there were no images. */
  async #obtain(name: DatasetName): Promise<PreparedData> {
    try {
      const places = { mirror: this.#mirror, configFolder: "." };
      return await prepareData({ dataset: name }, {
        places,
        steps: { context: this.#context, perform: performStep },
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#context.emit({ type: "warning", message: error.message, ja: error.ja });
      throw new NotHere(["noImages", name], { cause: error });
    }
  }

  async #trace(settings: TrainingSettings, seeds: TrainingSeeds): Promise<TraceFacts> {
    const { dataset: artifact } = await this.#images(settings.dataset);
    const { facts } = await performStep(traceStep, {
      parameters: traceParameters(settings, seeds),
      inputs: { dataset: artifact },
      context: {
        ...this.#context,
        dataset: () => this.#dataset(settings.dataset, settings.limit ?? undefined),
      },
    });
    return facts;
  }

  /** Runs an experiment of these settings, one run a seed, as `sweep` would: what the store has is not trained again. */
  async #train(settings: TrainingSettings, seeds: readonly number[]): Promise<ReferenceRun[]> {
    const data = await this.#images(settings.dataset);
    const experiment = parseExperiment(JSON.stringify(experimentOf(settings, seeds)), {
      file: "reference run",
    });
    const trials = expandSweep(experiment);
    await using pool = new LazyPool({
      workers: this.#workers,
      dataset: data.dataset,
      trainings: () => planRuns(trials, experiment).map(({ trial, seeds }) => trainParameters(trial, seeds)),
      onNote: (note) => this.#context.emit(remark("note", note)),
      signal: this.#context.signal,
    });
    const work = { context: this.#context, data, pool };
    const results = await performRungs(trials, experiment, work);
    return results.map(({ row: { seed, test_accuracy, test_loss } }) => ({ seed, test_accuracy, test_loss }));
  }

  /** What is not the program's fault, such as files that cannot be downloaded, makes a thing not available; everything else is thrown. */
  async #available<T>(get: () => Promise<T>): Promise<Available<T>> {
    try {
      return { ok: true, value: await get() };
    } catch (error) {
      if (error instanceof NotHere) return { ok: false, fault: error.fault };
      if (!(error instanceof UserError)) throw error;
      this.#warnOnce(error);
      return { ok: false, fault: ["ownRunImpossible"] };
    }
  }

  /** However many submissions meet with it. */
  #warnOnce({ message, ja }: UserError): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#context.emit({ type: "warning", message, ja });
  }

  #once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const asked = (this.#asked.get(key) ?? make()) as Promise<T>;
    this.#asked.set(key, asked);
    return asked;
  }
}

/** Why something cannot be had here, for those who read it in their own language. */
class NotHere extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(sayFault(fault, gradeMessages("en")), options);
    this.fault = fault;
  }
}

/** The experiment, as a config would declare it, whose runs are the reference. */
function experimentOf(settings: TrainingSettings, seeds: readonly number[]) {
  const {
    dataset,
    limit,
    validation,
    hidden,
    activation,
    sigma,
    epochs,
    batch_size,
    learning_rate,
    reduction,
  } = settings;
  const written = hidden.length === 0 ? "identity" : hidden.map((_, l) => activationOf(activation, l + 1));
  return {
    name: "reference",
    dataset,
    preprocess: { scale: 255, validation, ...(limit === null ? {} : { limit }) },
    model: { hidden, activation: written, init: { method: "gaussian", sigma, bias: "gaussian" } },
    train: { epochs, batch_size, learning_rate, reduction, optimizer: "sgd", shuffle: "once" },
    seeds,
    report: { metric: "test_accuracy" },
  };
}
