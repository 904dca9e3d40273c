import type { PipelineEvent } from "../progress/events.ts";
import { hashBytes } from "../store/hash.ts";
import type { Store } from "../store/store.ts";

/** An input or output: its content's hash now, its bytes when somebody wants them. */
export interface Artifact {
  readonly sha256: string;
  /** Verified bytes. Where the store's copy is damaged or gone, the step that made it runs again first. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** An input that is in memory and not in the store, such as a table that the runner has just written. */
export function memoryArtifact(text: string): Artifact {
  return { sha256: hashBytes(text), read: () => Promise.resolve(new TextEncoder().encode(text)) };
}

/** An output that its step has put into the store already (Store.adoptFile). */
export interface StoredOutput {
  readonly sha256: string;
  /** Its content, where it is not too large to be at hand: who wants it soon need not read it back. */
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
}

/** What a step may use besides its inputs; nothing in it changes what the step makes. A step that needs more extends it. */
export interface StepContext {
  readonly store: Store;
  /** Aborted when the user interrupts; a step then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  emit(event: PipelineEvent): void;
}

export interface StepCall<Parameters, Input extends string, Context extends StepContext = StepContext> {
  /** JSON: no NaN, no undefined. Only what matters to the step's bytes. */
  readonly parameters: Parameters;
  readonly inputs: Record<Input, Artifact>;
  readonly context: Context;
  /** How far a step that goes on, as training, is to get, from 1; not in the fingerprint: a later stage begins where an earlier ended. */
  readonly stage?: number | undefined;
}

export interface EarlierStage<Output extends string, Facts> {
  readonly stage: number;
  readonly outputs: Record<Output, Artifact>;
  readonly facts: Facts;
}

/** What a step runs with: its call, and, where it goes on from stage to stage, how far it has got. */
export interface StepRun<
  Parameters,
  Input extends string,
  Output extends string,
  Facts,
  Context extends StepContext = StepContext,
> extends StepCall<Parameters, Input, Context> {
  /** The latest stage before the wanted one that the store has; null where it has none. */
  readonly earlier: EarlierStage<Output, Facts> | null;
  /** Keeps a stage on the way, so that a crash does not lose it; the one that was kept before it in this run goes. */
  checkpoint(stage: number, outcome: StepOutcome<Output, Facts>): Promise<void>;
}

/**
 * The one shape of all steps: a pure function from parameters and input artifacts to output artifacts and facts. It reads no clock,
 * environment or global state, so the same parameters and inputs give the same bytes. Facts are small JSON values that need no artifact,
 * such as metrics (JSON has no NaN: a step says it otherwise).
 */
export interface Step<
  Parameters,
  Input extends string,
  Output extends string,
  Facts,
  Context extends StepContext = StepContext,
> {
  readonly name: string;
  /** Raised whenever the code gives other bytes than before; what earlier versions left in the store then counts no longer. */
  readonly version: number;
  run(run: StepRun<Parameters, Input, Output, Facts, Context>): Promise<StepOutcome<Output, Facts>>;
}

export interface StepOutcome<Output extends string, Facts> {
  readonly outputs: Record<Output, Uint8Array | StoredOutput>;
  readonly facts: Facts;
}

export interface StepResult<Output extends string, Facts> {
  readonly fingerprint: string;
  readonly outputs: Record<Output, Artifact>;
  readonly facts: Facts;
  /** Whether the store had all of it already. */
  readonly cached: boolean;
}
