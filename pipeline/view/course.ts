import type { Course } from "../../src/view/experiment/experiment_data.ts";
import { isCount } from "../../src/text/show_value.ts";
import type { WatchedFolder } from "./watched_folder.ts";

/** How far the sweep of a folder has come, as its page tells it. */
export function courseOf(folder: WatchedFolder): Course {
  const { state, place, problem, done, all, fraction, secondsLeft } = folder.summary();
  const { sweep } = folder;
  const hasRun = state !== "interrupted" || sweep !== null;
  const common = { place, state, hasRun, problem, done, all, fraction, secondsLeft };
  if (sweep === null) {
    return {
      ...common,
      legs: false,
      speed: null,
      rows: "images",
      rung: null,
      step: null,
      workers: [],
      remarks: [],
    };
  }
  const { progress, rungs, rung, step, remarks, workers } = sweep;
  return {
    ...common,
    legs: rungs.length > 1,
    speed: progress?.imagesPerSecond ?? null,
    rows: progress?.plan.rows ?? "images",
    rung: rungs.length === 1 || progress === null
      ? null
      : { ...rungs[rung], rung: rung + 1, rungs: rungs.length },
    step,
    workers: workers.map((worker) => {
      if (worker === null) return null;
      const { start: { trial, seed, label, epochs }, epoch } = worker;
      return {
        trial,
        seed,
        label: String(label),
        epochs,
        epoch: isCount(epoch?.epoch) ? epoch.epoch : 0,
        train_loss: epoch?.train_loss ?? null,
        val_accuracy: epoch?.val_accuracy ?? null,
      };
    }),
    remarks,
  };
}
