import { isMapping } from "../text/show_value.ts";
import { STOPPING_DEFAULTS } from "./early_stopping.ts";
import { scheduleDefaults } from "./schedule.ts";

/**
 * A setting's value where room is dear: a schedule and early stopping without the options that are as if they were left out, a warm-up of
 * updates as `500 steps`; of early stopping with its patience alone that number. Different values stay different.
 */
export function briefSetting(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const defaults: Readonly<Record<string, unknown>> | undefined = "restore_best" in value
    ? STOPPING_DEFAULTS
    : scheduleDefaults(value.method);
  if (defaults === undefined) return value;
  const options = Object.entries(value).filter(([key, option]) => option !== defaults[key])
    .map(([key, option]) => [key, isMapping(option) && "steps" in option ? `${option.steps} steps` : option]);
  return options.length === 1 && "patience" in value && !("method" in value)
    ? value.patience
    : Object.fromEntries(options);
}
