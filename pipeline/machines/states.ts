import type { Measure } from "../../src/tables/metrics.ts";
import type { EvaluateFacts } from "../steps/evaluate.ts";
import type { EarlierStage, StepOutcome } from "../steps/step.ts";
import type { TrainFacts, TrainOutput } from "../steps/training_files.ts";
import { firstIssue } from "../system/first_issue.ts";
import { FORMAT } from "./agreement.ts";
import type { Exchange } from "./exchange.ts";
import type { RunKey } from "./names.ts";
import { decodeParcel, encodeParcel, partsOf, planParts } from "./parcel.ts";
import { bodySchema, type Header, type Machine } from "./schemas.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What a run has come to at an epoch. */
export interface RunState {
  readonly train: StepOutcome<TrainOutput, TrainFacts> & { readonly outputs: Record<TrainOutput, Bytes> };
  /** Of each epoch of the history, the seconds of its training loop. */
  readonly seconds: readonly number[];
  /** Null for one on the way, and of a training that diverged. */
  readonly evaluate:
    | {
      readonly facts: EvaluateFacts;
      /** What was measured beside loss and accuracy. */
      readonly measures: readonly Measure[];
      readonly predictions: Bytes;
      readonly seconds: number;
    }
    | null;
}

export interface FoundState {
  readonly kind: "state";
  readonly machine: Machine | null;
  readonly state: RunState;
  /** Names of the objects that are its large parts. */
  readonly objects: readonly string[];
}

/** What the server has of a run: its state, or why it failed, and the name of the machine that says so. */
export type Found =
  | FoundState
  | { readonly kind: "failed"; readonly machine: Machine | null; readonly reason: string };

/** Whether a state is all that a run comes to. */
export function isWhole({ train, evaluate }: RunState): boolean {
  return evaluate !== null || train.facts.status === "diverged";
}

/** A state that a sweep has of an earlier stage, as others go on from it. */
export async function stateOf(
  { outputs, facts }: EarlierStage<TrainOutput, TrainFacts>,
): Promise<RunState> {
  const [weights, optimizer, diagnostics] = await Promise.all([
    outputs.weights.read(),
    outputs.optimizer.read(),
    outputs.diagnostics.read(),
  ]);
  return {
    train: { outputs: { weights, optimizer, diagnostics }, facts },
    seconds: facts.history.map(() => 0),
    evaluate: null,
  };
}

/** A state as it travels. */
export interface PackedState {
  readonly message: Uint8Array;
  /** Its large parts, which are objects, by their names. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/** Objects are named by their hash after `prefix`. */
export function packState(
  { train: { outputs, facts }, seconds, evaluate }: RunState,
  { key: { fingerprint, stage }, machine, prefix = "" }: {
    key: RunKey;
    machine: Machine | null;
    prefix?: string;
  },
): PackedState {
  const { predictions, ...evaluated } = evaluate ?? { predictions: null };
  const body = { train: facts, seconds, evaluate: evaluate === null ? null : evaluated };
  const blobs = {
    body: new TextEncoder().encode(JSON.stringify(body)),
    ...outputs,
    ...(predictions === null ? {} : { predictions }),
  };
  const parts = planParts(blobs);
  const header: Header = { kind: "state", format: FORMAT, fingerprint, stage, machine, parts };
  const byName: Readonly<Record<string, Uint8Array>> = blobs;
  const objects = objectsOf(header, prefix).map(([name, part]) => [name, byName[part]] as const);
  return { message: encodeParcel(header, blobs), objects: new Map(objects) };
}

/** The names of the objects of a message, each with that of its part. */
function objectsOf(header: Header, prefix: string): [string, string][] {
  return partsOf(header).flatMap(([name, { sha256, inline }]) => inline ? [] : [[prefix + sha256, name]]);
}

/** Stores a state as the last of a subject, its objects first. Waits as Exchange.publish() does. */
export async function publishState(
  exchange: Exchange,
  { message, objects }: PackedState,
  { subject, patience }: { subject: string; patience?: AbortSignal },
): Promise<void> {
  await Promise.all(
    [...objects].map(([name, bytes]) => exchange.putObject(name, () => Promise.resolve(bytes), { patience })),
  );
  await exchange.publish(subject, message, patience);
}

export async function publishFailure(
  exchange: Exchange,
  { key: { fingerprint, stage }, machine, reason }: { key: RunKey; machine: Machine | null; reason: string },
): Promise<void> {
  const header: Header = {
    kind: "failed",
    format: FORMAT,
    fingerprint,
    stage,
    machine,
    reason: reason.slice(0, 2000),
  };
  await exchange.publish(exchange.names.result({ fingerprint, stage }), encodeParcel(header));
}

/**
 * What a message says, all parts verified; null where one of its objects is not there, or not whole. Throws an Error where the message is none
 * of a run of this key.
 */
export async function readState(
  exchange: Exchange,
  { message, key, prefix = "" }: { message: Uint8Array; key: RunKey; prefix?: string },
): Promise<Found | null> {
  const { header, inline } = decodeParcel(message);
  if (header.fingerprint !== key.fingerprint) throw new RangeError("it is of another run");
  const { kind, machine } = header;
  if (kind === "failed") return { kind, machine, reason: header.reason };
  const parts = new Map<string, Bytes>(inline);
  for (const [name, part] of partsOf(header)) {
    if (part.inline) continue;
    const bytes = await exchange.getObject(prefix + part.sha256, part);
    if (bytes === null) return null;
    parts.set(name, bytes);
  }
  const take = (name: string) => parts.get(name) ?? new Uint8Array();
  const { error, data: body } = bodySchema.safeParse(JSON.parse(new TextDecoder().decode(take("body"))));
  if (error !== undefined) throw new SyntaxError(`in its body ${firstIssue(error)}`);
  const { train: facts, seconds, evaluate } = body;
  const outputs = {
    weights: take("weights"),
    optimizer: take("optimizer"),
    diagnostics: take("diagnostics"),
  };
  const predictions = parts.get("predictions");
  return {
    kind,
    machine,
    objects: objectsOf(header, prefix).map(([name]) => name),
    state: {
      train: { outputs, facts },
      seconds,
      evaluate: evaluate === null || predictions === undefined ? null : { ...evaluate, predictions },
    },
  };
}
