import { showValue } from "../../src/text/show_value.ts";

/**
 * `up to date`: the store has it. `stale`: it has one that was made otherwise, and the reasons say how. `missing`: it has neither.
 */
export type State = "up to date" | "stale" | "missing";

/** Why a step is not up to date. */
export type Reason =
  /** A parameter; null is one that is not there. */
  | { kind: "parameter"; path: string; before: unknown; after: unknown }
  | { kind: "version"; step: string; before: number | null; after: number }
  /** An input has other bytes. */
  | { kind: "content"; input: string }
  /** Only the number of epochs; `from` is the epoch that training goes on from, 0 for none. */
  | { kind: "epochs"; before: number; after: number; from: number }
  | { kind: "note"; text: string };

/** How a step stands, and why; no reasons where it is up to date. */
export interface StepState {
  readonly state: State;
  readonly reasons: readonly Reason[];
}

export const UP_TO_DATE: StepState = { state: "up to date", reasons: [] };

/** A step that has to be done, for a reason in plain words. */
export function toDo(state: "stale" | "missing", text: string): StepState {
  return { state, reasons: [{ kind: "note", text }] };
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
      return `epochs ${reason.before} -> ${reason.after}${
        reason.from > 0 ? `: continues from epoch ${reason.from}` : ": trains from the beginning"
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
