import { applyParameters } from "../config/apply_parameters.ts";
import { gridPoint, gridSize } from "../config/grid.ts";
import type { Experiment } from "../config/schema.ts";
import type { SettingValue } from "../config/sweepable.ts";
import type { Trial, TrialSpace } from "./trial.ts";

/**
 * The trials of an experiment: those of its sweep, or the one that its settings describe. The schema has already made sure that
 * each trial can run and that no two are equal.
 */
export function expandSweep(experiment: Experiment): TrialSpace {
  const { sweep } = experiment;
  switch (sweep?.method) {
    case undefined:
      return trialSpace(experiment, 1, () => ({}));
    case "grid": {
      const { parameters } = sweep;
      const size = gridSize(parameters);
      return trialSpace(experiment, size.count, (index) => gridPoint(parameters, size, index));
    }
  }
}

/** `count` trials, of which `sweptAt` knows the swept values. */
function trialSpace(
  base: Experiment,
  count: number,
  sweptAt: (index: number) => Record<string, SettingValue>,
): TrialSpace {
  const at = (index: number): Trial => {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `Cannot make a trial: index must be a whole number from 0 to ${count - 1}, found ${index}`,
      );
    }
    const swept = sweptAt(index);
    return { index, swept, ...applyParameters(base, swept) };
  };
  return {
    count,
    at,
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) yield at(index);
    },
  };
}
