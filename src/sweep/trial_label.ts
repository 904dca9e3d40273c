import { shortNumber } from "../text/numbers.ts";
import { isMapping, showValue } from "../text/show_value.ts";
import { briefSetting } from "../settings/brief.ts";
import { isShares, shortSettingName } from "../settings/settings.ts";
import type { Trial } from "./trial.ts";

/** A trial's swept settings in their order, for people: `hidden=400-200 lr=0.1 sigma=0.01`. Empty for a trial without a sweep. */
export function trialLabel({ swept }: Pick<Trial, "swept">): string {
  const parts = Object.entries(swept).map(([path, value]) =>
    `${shortSettingName(path)}=${shortValue(briefSetting(value))}`
  );
  return parts.join(" ");
}

function shortValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(isShares(value) ? "/" : "-");
  if (typeof value === "number") return String(shortNumber(value));
  if (!isMapping(value)) return showValue(value);
  const { method = "", name = method, ...rest } = value as { method?: string; name?: string };
  const options = Object.entries(rest).map(([key, item]) => `${key}=${showValue(item)}`).join(",");
  return options === "" ? name : `${name}(${options})`;
}
