import { resolveInit, type WrittenInit } from "./init_schema.ts";
import type { Settings } from "./settings_schema.ts";
import type { SettingValue } from "./sweepable.ts";

/**
 * The settings of a trial: `base` with the swept values, by path, in their places. `base` stays as it is. Where the trial's
 * method of `model.init` is not gaussian, the sigma of `base` does not concern it and is left out.
 */
export function applyParameters(base: Settings, swept: Readonly<Record<string, SettingValue>>): Settings {
  const init: WrittenInit = { ...base.model.init };
  const settings = {
    preprocess: { ...base.preprocess },
    model: { ...base.model, init },
    train: { ...base.train },
  };
  for (const [path, value] of Object.entries(swept)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let target: object = settings;
    for (const key of keys) target = Reflect.get(target, key);
    Object.assign(target, { [last]: value });
  }
  return { ...settings, model: { ...settings.model, init: resolveInit(settings.model.init) } };
}
