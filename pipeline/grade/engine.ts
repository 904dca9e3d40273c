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
import { deriveSeeds } from "../../src/random/seeds.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { UserError } from "../system/errors.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import { planRuns } from "../runs/run.ts";
import { Runner } from "../runs/runner.ts";
import { downloadStep, planDownload } from "../steps/download.ts";
import { DEFAULT_PATIENCE } from "../steps/download/transfer.ts";
import { performStep } from "../steps/perform_step.ts";
import { type PreprocessFacts, preprocessStep } from "../steps/preprocess.ts";
import type { Artifact, StepContext } from "../steps/step.ts";
import { trainParameters } from "../steps/train.ts";
import { Limiter } from "../store/limiter.ts";
import { openPool } from "../workers/open_pool.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { ImageDataset } from "./image_dataset.ts";
import type { ReferenceFile } from "./reference_file.ts";
import { runStep, traceParameters, traceStep } from "./trace.ts";

const KERNELS = new URL("../../src/nn/kernels.wasm", import.meta.url);

/** A data set's preprocessed artifact, and what is known of it. */
interface Images {
  readonly artifact: Artifact;
  readonly facts: PreprocessFacts;
}

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

  dataset(name: "mnist" | "strokes", limit?: number): Promise<Available<GradeDataset>> {
    return available(() => this.#dataset(name, limit));
  }

  runs(settings: TrainingSettings, seeds: readonly number[]): Promise<Available<readonly ReferenceRun[]>> {
    return available(() =>
      this.#once(`runs ${canonicalJson({ settings, seeds })}`, async () => {
        const shipped = this.#reference.findRuns(settings, seeds);
        if (shipped !== null) return shipped;
        const mixed = typeof settings.activation !== "string";
        const runs = await this.#training.run(() =>
          mixed ? this.#trainMixed(settings, seeds) : this.#train(settings, seeds)
        );
        this.#reference.addRuns(settings, runs);
        return runs;
      })
    );
  }

  trace(settings: TrainingSettings, seeds: TrainingSeeds): Promise<Available<readonly ReferenceEpoch[]>> {
    return available(() =>
      this.#once(`trace ${canonicalJson({ settings, seeds })}`, async () => {
        const shipped = this.#reference.findTrace(settings, seeds);
        if (shipped !== null) return shipped;
        const { artifact } = await this.#images(settings.dataset);
        const { facts: { epochs } } = await performStep(traceStep, {
          parameters: traceParameters(settings, seeds),
          inputs: { dataset: artifact },
          context: {
            ...this.#context,
            dataset: () => this.#dataset(settings.dataset, settings.limit ?? undefined),
          },
        });
        this.#reference.addTrace(settings, seeds, epochs);
        if (epochs.length < settings.epochs) {
          throw new UserError(
            `our own run with these hyperparameters diverges in epoch ${
              epochs.length + 1
            }, so there is nothing to compare with`,
          );
        }
        return epochs;
      })
    );
  }

  #dataset(name: "mnist" | "strokes", limit?: number): Promise<ImageDataset> {
    return this.#once(`dataset ${name} ${limit}`, async () => {
      const { artifact } = await this.#images(name);
      const module = await this.#once(
        "kernels",
        async () => WebAssembly.compile(await Deno.readFile(KERNELS)),
      );
      return new ImageDataset(module, await artifact.read(), limit);
    });
  }

  #images(name: "mnist" | "strokes"): Promise<Images> {
    return this.#once(`images ${name}`, () => this.#obtain(name));
  }

  /** What is wrong with the instructor's machine or network is told to the instructor; students read only that there were no images. */
  async #obtain(name: "mnist" | "strokes"): Promise<Images> {
    try {
      const { parameters, origin } = planDownload(name, { mirror: this.#mirror, configFolder: "." });
      const context = { ...this.#context, origin, patience: DEFAULT_PATIENCE };
      const downloaded = await performStep(downloadStep, { parameters, inputs: {}, context });
      const { outputs, facts } = await performStep(preprocessStep, {
        parameters: null,
        inputs: downloaded.outputs,
        context: this.#context,
      });
      return { artifact: outputs.dataset, facts };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#context.emit({ type: "warning", message: error.message });
      throw new UserError(`the images of ${name} are not at hand`, { cause: error });
    }
  }

  /** Runs of several activations, one a seed, which no experiment can declare. */
  async #trainMixed(settings: TrainingSettings, seeds: readonly number[]): Promise<ReferenceRun[]> {
    const { artifact } = await this.#images(settings.dataset);
    const runs: ReferenceRun[] = [];
    for (const seed of seeds) {
      const { facts } = await performStep(runStep, {
        parameters: traceParameters(settings, deriveSeeds(seed)),
        inputs: { dataset: artifact },
        context: {
          ...this.#context,
          dataset: () => this.#dataset(settings.dataset, settings.limit ?? undefined),
        },
      });
      runs.push({ seed, ...facts });
    }
    return runs;
  }

  /** Runs an experiment of these settings, one run a seed, as `sweep` would: what the store has is not trained again. */
  async #train(settings: TrainingSettings, seeds: readonly number[]): Promise<ReferenceRun[]> {
    const { artifact, facts } = await this.#images(settings.dataset);
    const experiment = parseExperiment(JSON.stringify(experimentOf(settings, seeds)), {
      file: "reference run",
    });
    const runs = planRuns(expandSweep(experiment), experiment);
    let pool: Promise<WorkerPool> | null = null;
    const runner = new Runner({
      context: this.#context,
      dataset: artifact,
      trainCount: facts.train,
      testCount: facts.test,
      pool: () =>
        pool ??= openPool({
          workers: Math.min(this.#workers, runs.length),
          dataset: artifact,
          trainings: runs.map(({ trial, seeds }) => trainParameters(trial, seeds)),
        }),
    });
    const { signal } = this.#context;
    const stop = async () => (await pool)?.close(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    try {
      const results = await Promise.all(runs.map((run) => runner.find(run) ?? runner.perform(run)));
      return results.map(({ row: { seed, test_accuracy, test_loss } }) => ({
        seed,
        test_accuracy,
        test_loss,
      }));
    } finally {
      signal.removeEventListener("abort", stop);
      const opened = await (pool as Promise<WorkerPool> | null);
      opened?.close();
    }
  }

  #once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const asked = (this.#asked.get(key) ?? make()) as Promise<T>;
    this.#asked.set(key, asked);
    return asked;
  }
}

/** What is not the program's fault, such as files that cannot be downloaded, makes a thing not available; everything else is thrown. */
async function available<T>(get: () => Promise<T>): Promise<Available<T>> {
  try {
    return { ok: true, value: await get() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ok: false, reason: error.message.split("\n")[0] };
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
  return {
    name: "reference",
    dataset,
    preprocess: { scale: 255, validation, ...(limit === null ? {} : { limit }) },
    model: { hidden, activation, init: { method: "gaussian", sigma, bias: "gaussian" } },
    train: { epochs, batch_size, learning_rate, reduction, optimizer: "sgd", shuffle: "once" },
    seeds,
    report: { metric: "test_accuracy" },
  };
}
