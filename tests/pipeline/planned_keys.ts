import assert from "node:assert/strict";
import type { Experiment } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { fingerprint, type StepIdentity } from "../../pipeline/store/fingerprint.ts";
import { planRuns } from "../../pipeline/runs/run.ts";
import {
  downloadIdentity,
  evaluateIdentity,
  preprocessIdentity,
  trainIdentity,
} from "../../pipeline/status/identities.ts";
import { hashBytes } from "../../pipeline/store/hash.ts";

/**
 * The fingerprints of all steps of an experiment, by `<step>` and `<step> <trial>-<seed>`, without performing any: as if each output's
 * bytes were the fingerprint, and the stage, of the step that makes it.
 */
export function plannedKeys(experiment: Experiment): Map<string, string> {
  const keys = new Map<string, string>();
  const add = (name: string, identity: StepIdentity) => {
    const key = fingerprint(identity);
    keys.set(name, key);
    return key;
  };
  const download = add("download", downloadIdentity(experiment.dataset));
  const files = ["train_images", "train_labels", "test_images", "test_labels"];
  const outputs = Object.fromEntries(files.map((name) => [name, hashBytes(`${download} ${name}`)]));
  const preprocess = preprocessIdentity(experiment.dataset, outputs);
  assert.ok(preprocess);
  const dataset = hashBytes(add("preprocess", preprocess));
  for (const run of planRuns(expandSweep(experiment), experiment)) {
    const { name } = run;
    const train = add(`train ${name}`, trainIdentity(run, dataset));
    const weights = hashBytes(`${train} ${run.trial.train.epochs}`);
    add(`evaluate ${name}`, evaluateIdentity(run, { dataset, weights, evaluate: experiment.evaluate }));
  }
  return keys;
}
