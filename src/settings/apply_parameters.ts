import { resolveInit, type WrittenInit } from "./model.ts";
import { plainSetting, type Settings, type SettingValue } from "./settings.ts";

/**
 * The settings of a trial: `base` with the swept values, by path, in their places; what no value changes is shared with `base`. Where
 * the trial's method of `model.init` is not gaussian, the sigma of `base` does not concern it and is left out.
 */
export function applyParameters(base: Settings, swept: Readonly<Record<string, SettingValue>>): Settings {
  const { preprocess, model, train } = base;
  const settings: Record<string, object> = { preprocess, model, train };
  let init: WrittenInit | null = null;
  for (const path in swept) {
    const value = plainSetting(swept[path], path);
    const { section, key, part } = partsOf(path);
    if (part !== "") {
      init = { ...init ?? base.model.init, [part]: value };
    } else if (path === "model.init") {
      init = value as WrittenInit;
    } else {
      settings[section] = settings[section] === base[section]
        ? { ...base[section], [key]: value }
        : Object.assign(settings[section], { [key]: value });
    }
  }
  if (init !== null) settings.model = { ...settings.model, init: resolveInit(init) };
  // The sections have the keys of base's, and the values are those of the schema.
  return settings as unknown as Settings;
}

const known = new Map<string, { section: keyof Settings; key: string; part: string }>();

/** A path's keys: `model.init.sigma` is the part `sigma` of the key `init` in the section `model`; of a whole setting it is empty. */
function partsOf(path: string) {
  let parts = known.get(path);
  if (parts === undefined) {
    const [section, key, part = ""] = path.split(".");
    parts = { section: section as keyof Settings, key, part };
    known.set(path, parts);
  }
  return parts;
}
