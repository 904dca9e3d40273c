import type { Experiment } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import { fingerprint, type StepIdentity } from "../store/fingerprint.ts";
import { planRung } from "../runs/run.ts";
import { downloadIdentity, preprocessIdentity, trainIdentity } from "../status/identities.ts";
import { STEP_VERSIONS } from "../steps/step_versions.ts";
import type { Store } from "../store/store.ts";
import { listRecordFiles } from "../store/inventory.ts";
import type { StepRecord } from "../store/records.ts";

/** What a store must keep: artifacts by their hashes, and records by recordId(). */
interface Marks {
  readonly artifacts: Set<string>;
  readonly records: Set<string>;
}

/** These lead to all the others. */
const FIRST_STEPS = ["download", "preprocess", "train"];

/** The experiments' data sets and trainings, `files`, and every record of a later step whose inputs are all among that. */
export function mark(
  store: Store,
  { experiments, files }: { experiments: readonly Experiment[]; files: readonly string[] },
): Marks {
  const marks: Marks = { artifacts: new Set(files), records: new Set() };
  for (const experiment of experiments) markExperiment(store, { experiment, marks });
  markLaterSteps(store, marks);
  return marks;
}

export function recordId(
  { step, key, stage }: { step: string; key: string; stage?: number | undefined },
): string {
  return `${step} ${key} ${stage ?? ""}`;
}

function markExperiment(store: Store, { experiment, marks }: { experiment: Experiment; marks: Marks }): void {
  const { dataset } = experiment;
  const download = markRecord(store, { identity: downloadIdentity(dataset), marks });
  const identity = preprocessIdentity(dataset, download?.outputs ?? null);
  const preprocess = identity && markRecord(store, { identity, marks });
  if (preprocess === null) return;
  const trials = expandSweep(experiment);
  // Which trials take part in a later rung is not asked: more may be kept than is needed.
  for (const rung of sweepRungs(experiment, trials.count)) {
    for (const run of planRung(rung, trials, experiment)) {
      const identity = trainIdentity(run, preprocess.outputs.dataset);
      const wanted = run.trial.train.epochs;
      const stages = store.stages(identity.step, fingerprint(identity)).filter((stage) => stage <= wanted);
      // An unfinished training goes on from its last stage.
      const needed = stages.at(-1) === wanted ? [wanted] : stages;
      for (const stage of needed) markRecord(store, { identity, stage, marks });
    }
  }
}

function markRecord(
  store: Store,
  { identity, stage, marks }: { identity: StepIdentity; stage?: number | undefined; marks: Marks },
): StepRecord | null {
  const { step } = identity;
  const key = fingerprint(identity);
  const record = store.readRecord(step, key, stage);
  if (record) add(marks, { step, key, stage }, record);
  return record;
}

function markLaterSteps(store: Store, marks: Marks): void {
  const versions: Readonly<Record<string, number>> = STEP_VERSIONS;
  const later = [...listRecordFiles(store)].filter(({ step }) => !FIRST_STEPS.includes(step))
    .flatMap(({ step, key, stage }) => {
      const record = store.readRecord(step, key, stage);
      return record && versions[step] === record.version ? [{ id: { step, key, stage }, record }] : [];
    });
  const isMarked = (sha256: string) => marks.artifacts.has(sha256);
  for (let open = later;;) {
    const ready = open.filter(({ record }) => Object.values(record.inputs).every(isMarked));
    if (ready.length === 0) return;
    for (const { id, record } of ready) add(marks, id, record);
    const done = new Set(ready);
    open = open.filter((item) => !done.has(item));
  }
}

function add(marks: Marks, id: Parameters<typeof recordId>[0], { outputs }: StepRecord): void {
  marks.records.add(recordId(id));
  for (const sha256 of Object.values(outputs)) marks.artifacts.add(sha256);
}
