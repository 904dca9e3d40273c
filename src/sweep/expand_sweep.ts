import { candidatesOf } from "../config/methods/methods.ts";
import { sweepPoints } from "../config/methods/candidates.ts";
import type { Points, SweptValues } from "../config/methods/method.ts";
import type { Experiment } from "../config/schema.ts";
import { applyParameters } from "../settings/apply_parameters.ts";
import { plainSetting } from "../settings/settings.ts";
import type { Trial, TrialSpace } from "./trial.ts";

/** Without a sweep there is one trial, which is given nothing. */
const ONE_POINT: Points = { count: 1, at: () => ({}), place: () => [] };

/**
 * The trials of an experiment: those of its sweep (of halving, all candidates, with the epochs of `train`), or the one that its
 * settings describe. The schema has already made sure that each trial can run and that no two are equal.
 */
export function expandSweep(experiment: Experiment): TrialSpace {
  const { sweep } = experiment;
  const points = sweep === undefined ? ONE_POINT : sweepPoints(candidatesOf(sweep), experiment);
  const { count } = points;
  const at = (index: number): Trial => {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `Cannot make a trial: index must be a whole number from 0 to ${count - 1}, found ${index}`,
      );
    }
    const swept: SweptValues = {};
    for (const [path, value] of Object.entries(points.at(index))) swept[path] = plainSetting(value, path);
    return { index, swept, ...applyParameters(experiment, swept) };
  };
  return {
    count,
    at,
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) yield at(index);
    },
  };
}
