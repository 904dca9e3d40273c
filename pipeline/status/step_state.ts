import { flatten, showValue } from "../../src/text/show_value.ts";
import type { StepIdentity } from "../store/fingerprint.ts";

/** `up to date`: the store has it. `stale`: it has one that was made otherwise, and the reasons say how. `missing`: it has neither. */
type State = "up to date" | "stale" | "missing";

export type Reason =
  /** A parameter; null is one that is not there. */
  | { kind: "parameter"; path: string; before: unknown; after: unknown }
  | { kind: "version"; step: string; before: number | null; after: number }
  | { kind: "content"; input: string }
  /** Only the number of epochs; `from` is the epoch that training goes on from, 0 for none. What had `diverged` stays so. */
  | { kind: "epochs"; before: number; after: number; from: number; diverged?: true }
  | { kind: "note"; text: string };

/** No reasons where it is up to date. */
export interface StepState {
  readonly state: State;
  readonly reasons: readonly Reason[];
  /** Where it is missing: how it differs from what the store has that is most like it, of another experiment. */
  readonly nearest?: readonly Reason[];
}

export const UP_TO_DATE: StepState = { state: "up to date", reasons: [] };

export function toDo(state: "stale" | "missing", text: string): StepState {
  return { state, reasons: [{ kind: "note", text }] };
}

/** The values that differ between two mappings, as the paths of `after` and then those that only `before` has. */
export function parameterChanges(before: unknown, after: unknown): Reason[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = [...now.keys(), ...[...old.keys()].filter((path) => !now.has(path))];
  return paths.flatMap((path): Reason[] => {
    const [from, to] = [old.get(path) ?? null, now.get(path) ?? null];
    return JSON.stringify(from) === JSON.stringify(to)
      ? []
      : [{ kind: "parameter", path, before: from, after: to }];
  });
}

/** What is different about a step: its version, the contents of its inputs, its parameters. */
export function identityChanges(before: StepIdentity, after: StepIdentity): Reason[] {
  const changes: Reason[] = [];
  if (before.version !== after.version) {
    changes.push({ kind: "version", step: after.step, before: before.version, after: after.version });
  }
  for (const [input, sha256] of Object.entries(after.inputs)) {
    if (before.inputs[input] !== sha256) changes.push({ kind: "content", input: showInput(input) });
  }
  for (const change of parameterChanges(before.parameters, after.parameters)) {
    // The data's files are known by their hashes, which say nothing to a reader.
    const file = change.kind === "parameter" && /^sha256\.(\w+)$/.exec(change.path)?.[1];
    changes.push(file ? { kind: "content", input: showInput(file) } : change);
  }
  return changes;
}

function showInput(name: string): string {
  return name.replaceAll("_", "-");
}

/** `train.learning_rate 0.1 -> 0.05`, `train step version 3 -> 4`, `train-images content changed`. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case "parameter":
      return `${reason.path} ${show(reason.before)} -> ${show(reason.after)}`;
    case "version":
      return `${reason.step} step version ${show(reason.before)} -> ${reason.after}`;
    case "content":
      return `${reason.input} content changed`;
    case "epochs":
      return `epochs ${reason.before} -> ${reason.after}: ${
        reason.diverged
          ? "diverged before, which stays so"
          : reason.from > 0
          ? `continues from epoch ${reason.from}`
          : "trains from the beginning"
      }`;
    case "note":
      return reason.text;
  }
}

const MAX_LENGTH = 60;

function show(value: unknown): string {
  const text = value === null ? "(none)" : showValue(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 3)}...` : text;
}
