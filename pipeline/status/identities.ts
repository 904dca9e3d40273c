import type { Experiment } from "../../src/config/schema.ts";
import type { Run } from "../runs/run.ts";
import { downloadStep, planDownload } from "../steps/download.ts";
import { evaluateParameters, evaluateStep } from "../steps/evaluate.ts";
import { identify } from "../steps/perform_step.ts";
import { preprocessParameters, preprocessStep } from "../steps/preprocess.ts";
import { trainParameters, trainStep } from "../steps/train.ts";
import type { StepIdentity } from "../store/fingerprint.ts";

// What identifies each step of an experiment, without performing any.

export function downloadIdentity(dataset: Experiment["dataset"]): StepIdentity {
  // Where the files come from plays no part.
  const { parameters } = planDownload(dataset, { configFolder: "." });
  return identify(downloadStep, { parameters, inputs: {} });
}

/** `downloaded` are the hashes of what was downloaded, null where that is not there; null where they cannot be known then. */
export function preprocessIdentity(
  dataset: Experiment["dataset"],
  downloaded: Readonly<Record<string, string>> | null,
): StepIdentity | null {
  const { parameters } = planDownload(dataset, { configFolder: "." });
  const files = downloaded ?? ("sha256" in parameters ? parameters.sha256 : null);
  if (files === null) return null;
  const inputs = Object.fromEntries(Object.entries(files).map(([name, sha256]) => [name, { sha256 }]));
  return identify(preprocessStep, { parameters: preprocessParameters(dataset), inputs });
}

/** How far a training goes, its stage, is no part of it. */
export function trainIdentity({ trial, seeds }: Pick<Run, "trial" | "seeds">, dataset: string): StepIdentity {
  return identify(trainStep, {
    parameters: trainParameters(trial, seeds),
    inputs: { dataset: { sha256: dataset } },
  });
}

export function evaluateIdentity(
  { trial, seeds }: Pick<Run, "trial" | "seeds">,
  { dataset, weights, evaluate }: {
    dataset: string;
    weights: string;
    evaluate: Experiment["evaluate"];
  },
): StepIdentity {
  return identify(evaluateStep, {
    parameters: evaluateParameters(trial, { split: seeds.split, evaluate }),
    inputs: { dataset: { sha256: dataset }, weights: { sha256: weights } },
  });
}
