import { canonicalJson, fingerprint, type StepIdentity } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { DamagedArtifactError } from "../store/store_failure.ts";
import { hashBytes } from "../store/hash.ts";
import type {
  Artifact,
  EarlierStage,
  Step,
  StepCall,
  StepContext,
  StepOutcome,
  StepResult,
  StoredOutput,
} from "./step.ts";

/**
 * The step's result: from the store where its record and artifacts are there, otherwise by running the step
 * and storing what it makes.
 *
 * Healing: here only the artifacts' presence is looked at; their bytes are verified when somebody reads them.
 * If they are damaged then, the artifact's own `read()` runs this step again on the same inputs, which heal
 * themselves in the same way, and what it puts replaces the damaged file. So no consumer has to know.
 */
export async function performStep<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  return findStepResult(step, call) ?? await runStep(step, call);
}

/** The step's result if the store has its record and artifacts, otherwise null: also of a checkpoint, which may go. Runs nothing. */
export function findStepResult<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): StepResult<O, F> | null {
  return findStored(step, call, { checkpoints: false });
}

function findStored<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
  { checkpoints }: { checkpoints: boolean },
): StepResult<O, F> | null {
  const { store } = call.context;
  const key = fingerprint(identify(step, call));
  const record = store.readRecord(step.name, key, call.stage);
  if (!record || record.checkpoint && !checkpoints) return null;
  if (!Object.values(record.outputs).every((sha256) => store.hasArtifact(sha256))) return null;
  // The record's own hash and the step's version vouch for the types of what it holds.
  const { outputs, facts } = record as { outputs: Record<O, string>; facts: F };
  return { fingerprint: key, outputs: artifacts(outputs, step, call), facts, cached: true };
}

/**
 * The latest stage before the call's, or a checkpoint at it, that the store has with all its artifacts; null where there is none. Runs
 * nothing.
 */
export function findEarlierStage<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): EarlierStage<O, F> | null {
  const { stage: wanted, context: { store } } = call;
  if (wanted === undefined) return null;
  const stages = store.stages(step.name, fingerprint(identify(step, call)));
  for (const stage of stages.filter((stage) => stage <= wanted).reverse()) {
    if (stage === wanted && findStored(step, call, { checkpoints: false })) continue; // what it has may be what is to be healed
    const result = findStored(step, { ...call, stage }, { checkpoints: true });
    if (result) return { stage, outputs: result.outputs, facts: result.facts };
  }
  return null;
}

/** Steps that are running, by store and fingerprint: what two callers want at once is made once. */
const running = new WeakMap<Store, Map<string, Promise<unknown>>>();

function runningKey(key: string, stage: number | undefined): string {
  return `${key} ${stage}`;
}

/** Runs the step whatever the store holds, and stores its artifacts and its record. */
function runStep<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  const { store } = call.context;
  const steps = running.get(store) ?? new Map<string, Promise<unknown>>();
  running.set(store, steps);
  const key = runningKey(fingerprint(identify(step, call)), call.stage);
  const present = steps.get(key) as Promise<StepResult<O, F>> | undefined;
  if (present) return present;
  const result = runStepAlone(step, call).finally(() => steps.delete(key));
  steps.set(key, result);
  return result;
}

async function runStepAlone<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  const { context: { store, signal } } = call;
  signal.throwIfAborted();
  const key = fingerprint(identify(step, call));
  const earlier = findEarlierStage(step, call);
  // One after another, so that a checkpoint never outlives the one that takes its place: nor does that of a run that crashed.
  let kept: { stage: number; outputs: Record<string, string> } | null = null;
  if (earlier && store.readRecord(step.name, key, earlier.stage)?.checkpoint) {
    kept = { stage: earlier.stage, outputs: hashesOf(earlier.outputs) };
  }
  let saving = Promise.resolve();
  const keep = (stage: number | undefined, outcome: StepOutcome<O, F>) => {
    const checkpoint = stage !== call.stage && !findStepResult(step, { ...call, stage });
    const saved = saving.then(() => storeOutcome(step, { ...call, stage }, { ...outcome, checkpoint }));
    saving = saved.then(async ({ outputs }) => {
      const former = kept;
      kept = stage === undefined || !checkpoint ? null : { stage, outputs };
      if (!former || former.stage === stage) return;
      // Somebody else may want that stage for itself by now.
      const wanted = running.get(store)?.has(runningKey(key, former.stage)) ||
        !store.readRecord(step.name, key, former.stage)?.checkpoint;
      if (wanted) return;
      await store.removeRecord(step.name, key, former.stage);
      const needed = new Set<string>(Object.values(outputs));
      const gone = Object.values(former.outputs).filter((sha256) => !needed.has(sha256));
      await Promise.all(gone.map((sha256) => store.removeArtifact(sha256)));
    });
    saving.catch(() => {}); // whoever waits for `saved` is told
    return saved;
  };
  const outcome = await step.run({
    ...call,
    earlier,
    checkpoint: (stage, outcome) => keep(stage, outcome).then(() => {}),
  });
  const { outputs, facts } = await keep(call.stage, outcome);
  await saving;
  return { fingerprint: key, outputs: artifacts(outputs, step, call), facts, cached: false };
}

/** Stores what a step made: its artifacts and its record. */
async function storeOutcome<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
  outcome: StepOutcome<O, F> & { checkpoint: boolean },
): Promise<{ outputs: Record<O, string>; facts: F }> {
  const { context: { store }, stage } = call;
  // As they will be read back, order included: a fresh result is the same as a cached one. So are the facts.
  const names = Object.keys(outcome.outputs).sort() as O[];
  const hashes = Object.fromEntries(names.map((name) => [name, hashOutput(outcome.outputs[name])]));
  const outputs = hashes as Record<O, string>;
  const facts: F = JSON.parse(canonicalJson(outcome.facts));
  // All at once: a run waits for the disk once, not twice. Whatever a crash leaves, a record without its
  // artifacts counts as no record.
  await Promise.all([
    store.putRecord({
      ...identify(step, call),
      outputs,
      facts,
      ...(stage === undefined ? {} : { stage }),
      ...(outcome.checkpoint ? { checkpoint: true } : {}),
    }),
    ...names.map((name) => storeOutput(outcome.outputs[name], { store, sha256: outputs[name] })),
  ]);
  return { outputs, facts };
}

/** The step's outputs as artifacts that heal; however many are read at once, the step runs once. */
function artifacts<P, I extends string, O extends string, F, C extends StepContext>(
  hashes: Record<O, string>,
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Record<O, Artifact> {
  const { context } = call;
  async function read(name: O): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await context.store.readArtifact(hashes[name]);
    } catch (error) {
      if (!(error instanceof DamagedArtifactError)) throw error;
      context.emit({
        type: "warning",
        message: `${error.message}. The ${step.name} step runs again to restore it.`,
      });
    }
    const found = (await runStep(step, call)).outputs[name].sha256;
    if (found !== hashes[name]) {
      throw new Error(
        `Cannot restore ${name} of the ${step.name} step, version ${step.version}: its SHA-256 must be ${
          hashes[name]
        } again, found ${found}`,
      );
    }
    return await context.store.readArtifact(hashes[name]);
  }

  const names = Object.keys(hashes) as O[];
  const list = names.map((name) => [name, { sha256: hashes[name], read: () => read(name) }]);
  return Object.fromEntries(list) as Record<O, Artifact>;
}

function hashesOf(artifacts: Readonly<Record<string, Pick<Artifact, "sha256">>>): Record<string, string> {
  return Object.fromEntries(Object.entries(artifacts).map(([name, { sha256 }]) => [name, sha256]));
}

function hashOutput(output: Uint8Array | StoredOutput): string {
  return output instanceof Uint8Array ? hashBytes(output) : output.sha256;
}

async function storeOutput(
  output: Uint8Array | StoredOutput,
  { store, sha256 }: { store: Store; sha256: string },
): Promise<void> {
  if (output instanceof Uint8Array) await store.putArtifact(output, sha256);
}

/** What identifies a call of any step: that needs no types, and of the inputs only their contents' hashes. */
export function identify(
  step: { name: string; version: number },
  call: { parameters: unknown; inputs: Record<string, Pick<Artifact, "sha256">> },
): StepIdentity {
  return {
    step: step.name,
    version: step.version,
    parameters: call.parameters,
    inputs: hashesOf(call.inputs),
  };
}
