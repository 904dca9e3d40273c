import { briefSetting } from "../settings/brief.ts";
import { isShares, type RunSettings, SETTING_COLUMNS } from "../settings/settings.ts";
import { formatSet, shortNumber } from "../text/numbers.ts";
import type { RunRow } from "../tables/results_csv.ts";

export interface TrialParameters {
  readonly trial: number;
  /** By path, as `train.learning_rate`, in the order of the sweep. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

const HYPERPARAMETERS = Object.keys(SETTING_COLUMNS) as (keyof RunSettings)[];

/** Each trial with the hyperparameters that differ between the rows: what `results.csv` alone tells of a sweep. */
export function sweptParameters(rows: readonly RunRow[]): TrialParameters[] {
  const swept = HYPERPARAMETERS.filter((name) =>
    new Set(rows.map((row) => JSON.stringify(row[name]))).size > 1
  );
  const trials = new Map(rows.map((row) => [row.trial, row]));
  return [...trials].sort(([a], [b]) => a - b).map(([trial, row]) => ({
    trial,
    parameters: Object.fromEntries(swept.map((name) => [name, row[name]])),
  }));
}

/** A short name for each path, the last parts that tell it apart: `model.init.sigma` is `sigma`, or next to `other.sigma` `init.sigma`. */
export function shortNames(paths: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const path of paths) {
    const parts = path.split(".");
    let taken = 1;
    const suffix = () => parts.slice(-taken).join(".");
    const shared = () => paths.some((other) => other !== path && `.${other}`.endsWith(`.${suffix()}`));
    while (taken < parts.length && shared()) taken++;
    names.set(path, suffix());
  }
  return names;
}

/** A swept value as a reader expects it: `400-200` for layer sizes, `none` for no layer, `0.2/0.5` for shares of dropout. */
export function formatParameter(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "none" : value.map(formatParameter).join(isShares(value) ? "/" : "-");
  }
  if (typeof value === "object" && value !== null) {
    const brief = briefSetting(value);
    return typeof brief === "object" && brief !== null ? formatMapping(brief) : String(brief);
  }
  if (typeof value === "number") return formatSet(value);
  return value === null || value === undefined ? "none" : String(value);
}

/**
 * Values of a setting side by side: drawn numbers without the digits that nobody can tell apart, as long as two that differ do not look
 * alike then.
 */
export function formatBeside(values: readonly unknown[]): string[] {
  const exact = values.map(formatParameter);
  const brief = values.map((value) =>
    formatParameter(typeof value === "number" ? shortNumber(value) : value)
  );
  return new Set(brief).size === new Set(exact).size ? brief : exact;
}

/** `gaussian, sigma 0.01` for a way to draw the first weights, whose biases are drawn likewise unless said; `adam (beta1 0.8)` for an optimizer. */
function formatMapping(mapping: object): string {
  if ("name" in mapping) {
    const { name, ...settings } = mapping;
    return `${formatParameter(name)} (${formatMapping(settings)})`;
  }
  return Object.entries(mapping)
    .filter(([key, value]) => key !== "bias" || value !== "gaussian")
    .map(([key, value]) => key === "method" ? formatParameter(value) : `${key} ${formatParameter(value)}`)
    .join(", ");
}

/** Whether a value is the sizes of layers, and not what each of them does. */
export function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((units) => typeof units === "number");
}

/** Numbers by size, layers by how many there are and then by their units; 0 of anything else. */
export function bySize(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (!isSizes(a) || !isSizes(b)) return 0;
  const first = a.findIndex((units, i) => units !== b[i]);
  return a.length - b.length || (first < 0 ? 0 : bySize(a[first], b[first]));
}
