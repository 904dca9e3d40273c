import fc from "fast-check";
import type {
  EpochEvent,
  FinishEvent,
  PlanEvent,
  RunEndEvent,
  RunStartEvent,
  StopEvent,
} from "../../../pipeline/progress/events.ts";

/** Texts of one and two columns a character, with combining marks, invisible and control characters. */
export const texts: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    ..."ab =.学ガ한！🎉█…é",
    "e\u0301",
    "👩‍🔬",
    "🇯🇵",
    "\u200b",
    "\u202e",
    "\n",
    "\t",
    "\x1b",
    "\x9b",
    "\x7f",
    "\ud83c",
  ),
  maxLength: 60,
});

/** Events with the fields that a test does not care about filled in. */
export function plan(fields: Partial<PlanEvent> = {}): PlanEvent {
  return {
    type: "plan",
    name: "quickstart",
    trials: 4,
    runs: 4,
    legs: fields.runs ?? 4,
    cached: 0,
    workers: 2,
    metric: "val_accuracy",
    images: 4000,
    images_stored: 0,
    ...fields,
  };
}

export function runStart(fields: Partial<RunStartEvent> = {}): RunStartEvent {
  return {
    type: "run_start",
    worker: 0,
    trial: 0,
    seed: 0,
    label: "hidden=100 learning_rate=0.01",
    epochs: 10,
    images: 100 * (fields.epochs ?? 10),
    ...fields,
  };
}

export function epoch(fields: Partial<EpochEvent> = {}): EpochEvent {
  return {
    type: "epoch",
    worker: 0,
    trial: 0,
    seed: 0,
    epoch: 1,
    epochs: 10,
    images: 100,
    train_loss: 0.5,
    val_loss: 0.6,
    val_accuracy: 0.9,
    seconds: 1,
    ...fields,
  };
}

export function runEnd(fields: Partial<RunEndEvent> = {}): RunEndEvent {
  return {
    type: "run_end",
    worker: 0,
    trial: 0,
    seed: 0,
    label: "hidden=100 learning_rate=0.01",
    status: "ok",
    cached: false,
    train_loss: 0.21,
    val_loss: 0.25,
    val_accuracy: 0.9412,
    test_loss: 0.24,
    test_accuracy: 0.9512,
    seconds: 1.25,
    ...fields,
  };
}

export function stop(fields: Partial<StopEvent> = {}): StopEvent {
  return { type: "stop", command: "deno task sweep configs/sweep.yaml", ...fields };
}

export function finish(fields: Partial<FinishEvent> = {}): FinishEvent {
  const out = "results/quickstart";
  const report = `${out}/report.html`;
  const summary = ["Best: trial 3"];
  return { type: "finish", out, report, seconds: 8.25, summary, learned_nothing: 0, ...fields };
}
