import { Fingerprints, type StepIdentity } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { type ArtifactListing, RecordListing } from "../store/inventory.ts";
import type { StepRecord } from "../store/records.ts";
import type { TrainFacts } from "../steps/training_files.ts";
import type { FormerExperiment } from "./former_experiment.ts";
import { identityChanges, type Reason, type StepState, toDo, UP_TO_DATE } from "./step_state.ts";
import { recordName, RecordNeighbours } from "./record_neighbours.ts";

export interface Look {
  readonly identity: StepIdentity;
  readonly key: string;
  readonly stage: number | undefined;
  /** Whether the store has a record of it, of any stage. */
  readonly known: boolean;
  /** Null where there is none, or one with an artifact that is gone. */
  readonly record: StepRecord | null;
  readonly gone: string | null;
}

/** Whether it is of a training that diverged. */
export function isDiverged(record: StepRecord | null): boolean {
  return (record?.facts as TrainFacts | undefined)?.status === "diverged";
}

/** Whether it is of a training that early stopping ended. */
export function isStopped(record: StepRecord | null): boolean {
  return ((record?.facts as TrainFacts | undefined)?.early?.stopped ?? null) !== null;
}

/** All that is wanted is looked at before any is explained: what one call uses is not what another one was before. */
export class StepLooks {
  readonly #store: Store;
  readonly #artifacts: ArtifactListing;
  readonly #records: RecordListing;
  readonly #fingerprints = new Fingerprints();
  readonly #used = new Set<string>();
  /** The fingerprints of what is wanted and the store has at some stage. */
  readonly #known = new Set<string>();
  readonly #isOlder: (identity: StepIdentity) => boolean;
  readonly #former: FormerExperiment;
  readonly #neighbours: RecordNeighbours;

  /** @param options.isOlder whether a record of another version, or of other inputs, has the parameters of what is wanted */
  constructor(
    store: Store,
    { step, artifacts, former, isOlder }: {
      step: string;
      artifacts: ArtifactListing;
      former: FormerExperiment;
      isOlder: (identity: StepIdentity) => boolean;
    },
  ) {
    this.#store = store;
    this.#artifacts = artifacts;
    this.#records = new RecordListing(store, step);
    this.#former = former;
    this.#isOlder = isOlder;
    const isFormer = (identity: StepIdentity, key: string) => this.#isFormer(identity, key);
    this.#neighbours = new RecordNeighbours({ store, step, used: this.#used, isFormer });
  }

  /** Whether the store has no record of the step. */
  isEmpty(): boolean {
    return this.#records.isEmpty();
  }

  look(identity: StepIdentity, stage?: number): Look {
    const key = this.#fingerprints.of(identity);
    const read = () => this.#store.readRecord(identity.step, key, stage);
    // Mostly all of it is there, or nothing: folders are listed from the first record on that is not.
    const first = this.#records.hasListed(key) ? undefined : read();
    const stages = first ? [stage] : this.#records.under(key);
    if (stages.length === 0) return { identity, key, stage, known: false, record: null, gone: null };
    this.#known.add(key);
    if (!stages.includes(stage)) return { identity, key, stage, known: true, record: null, gone: null };
    this.#used.add(recordName(key, stage));
    const found = first === undefined ? read() : first;
    const record = found?.checkpoint ? null : found;
    const gone = record && this.#gone(record);
    return { identity, key, stage, known: true, record: gone === null ? record : null, gone };
  }

  /** Why the step has to be done, if it has. `same` are inputs that a record must share to count as what was there before. */
  explain(look: Look, same: readonly string[] = []): StepState {
    const { identity, stage, record, gone } = look;
    if (record) return UP_TO_DATE;
    if (gone !== null) return toDo("missing", (t) => t.goneArtifact(gone));
    const other = stage === undefined ? null : this.#otherStage(look, stage);
    if (other) return other;
    const neighbour = this.#neighbours.nearest({ identity, stage });
    const missing = toDo("missing", (t) => t.notDone);
    if (neighbour === null) return missing;
    const { record: before, former } = neighbour;
    if (same.some((input) => before.inputs[input] !== identity.inputs[input])) return missing;
    const reasons = identityChanges(before, identity);
    if (before.stage !== undefined && stage !== undefined && before.stage !== stage) {
      reasons.push({ kind: "epochs", before: before.stage, after: stage, from: 0 });
    }
    return former ? { state: "stale", reasons } : { ...missing, nearest: reasons };
  }

  #isFormer(identity: StepIdentity, key: string): boolean {
    return this.#known.has(key) || this.#isOlder(identity) ||
      this.#former.had(identity.step, identity.parameters);
  }

  /** The record of the latest stage that the step can go on from. */
  earlier({ identity: { step }, key, stage: wanted = 0 }: Look): StepRecord | null {
    for (const stage of this.#records.stages(key).filter((stage) => stage < wanted).reverse()) {
      const record = this.#store.readRecord(step, key, stage);
      if (record && this.#gone(record) === null) return record;
    }
    return null;
  }

  #otherStage(look: Look, after: number): StepState | null {
    const { identity: { step }, key } = look;
    const earlier = this.earlier(look);
    const from = earlier?.stage ?? 0;
    const before = from || this.#records.stages(key).find((stage) => stage > after);
    if (before === undefined) return null;
    const ended = isDiverged(earlier)
      ? { diverged: true } as const
      : isStopped(earlier)
      ? { stopped: true } as const
      : {};
    const reason: Reason = { kind: "epochs", before, after, from, ...ended };
    // Where another run wants that stage, or another experiment made it, it was not this one's before.
    const others = this.#used.has(recordName(key, before)) ||
      !this.#former.had(step, look.identity.parameters);
    return { state: others ? "missing" : "stale", reasons: [reason] };
  }

  #gone({ outputs }: StepRecord): string | null {
    return Object.keys(outputs).find((name) => !this.#artifacts.has(outputs[name])) ?? null;
  }
}
