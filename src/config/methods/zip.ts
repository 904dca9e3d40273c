import type { SweepParameters } from "./parameters.ts";
import type { Points } from "./method.ts";

/** The i-th value of every parameter, whose lists are of one length. */
export function zipPoints(parameters: SweepParameters): Points {
  const entries = Object.entries(parameters);
  return {
    count: entries[0]?.[1].length ?? 0,
    at: (index) => Object.fromEntries(entries.map(([path, values]) => [path, values[index]])),
    place: (index, path) => ["parameters", path, index],
  };
}
