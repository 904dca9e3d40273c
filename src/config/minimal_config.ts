import { type Experiment, experimentSchema } from "./schema.ts";
import { isMapping } from "../text/show_value.ts";

/** The experiment as the shortest mapping that reads as the same: without what a default or another key says already. */
export function minimalConfig(experiment: Experiment): Record<string, unknown> {
  const wanted = JSON.stringify(experimentSchema.parse(experiment));
  const config: Record<string, unknown> = structuredClone({ ...experiment });
  const { seeds } = experiment;
  if (seeds.length > 1 && seeds.every((seed, i) => seed === i)) config.seeds = { count: seeds.length };
  shorten(config, () => JSON.stringify(experimentSchema.safeParse(config).data) === wanted);
  return config;
}

/** Removes every key without which `same` still holds, whole sections first. */
function shorten(part: Record<string, unknown>, same: () => boolean): void {
  for (const key of Object.keys(part)) {
    const value = part[key];
    delete part[key];
    if (same()) continue;
    // At the end again, as every key that stays: their order stays too.
    part[key] = value;
    if (isMapping(value)) shorten(value as Record<string, unknown>, same);
  }
}
