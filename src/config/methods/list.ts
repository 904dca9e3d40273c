import { settingAt } from "../schemas/setting_at.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Points, SweptValues } from "./method.ts";

/**
 * The trials as listed. Each point has all paths that any of them sets, so that they can be compared: where a trial leaves one out,
 * it has what its settings, `resolve(trial)`, have there, if anything.
 */
export function listPoints(
  trials: readonly SweptValues[],
  resolve: (trial: SweptValues) => Settings,
): Points {
  const paths = [...new Set(trials.flatMap((trial) => Object.keys(trial)))];
  return {
    count: trials.length,
    at(index) {
      const trial = trials[index];
      const settings = resolve(trial);
      const point: SweptValues = {};
      for (const path of paths) {
        const value = trial[path] ?? (overlaps(path, trial) ? undefined : settingAt(settings, path));
        if (value !== undefined) point[path] = value;
      }
      return point;
    },
    place: (index, path) => path in trials[index] ? ["trials", index, path] : ["trials", index],
  };
}

/** Whether the trial sets the whole that `path` is a part of, or a part of it. */
function overlaps(path: string, trial: SweptValues): boolean {
  return Object.keys(trial).some((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`));
}
