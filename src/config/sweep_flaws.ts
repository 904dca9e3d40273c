import type { Flaw } from "./schemas/ordered.ts";
import { applyParameters } from "../settings/apply_parameters.ts";
import { sweepPoints } from "./methods/candidates.ts";
import type { Settings } from "../settings/settings.ts";
import type { Candidates, Sweep } from "./methods/methods.ts";

/** What is wrong with the trials of a sweep taken together: none left, too few, two that are equal. */
export function* sweepFlaws(settings: Settings & { sweep?: Sweep | undefined }): Generator<Flaw> {
  const { sweep } = settings;
  if (sweep === undefined) return;
  if (sweep.method !== "halving") {
    yield* candidateFlaws(sweep, settings);
    return;
  }
  const { min_epochs = 1, max_epochs = settings.train.epochs } = sweep;
  if (min_epochs > max_epochs) {
    yield {
      path: ["min_epochs"],
      message: `must be at most train.epochs, ${max_epochs}, found ${min_epochs}`,
    };
  }
  for (const { path, message } of candidateFlaws(sweep.candidates, settings)) {
    yield { path: ["candidates", ...path], message };
  }
}

function* candidateFlaws(sweep: Candidates, settings: Settings): Generator<Flaw> {
  if (sweep.method === "list") {
    yield* equalTrials(sweep.trials.map((trial) => JSON.stringify(applyParameters(settings, trial))));
    return;
  }
  const filters = (["where", "exclude"] as const).filter((key) => sweep[key] !== undefined);
  if (filters.length === 0 && sweep.method !== "random") return;
  const { count } = sweepPoints(sweep, settings);
  const kept = filters.length === 0
    ? ""
    : ` that ${filters.join(" and ")} ${filters.length === 1 ? "keeps" : "keep"}`;
  if (count === 0) {
    yield { path: [filters[0]], message: "leaves no trial; loosen it" };
  } else if (sweep.method === "random" && count < sweep.count) {
    yield {
      path: ["count"],
      message: `must be at most ${count}, as there are no more different trials${kept}, found ${sweep.count}`,
    };
  }
}

function* equalTrials(trials: readonly string[]): Generator<Flaw> {
  const first = new Map<string, number>();
  for (const [index, trial] of trials.entries()) {
    const earlier = first.get(trial);
    if (earlier === undefined) first.set(trial, index);
    else yield { path: ["trials", index], message: `is the same as trial ${earlier}; remove one of the two` };
  }
}
