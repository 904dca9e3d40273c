import { applyParameters } from "../../settings/apply_parameters.ts";
import { compileConditions } from "../schemas/conditions.ts";
import type { Filters } from "./filters.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Candidates } from "./methods.ts";
import { filteredPoints } from "./filtered_points.ts";
import { gridPoints } from "./grid.ts";
import { listPoints } from "./list.ts";
import type { Points, SweptValues } from "./method.ts";
import { randomPoints } from "./random.ts";
import { zipPoints } from "./zip.ts";

/** The last points made of a sweep, and of which settings. Drawing and filtering them takes a while. */
const made = new WeakMap<Candidates, { base: Settings; points: Points }>();

/** The points of a sweep over the settings `base`, in order, without those that its filters leave out. */
export function sweepPoints(sweep: Candidates, base: Settings): Points {
  const former = made.get(sweep);
  const sections = ["preprocess", "model", "train"] as const;
  if (former && sections.every((section) => former.base[section] === base[section])) return former.points;
  const points = makePoints(sweep, base);
  made.set(sweep, { base, points });
  return points;
}

function makePoints(sweep: Candidates, base: Settings): Points {
  switch (sweep.method) {
    case "grid":
      return filtered(gridPoints(sweep.parameters), sweep, base);
    case "zip":
      return filtered(zipPoints(sweep.parameters), sweep, base);
    case "list":
      return listPoints(sweep.trials, (trial) => applyParameters(base, trial));
    case "random":
      return randomPoints({ ...sweep, keep: keeper(sweep, base) });
  }
}

function filtered(points: Points, filters: Filters, base: Settings): Points {
  const keep = keeper(filters, base);
  return keep === undefined ? points : filteredPoints(points, keep);
}

/** Which points the filters keep; undefined where there are none. */
function keeper(
  { where = [], exclude = [] }: Filters,
  base: Settings,
): ((point: SweptValues) => boolean) | undefined {
  if (where.length + exclude.length === 0) return undefined;
  const wanted = where.map(compileConditions);
  const refused = exclude.map(compileConditions);
  return (point) => {
    const settings = applyParameters(base, point);
    return wanted.every((holds) => holds(settings)) && !refused.some((holds) => holds(settings));
  };
}
