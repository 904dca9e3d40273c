import type { Settings } from "../../settings/settings.ts";
import type { SettingValue } from "./sweepable.ts";

/** The value at a path as `model.init.sigma`; undefined where the settings have none, as the sigma of method he. */
export function settingAt(settings: Settings, path: string): SettingValue | undefined {
  const value = path.split(".").reduce<unknown>((parent, key) => Reflect.get(Object(parent), key), settings);
  // Every path that can be swept leads to such a value.
  return value as SettingValue | undefined;
}
