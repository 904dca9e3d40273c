import { gridChoice, gridPoint, gridSize } from "../schemas/grid.ts";
import type { SweepParameters } from "./parameters.ts";
import type { Points } from "./method.ts";

/** Every combination of the values; the last parameter varies fastest, as in Python's itertools.product. */
export function gridPoints(parameters: SweepParameters): Points {
  const size = gridSize(parameters);
  return {
    count: size.count,
    at: (index) => gridPoint(parameters, size, index),
    place: (index, path) => ["parameters", path, gridChoice(parameters, size, path, index)],
  };
}
