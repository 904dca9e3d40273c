import { flatten, showValue } from "../../src/text/show_value.ts";
import { type Messages, say } from "../messages/messages.ts";
import type { StepIdentity } from "../store/fingerprint.ts";

/** `up to date`: the store has it. `stale`: it has one that was made otherwise, and the reasons say how. `missing`: it has neither. */
type State = "up to date" | "stale" | "missing";

export type Reason =
  /** A parameter; null is one that is not there. */
  | { kind: "parameter"; path: string; before: unknown; after: unknown }
  | { kind: "version"; step: string; before: number | null; after: number }
  | { kind: "content"; input: string }
  /** Only the number of epochs; `from` is the epoch that training goes on from, 0 for none. What had `diverged`, or early stopping had `stopped`, stays so. */
  | { kind: "epochs"; before: number; after: number; from: number; diverged?: true; stopped?: true }
  | { kind: "note"; text: string; ja: string };

/** No reasons where it is up to date. */
export interface StepState {
  readonly state: State;
  readonly reasons: readonly Reason[];
  /** Where it is missing: how it differs from what the store has that is most like it, of another experiment. */
  readonly nearest?: readonly Reason[];
}

export const UP_TO_DATE: StepState = { state: "up to date", reasons: [] };

export function toDo(state: "stale" | "missing", why: (t: Messages["status"]) => string): StepState {
  return { state, reasons: [note(why)] };
}

export function note(text: (t: Messages["status"]) => string): Reason {
  const { en, ja } = say(({ status }) => text(status));
  return { kind: "note", text: en, ja };
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
export function describeReason(reason: Reason, { language, status: t }: Messages): string {
  const show = (value: unknown) => value === null ? t.none : shorten(showValue(value));
  switch (reason.kind) {
    case "parameter":
      return t.change(reason.path, show(reason.before), show(reason.after));
    case "version":
      return t.version(reason.step, show(reason.before), reason.after);
    case "content":
      return t.content(reason.input);
    case "epochs":
      return t.epochs(
        reason.before,
        reason.after,
        reason.diverged
          ? t.staysDiverged
          : reason.stopped
          ? t.staysStopped
          : reason.from > 0
          ? t.continuesFrom(reason.from)
          : t.fromTheBeginning,
      );
    case "note":
      return language === "ja" ? reason.ja : reason.text;
  }
}

const MAX_LENGTH = 60;

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 3)}...` : text;
}
