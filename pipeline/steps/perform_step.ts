import { say } from "../messages/messages.ts";
import { remark } from "../progress/events.ts";
import { canonicalJson, fingerprint, type StepIdentity } from "../store/fingerprint.ts";
import type { ArtifactListing } from "../store/inventory.ts";
import type { Store } from "../store/store.ts";
import { DamagedArtifactError } from "../store/store_failure.ts";
import { hashBytes } from "../store/hash.ts";
import type { Artifact, EarlierStage, Step, StepCall, StepContext, StepOutcome, StepResult } from "./step.ts";
import { textsOf } from "../system/errors.ts";

/**
 * The step's result: from the store where its record and artifacts are there, otherwise by running the step and storing what it makes.
 * Healing: here only the artifacts' presence is looked at; their bytes are verified when somebody reads them. If they are damaged then, the
 * artifact's own `read()` runs this step again on the same inputs, which heal themselves in the same way, and what it puts replaces the
 * damaged file. So no consumer has to know.
 */
export async function performStep<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): Promise<StepResult<O, F>> {
  const called = new CalledStep(step, call);
  return called.find() ?? await called.run();
}

/**
 * The step's result if the store has its record and artifacts, otherwise null: also of a checkpoint, which may go. Runs nothing. Who asks
 * for many steps gives a listing of the artifacts.
 */
export function findStepResult<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
  artifacts?: ArtifactListing,
): StepResult<O, F> | null {
  return new CalledStep(step, call).find({ artifacts });
}

/** The latest stage before the call's, or a checkpoint at it, that the store has whole; null where there is none. Runs nothing. */
export function findEarlierStage<P, I extends string, O extends string, F, C extends StepContext>(
  step: Step<P, I, O, F, C>,
  call: StepCall<P, I, C>,
): EarlierStage<O, F> | null {
  return new CalledStep(step, call).findEarlier();
}

/** What identifies a call of any step: that needs no types, and of the inputs only their contents' hashes. */
export function identify(
  { name, version }: { name: string; version: number },
  { parameters, inputs }: { parameters: unknown; inputs: Record<string, Pick<Artifact, "sha256">> },
): StepIdentity {
  return { step: name, version, parameters, inputs: hashesOf(inputs) };
}

/** Steps that are running, by store, fingerprint and stage: what two callers want at once is made once. */
const running = new WeakMap<Store, Map<string, Promise<unknown>>>();
/** How many runs of steps have ended in this process, by store. */
const ended = new WeakMap<Store, number>();

class CalledStep<P, I extends string, O extends string, F, C extends StepContext> {
  readonly #step: Step<P, I, O, F, C>;
  readonly #call: StepCall<P, I, C>;
  readonly #identity: StepIdentity;
  readonly #key: string;

  constructor(step: Step<P, I, O, F, C>, call: StepCall<P, I, C>) {
    this.#step = step;
    this.#call = call;
    this.#identity = identify(step, call);
    this.#key = fingerprint(this.#identity);
  }

  find(
    { checkpoints = false, artifacts }: {
      checkpoints?: boolean;
      artifacts?: ArtifactListing | undefined;
    } = {},
  ): StepResult<O, F> | null {
    const { stage, context: { store } } = this.#call;
    const record = store.readRecord(this.#step.name, this.#key, stage);
    if (!record || record.checkpoint && !checkpoints) return null;
    const isThere = (sha256: string) => artifacts?.has(sha256) ?? store.hasArtifact(sha256);
    if (!Object.values(record.outputs).every(isThere)) return null;
    // The record's own hash and the step's version vouch for the types of what it holds.
    const { outputs, facts } = record as { outputs: Record<O, string>; facts: F };
    return { fingerprint: this.#key, outputs: this.#artifacts(outputs), facts, cached: true };
  }

  findEarlier(): EarlierStage<O, F> | null {
    const { stage: wanted, context: { store } } = this.#call;
    if (wanted === undefined) return null;
    const stages = store.stages(this.#step.name, this.#key);
    for (const stage of stages.filter((stage) => stage <= wanted).reverse()) {
      if (stage === wanted && this.find()) continue; // what it has may be what is to be healed
      const result = this.#at(stage).find({ checkpoints: true });
      if (result) return { stage, outputs: result.outputs, facts: result.facts };
    }
    return null;
  }

  /** Runs the step whatever the store holds, and stores its artifacts and its record. */
  run(): Promise<StepResult<O, F>> {
    const { store } = this.#call.context;
    const steps = running.get(store) ?? new Map<string, Promise<unknown>>();
    running.set(store, steps);
    const present = steps.get(this.#runningKey) as Promise<StepResult<O, F>> | undefined;
    if (present) return present;
    const result = this.#runAlone().finally(() => {
      steps.delete(this.#runningKey);
      ended.set(store, this.#ends + 1);
    });
    steps.set(this.#runningKey, result);
    return result;
  }

  #at(stage: number | undefined): CalledStep<P, I, O, F, C> {
    return new CalledStep(this.#step, { ...this.#call, stage });
  }

  get #runningKey(): string {
    return `${this.#key} ${this.#call.stage}`;
  }

  get #ends(): number {
    return ended.get(this.#call.context.store) ?? 0;
  }

  async #runAlone(): Promise<StepResult<O, F>> {
    const step = this.#step, call = this.#call;
    const { context: { store, signal } } = call;
    signal.throwIfAborted();
    const earlier = this.findEarlier();
    // One after another, so that a checkpoint never outlives the one that takes its place: nor does that of a run that crashed.
    let kept: { stage: number; outputs: Record<string, string> } | null = null;
    if (earlier && store.readRecord(step.name, this.#key, earlier.stage)?.checkpoint) {
      kept = { stage: earlier.stage, outputs: hashesOf(earlier.outputs) };
    }
    let saving = Promise.resolve();
    const keep = (stage: number | undefined, outcome: StepOutcome<O, F>) => {
      const at = this.#at(stage);
      const checkpoint = stage !== call.stage && !at.find();
      const saved = saving.then(() => at.#store(outcome, checkpoint));
      saving = saved.then(async ({ outputs }) => {
        const former = kept;
        kept = stage === undefined || !checkpoint ? null : { stage, outputs };
        if (!former || former.stage === stage) return;
        // Somebody else may want that stage for itself by now.
        const wanted = running.get(store)?.has(this.#at(former.stage).#runningKey) ||
          !store.readRecord(step.name, this.#key, former.stage)?.checkpoint;
        if (wanted) return;
        await store.removeRecord(step.name, this.#key, former.stage);
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
    return {
      fingerprint: this.#key,
      outputs: this.#artifacts(outputs, outcome.outputs),
      facts,
      cached: false,
    };
  }

  async #store(
    outcome: StepOutcome<O, F>,
    checkpoint: boolean,
  ): Promise<{ outputs: Record<O, string>; facts: F }> {
    const { context: { store }, stage } = this.#call;
    // As they will be read back, order included: a fresh result is the same as a cached one. So are the facts.
    const names = Object.keys(outcome.outputs).sort() as O[];
    const hashes = names.map((name) => {
      const output = outcome.outputs[name];
      return [name, output instanceof Uint8Array ? hashBytes(output) : output.sha256];
    });
    const outputs: Record<O, string> = Object.fromEntries(hashes);
    const facts: F = JSON.parse(canonicalJson(outcome.facts));
    // All at once: a run waits for the disk once, not twice. Whatever a crash leaves, a record without its
    // artifacts counts as no record.
    await Promise.all([
      store.putRecord({
        ...this.#identity,
        outputs,
        facts,
        ...(stage === undefined ? {} : { stage }),
        ...(checkpoint ? { checkpoint: true } : {}),
      }),
      ...names.map(async (name) => {
        const output = outcome.outputs[name];
        if (output instanceof Uint8Array) await store.putArtifact(output, outputs[name]);
      }),
    ]);
    return { outputs, facts };
  }

  /**
   * The step's outputs as artifacts that heal; however many are read at once, the step runs once. What was `made` just now is read from the
   * store only when nobody else holds it any longer.
   */
  #artifacts(hashes: Record<O, string>, made?: StepOutcome<O, F>["outputs"]): Record<O, Artifact> {
    const { name: step, version } = this.#step;
    const { store, emit } = this.#call.context;
    const held = new Map<O, WeakRef<Uint8Array<ArrayBuffer>>>();
    for (const name in made) {
      const output = made[name];
      const bytes = output instanceof Uint8Array ? output : output.bytes;
      if (bytes !== undefined && isWhole(bytes)) held.set(name, new WeakRef(bytes));
    }
    const read = async (name: O, again = false): Promise<Uint8Array<ArrayBuffer>> => {
      const bytes = held.get(name)?.deref();
      if (bytes !== undefined) return bytes;
      const before = this.#ends;
      try {
        return await store.readArtifact(hashes[name]);
      } catch (error) {
        if (!(error instanceof DamagedArtifactError)) throw error;
        // While the damaged file was read, another reader's run may have put a sound one in its place: of those that ended, one may be it.
        if (!again && this.#ends > before) return await read(name, true);
        const reason = textsOf(error);
        emit(remark("warning", say((t) => t.sweep.stepAgain(reason[t.language], step))));
      }
      const found = (await this.run()).outputs[name].sha256;
      if (found !== hashes[name]) {
        throw new Error(
          `Cannot restore ${name} of the ${step} step, version ${version}: its SHA-256 must be ${
            hashes[name]
          } again, found ${found}`,
        );
      }
      return await store.readArtifact(hashes[name]);
    };
    const names = Object.keys(hashes) as O[];
    const list = names.map((name) => [name, { sha256: hashes[name], read: () => read(name) }]);
    return Object.fromEntries(list) as Record<O, Artifact>;
  }
}

/** Whether it is as a file that is read would be: nobody else's memory, and no part of one. */
function isWhole(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength;
}

function hashesOf(artifacts: Readonly<Record<string, Pick<Artifact, "sha256">>>): Record<string, string> {
  return Object.fromEntries(Object.entries(artifacts).map(([name, { sha256 }]) => [name, sha256]));
}
