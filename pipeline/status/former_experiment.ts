import { resolve } from "node:path";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { manifestExperiment, readManifest } from "../results/manifest.ts";
import { planRuns } from "../runs/run.ts";
import { planDownload } from "../steps/download.ts";
import { trainParameters } from "../steps/train.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { UserError } from "../system/errors.ts";

/** What the last sweep into a results folder was about: what the store has of it is what an experiment was before. */
export class FormerExperiment {
  readonly #experiment: Experiment | null;
  readonly #parameters = new Map<string, ReadonlySet<string>>();

  private constructor(experiment: Experiment | null) {
    this.#experiment = experiment;
  }

  /** By the store's note or the folder's manifest. */
  static async read(out: string, store: Store): Promise<FormerExperiment> {
    const note = store.resultsNote(resolve(out));
    try {
      if (note) {
        return new FormerExperiment(
          parseExperiment(JSON.stringify(note.experiment), { file: out, recorded: true }),
        );
      }
      const manifest = await readManifest(out);
      return new FormerExperiment(manifest && manifestExperiment(manifest, out));
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof UserError)) throw error;
      return new FormerExperiment(null); // of another version of the program, or damaged
    }
  }

  /** Whether it had a step of these parameters. Those of other steps follow from these. */
  had(step: string, parameters: unknown): boolean {
    if (this.#experiment === null) return false;
    if (step !== "download" && step !== "train") return true;
    const known = this.#parameters.get(step) ??
      new Set(parametersOf(step, this.#experiment).map(canonicalJson));
    this.#parameters.set(step, known);
    return known.has(canonicalJson(parameters));
  }
}

function parametersOf(step: "download" | "train", experiment: Experiment): unknown[] {
  if (step === "download") return [planDownload(experiment.dataset, { configFolder: "." }).parameters];
  return planRuns(expandSweep(experiment), experiment).map(({ trial, seeds }) =>
    trainParameters(trial, seeds)
  );
}
