import { canonicalJson, fingerprint, type StepIdentity } from "../fingerprint.ts";
import type { Store } from "../store.ts";
import { DamagedArtifactError } from "../store/damaged_artifact_error.ts";
import { hashBytes } from "../store/hash_bytes.ts";
import type { Artifact, Step, StepCall, StepContext, StepResult, StoredOutput } from "./step.ts";

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

/** The step's result if the store has its record and artifacts, otherwise null. Runs nothing. */
export function findStepResult<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): StepResult<O, F> | null {
  const { store } = call.context;
  const key = fingerprint(identify(step, call));
  const record = store.readRecord(step.name, key);
  if (!record || !Object.values(record.outputs).every((sha256) => store.hasArtifact(sha256))) return null;
  // The record's own hash and the step's version vouch for the types of what it holds.
  const { outputs, facts } = record as { outputs: Record<O, string>; facts: F };
  return { fingerprint: key, outputs: artifacts(outputs, step, call), facts, cached: true };
}

/** Runs the step whatever the store holds, and stores its artifacts and its record. */
async function runStep<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  const { store, signal } = call.context;
  signal.throwIfAborted();
  const outcome = await step.run(call);
  const names = Object.keys(outcome.outputs) as O[];
  const hashes = Object.fromEntries(names.map((name) => [name, hashOutput(outcome.outputs[name])]));
  const outputs = hashes as Record<O, string>;
  // As they will be read back, key order included: a fresh result is the same as a cached one.
  const facts: F = JSON.parse(canonicalJson(outcome.facts));
  // All at once: a run waits for the disk once, not twice. Whatever a crash leaves, a record without its
  // artifacts counts as no record.
  const [key] = await Promise.all([
    store.putRecord({ ...identify(step, call), outputs, facts }),
    ...names.map((name) => storeOutput(outcome.outputs[name], { store, sha256: outputs[name] })),
  ]);
  return { fingerprint: key, outputs: artifacts(outputs, step, call), facts, cached: false };
}

/** The step's outputs as artifacts that heal; however many are read at once, the step runs once. */
function artifacts<P, I extends string, O extends string, F, C extends StepContext>(
  hashes: Record<O, string>,
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Record<O, Artifact> {
  const { context } = call;
  let running: Promise<StepResult<O, F>> | null = null;

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
    running ??= runStep(step, call).finally(() => running = null);
    const found = (await running).outputs[name].sha256;
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

function hashOutput(output: Uint8Array | StoredOutput): string {
  return output instanceof Uint8Array ? hashBytes(output) : output.sha256;
}

async function storeOutput(
  output: Uint8Array | StoredOutput,
  { store, sha256 }: { store: Store; sha256: string },
): Promise<void> {
  if (output instanceof Uint8Array) await store.putArtifact(output, sha256);
}

/** Takes a call of any step: what identifies it needs no types. */
function identify(
  step: { name: string; version: number },
  call: { parameters: unknown; inputs: Record<string, Artifact> },
): StepIdentity {
  const inputs = Object.entries(call.inputs).map(([name, { sha256 }]) => [name, sha256]);
  return {
    step: step.name,
    version: step.version,
    parameters: call.parameters,
    inputs: Object.fromEntries(inputs),
  };
}
