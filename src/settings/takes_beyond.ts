import { settingPath, SETTINGS } from "./settings.ts";

/**
 * Whether a setting takes values beyond this one, a number or the units of a single layer: no dropout is below 0, and no batch smaller
 * than an image.
 * @param name the setting's path or its column
 */
export function takesBeyond(name: string, value: number, end: "lowest" | "highest"): boolean {
  const schema = SETTINGS[name]?.schema ?? SETTINGS[settingPath(name) ?? ""]?.schema;
  if (schema === undefined) return true;
  const sign = end === "lowest" ? -1 : 1;
  // Of whole numbers the next one, of others one that is hardly another.
  const beyond = [value + sign, value + sign * (Math.abs(value) * 1e-6 || 1e-9)];
  return beyond.some((next) => schema.safeParse(next).success || schema.safeParse([next]).success);
}
