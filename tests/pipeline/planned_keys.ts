import type { Experiment } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { fingerprint, type StepIdentity } from "../../pipeline/store/fingerprint.ts";
import { planRuns } from "../../pipeline/runs/runner.ts";
import { evaluateIdentity, trainIdentity } from "../../pipeline/status/run_looks.ts";
import { downloadStep, planDownload } from "../../pipeline/steps/download.ts";
import { identify } from "../../pipeline/steps/perform_step.ts";
import { preprocessStep } from "../../pipeline/steps/preprocess.ts";
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
  const { parameters } = planDownload(experiment.dataset, { configFolder: "." });
  const download = add("download", identify(downloadStep, { parameters, inputs: {} }));
  const files = ["train_images", "train_labels", "test_images", "test_labels"];
  const inputs = Object.fromEntries(
    files.map((name) => [name, { sha256: hashBytes(`${download} ${name}`) }]),
  );
  const dataset = hashBytes(add("preprocess", identify(preprocessStep, { parameters: null, inputs })));
  for (const run of planRuns(expandSweep(experiment), experiment)) {
    const name = `${run.trial.index}-${run.seed}`;
    const train = add(`train ${name}`, trainIdentity(run, dataset));
    const weights = hashBytes(`${train} ${run.trial.train.epochs}`);
    add(`evaluate ${name}`, evaluateIdentity(run, { dataset, weights }));
  }
  return keys;
}
