import { z } from "zod";
import { described, type ValueRange } from "../../settings/setting.ts";
import type { Settings, SettingValue } from "../../settings/settings.ts";
import { isMapping } from "../../text/show_value.ts";
import { type LocatedValue, plainValue } from "../yaml/located_value.ts";
import { type Axis, axisOf, type Distribution, isDistribution, rangeOf } from "./distribution.ts";
import { filterKeys, type Filters, keeper, mostFiltered } from "./filters.ts";
import type { Points, SweptValues } from "./method.ts";
import { byParameters, type Flaw } from "./parameters.ts";

/** After so many draws in a row without a new point that is kept, no more are expected. */
const MIN_PATIENCE = 100_000;

/** So many draws, beside one for each point that is wanted, take about a second: with filters, each makes all settings of a trial. */
const MAX_DRAWS = { plain: 500_000, filtered: 150_000 };

/** Among so many points hardly one comes twice, so that all that a config may ask for are found without a search. */
const PLENTY = 2 ** 32;

export const drawnCount = described(z.int().min(1).max(100_000), {
  en: "How many trials to draw.",
  ja: "選ぶ試行の数です。",
});

/** A sweep that draws `count` different points, each with a value of each parameter. */
export interface DrawnSweep extends Filters {
  readonly count: number;
  readonly parameters: Readonly<Record<string, Distribution>>;
}

/** Values of the axes for one point after another, without end; two points may be equal. */
type Draw = (axes: readonly Axis[]) => () => SettingValue[];

/** What the methods have in common that draw their points, in whatever way. */
export const byDrawing = {
  ...byParameters,
  values({ parameters }: DrawnSweep, path: string): readonly SettingValue[] {
    const distribution: Distribution | undefined = parameters[path];
    return distribution !== undefined && "choice" in distribution ? distribution.choice : [];
  },
  range({ parameters }: DrawnSweep, path: string): ValueRange | undefined {
    const distribution: Distribution | undefined = parameters[path];
    return distribution && rangeOf(distribution);
  },
  fromFlag(values: LocatedValue): LocatedValue {
    // A single mapping is a distribution and not a list of one value.
    const [only, ...others] = Array.isArray(values.content) ? values.content : [];
    const plain = only === undefined ? null : plainValue(only);
    return others.length === 0 && isMapping(plain) && isDistribution(plain) ? only : values;
  },
};

/** What is wrong where fewer points are found than are wanted. `meetsAll`: whether every point of a few is drawn before patience ends. */
export function* drawnFlaws(sweep: DrawnSweep, { count }: Points, meetsAll: boolean): Generator<Flaw> {
  const keys = filterKeys(sweep);
  const kept = keys.length === 0 ? { en: "", ja: "" } : {
    en: ` that ${keys.join(" and ")} ${keys.length === 1 ? "keeps" : "keep"}`,
    ja: `${keys.join(" と ")} の条件に合う`,
  };
  // Of fewer points than this every one is drawn before patience ends, but for bad luck.
  const all = meetsAll && sizeOf(Object.values(sweep.parameters).map(axisOf)) <= MIN_PATIENCE / 20;
  if (count === 0) {
    const draws = maxDraws(sweep.count, sweep);
    const message = {
      en: `${all ? "leaves no trial" : `leaves none of ${draws} trials drawn`}; loosen it`,
      ja: `${
        all ? "条件に合う試行がひとつも残りません" : `${draws} 回選んでも、条件に合う試行がひとつもありません`
      }。条件を緩めてください`,
    };
    yield { path: [keys[0]], message };
  } else if (count < sweep.count) {
    const why = all ? "there are" : "drawing for a second finds";
    const message = {
      en: `must be at most ${count}, as ${why} no more different trials${kept.en}, found ${sweep.count}`,
      ja: `${kept.ja}異なる試行は ${
        all ? `${count} 個しかありません` : `1 秒間選び続けても ${count} 個しか見つかりません`
      }。count をそれ以下にしてください（現在の値：${sweep.count}）`,
    };
    yield { path: ["count"], message };
  }
}

function maxDraws(count: number, filters: Filters): number {
  return filterKeys(filters).length === 0
    ? MAX_DRAWS.plain + count
    : Math.min(MAX_DRAWS.filtered + count, mostFiltered(filters));
}

/**
 * The different points that `draw` makes, in their order: one that came before, or that a filter refuses, is passed over, all of it.
 * They are drawn as far as somebody asks; `count` is less than wanted where there are no more.
 */
export function drawnPoints(sweep: DrawnSweep, base: Settings, draw: Draw): Points {
  const paths = Object.keys(sweep.parameters);
  const axes = Object.values(sweep.parameters).map(axisOf);
  const keep = keeper(sweep, base);
  const plenty = keep === undefined && sizeOf(axes) >= PLENTY;
  const most = plenty ? Infinity : maxDraws(sweep.count, sweep);
  const rows: SettingValue[][] = [];
  const found = differentRows({
    axes,
    most,
    next: draw(axes),
    keep: (row) => keep?.(toPoint(paths, row)) ?? true,
  });
  const drawTo = (count: number) => {
    while (rows.length < count) {
      const { value } = found.next();
      if (value === undefined) return;
      rows.push(value);
    }
  };
  return {
    get count() {
      if (plenty) return sweep.count;
      // Whether there are as many as wanted shows only when they are drawn.
      drawTo(sweep.count);
      return rows.length;
    },
    at(index) {
      drawTo(index + 1);
      return toPoint(paths, rows[index]);
    },
    place: (_, path) => ["parameters", path],
  };
}

function* differentRows({ axes, most, next, keep }: {
  axes: readonly Axis[];
  most: number;
  next(): SettingValue[];
  keep(row: readonly SettingValue[]): boolean;
}): Generator<SettingValue[], undefined> {
  const size = sizeOf(axes);
  const patience = Math.max(MIN_PATIENCE, 20 * size);
  const seen = new Set<SettingValue>();
  for (let draws = 0, misses = 0; draws < most && misses < patience && seen.size < size; draws++, misses++) {
    const row = next();
    const key = row.length === 1 && typeof row[0] === "number" ? row[0] : JSON.stringify(row);
    if (seen.has(key)) continue;
    seen.add(key);
    if (!keep(row)) continue;
    yield row;
    misses = 0;
  }
}

function toPoint(paths: readonly string[], row: readonly SettingValue[]): SweptValues {
  const point: SweptValues = {};
  for (let i = 0; i < paths.length; i++) point[paths[i]] = row[i];
  return point;
}

function sizeOf(axes: readonly Axis[]): number {
  return axes.reduce((size, axis) => size * axis.size, 1);
}
